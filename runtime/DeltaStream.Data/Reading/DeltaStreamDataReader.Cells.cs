using System.Buffers;
using System.Buffers.Text;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using DeltaStream.Data.Reading;
using DeltaStream.Data.Results;
using DeltaStream.Data.Values;

namespace DeltaStream.Data;

// How a cell's bytes become what the getters return.
public sealed partial class DeltaStreamDataReader
{
    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    // What GetBytes and GetChars are in the middle of.
    private (int Ordinal, byte[]? Bytes, string? Text) _buffered;

    private delegate ValueFault Parser<T>(ReadOnlySpan<byte> text, out T value);

    // One check finds out whether a getter may go on: _row is empty unless the reader is open and on a row.
    private ref readonly Cell At(int ordinal)
    {
        var row = _row;
        if ((uint)ordinal >= (uint)row.Length)
        {
            ThrowNoCell(ordinal);
        }

        return ref row[ordinal];
    }

    private void ThrowNoCell(int ordinal)
    {
        _ = Column(ordinal);
        ThrowIfNotOnRow();
    }

    // The text of a cell of one of these kinds. It is good until the next cell or row.
    private ReadOnlySpan<byte> CellText(int ordinal, ValueKind kinds, Type asked)
    {
        ref readonly var cell = ref At(ordinal);
        return cell.Form == CellForm.Plain && _columns[ordinal].Is(kinds)
            ? _cursor.Text(cell)
            : RareCellText(ordinal, kinds, asked);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ReadOnlySpan<byte> RareCellText(int ordinal, ValueKind kinds, Type asked)
    {
        var column = _columns[ordinal];
        if (!column.Is(kinds))
        {
            throw CellFault.WrongType(column, asked);
        }

        ref readonly var cell = ref At(ordinal);
        return cell.Form switch
        {
            CellForm.Null => throw CellFault.Null(column),
            CellForm.Escaped => Encoding.UTF8.GetBytes(Unescape(ordinal, cell)),
            _ => _cursor.Text(cell),
        };
    }

    private string Text(int ordinal, ValueKind kinds, Type asked)
    {
        ref readonly var cell = ref At(ordinal);
        if (cell.Form == CellForm.Escaped && _columns[ordinal].Is(kinds))
        {
            return Unescape(ordinal, cell);
        }

        try
        {
            return s_strict.GetString(CellText(ordinal, kinds, asked));
        }
        catch (DecoderFallbackException)
        {
            throw NotText(_columns[ordinal]);
        }
    }

    private string Unescape(int ordinal, in Cell cell) =>
        EscapedText.Read(_cursor.Text(cell)) ?? throw NotText(_columns[ordinal]);

    private byte[] Bytes(int ordinal, Type asked)
    {
        var text = CellText(ordinal, ValueKind.Binary, asked);
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        var status = Base64.DecodeFromUtf8(text, bytes, out _, out var written);
        return status == OperationStatus.Done
            ? bytes.AsSpan(0, written).ToArray()
            : throw Fault(ValueFault.Malformed, ordinal, asked);
    }

    private T Whole<T>(int ordinal)
        where T : struct, IBinaryInteger<T> => Value<T>(ordinal, ValueKind.Exact, ScalarText.ParseInteger);

    private T Value<T>(int ordinal, ValueKind kinds, Parser<T> parser, Type? asked = null)
    {
        var fault = parser(CellText(ordinal, kinds, asked ?? typeof(T)), out var value);
        return fault == ValueFault.None ? value : throw Fault(fault, ordinal, asked ?? typeof(T));
    }

    private void ThrowIfNotOnRow()
    {
        if (_position != Position.OnRow)
        {
            throw new InvalidOperationException(
                _position == Position.OffRow
                    ? "The reader is not on a row. Call Read or ReadAsync first."
                    : "The reader is behind the last row: Read has returned false."
            );
        }
    }

    private Exception Fault(ValueFault fault, int ordinal, Type asked) =>
        CellFault.Of(fault, _columns[ordinal], asked, _result.StatementId, Where());

    private DeltaStreamException NotText(ReaderColumn column) =>
        Malformed($"{Where()}, column {column.Ordinal} {column.Quoted}: the cell is not valid UTF-8 text.");
}
