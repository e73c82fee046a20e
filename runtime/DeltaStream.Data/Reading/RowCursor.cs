using System.Text.Json;
using DeltaStream.Data.Results;

namespace DeltaStream.Data.Reading;

/// <summary>Walks the rows of one partition, and finds the cells of a row without copying them.</summary>
internal sealed class RowCursor(int columns)
{
    private readonly Cell[] _cells = new Cell[columns];
    private ArraySegment<byte> _rows;
    private JsonReaderState _state;
    private RowScanner _scanner;
    private int _offset;
    private bool _entered;

    /// <summary>The current row: 0 for the first, -1 before it.</summary>
    public long Row { get; private set; }

    /// <summary>Starts before the first row.</summary>
    /// <param name="rows">A JSON array of rows; empty for no rows.</param>
    public void Load(ArraySegment<byte> rows)
    {
        _rows = rows;
        _state = default;
        _offset = 0;
        _entered = false;
        Row = -1;
    }

    /// <summary>Goes to the next row, whatever its form is.</summary>
    /// <returns>False after the last.</returns>
    /// <exception cref="MalformedRowException">The bytes are not rows with this number of cells.</exception>
    public bool MoveNext() => _rows.Count > 0 && ParseNext(_rows.AsSpan(_offset), _offset);

    /// <summary>Goes from a row to the next one, if that is in the usual form.</summary>
    /// <returns>False when it is not. Then <see cref="MoveNext"/> is next.</returns>
    public bool TryMoveNext()
    {
        var rows = _rows.AsSpan();
        // Only behind a row. Then the JSON reader's state stays what it was behind the row before.
        if (Row < 0 || _offset >= rows.Length || rows[_offset] != ',')
        {
            return false;
        }

        var end = _offset + 1;
        if (!_scanner.TryReadRow(rows, ref end, _cells, out var count) || count != _cells.Length)
        {
            // The scanner has passed some of the row. MoveNext makes another one.
            return false;
        }

        _offset = end;
        Row++;
        return true;
    }

    /// <summary>The cells of the current row.</summary>
    public Cell[] Cells => _cells;

    /// <summary>A cell's bytes, without quotes.</summary>
    public ReadOnlySpan<byte> Text(in Cell cell) => _rows.AsSpan(cell.Start, cell.Length);

    // Reads any JSON.
    private bool ParseNext(ReadOnlySpan<byte> rest, int start)
    {
        var json = new Utf8JsonReader(rest, isFinalBlock: true, _state);
        try
        {
            if (!_entered && !Enter(ref json))
            {
                _rows = default;
                return false;
            }

            Row++;
            Advance(ref json);
            if (json.TokenType == JsonTokenType.EndArray)
            {
                // It throws when anything follows the rows.
                json.Read();
                _rows = default;
                return false;
            }

            ReadCells(ref json, start);
        }
        catch (JsonException)
        {
            // Its message quotes the text.
            throw new MalformedRowException("is not valid JSON or is cut off", null);
        }

        _offset = start + (int)json.BytesConsumed;
        _state = json.CurrentState;
        _scanner = new RowScanner(_offset);
        return true;
    }

    private bool Enter(ref Utf8JsonReader json)
    {
        Advance(ref json);
        if (json.TokenType == JsonTokenType.Null)
        {
            json.Read();
            return false;
        }

        _entered = true;
        return json.TokenType == JsonTokenType.StartArray
            ? true
            : throw new MalformedRowException("is not in a JSON array", null);
    }

    private void ReadCells(ref Utf8JsonReader json, int start)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            throw new MalformedRowException("is not a JSON array of cells", null);
        }

        for (var i = 0; ; i++)
        {
            Advance(ref json);
            if (json.TokenType == JsonTokenType.EndArray)
            {
                if (i < _cells.Length)
                {
                    throw new MalformedRowException($"has {i} cells instead of {_cells.Length}", null);
                }

                return;
            }

            if (i == _cells.Length)
            {
                throw new MalformedRowException($"has more than {_cells.Length} cells", null);
            }

            _cells[i] = Find(ref json, start, i);
        }
    }

    // The API writes every value as a string. A bare number or boolean means the same.
    private static Cell Find(ref Utf8JsonReader json, int start, int column)
    {
        var at = start + (int)json.TokenStartIndex;
        return json.TokenType switch
        {
            JsonTokenType.Null => new Cell(at, 0, CellForm.Null),
            JsonTokenType.String => new Cell(
                at + 1,
                json.ValueSpan.Length,
                json.ValueIsEscaped ? CellForm.Escaped : CellForm.Plain
            ),
            JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => new Cell(
                at,
                json.ValueSpan.Length,
                CellForm.Plain
            ),
            _ => throw new MalformedRowException("has a nested JSON value, not a string", column),
        };
    }

    private static void Advance(ref Utf8JsonReader json)
    {
        if (!json.Read())
        {
            throw new MalformedRowException("is cut off", null);
        }
    }
}
