using System.Buffers;
using System.Buffers.Text;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using DeltaStream.Data.Reading;
using DeltaStream.Data.Values;

namespace DeltaStream.Data;

// How a cell's bytes become what the getters return.
public sealed partial class DeltaStreamDataReader
{
    private byte[] _scratch = [];

    // What GetBytes and GetChars are in the middle of.
    private (int Ordinal, byte[]? Bytes, string? Text) _buffered;

    private delegate ValueFault Parser<T>(ReadOnlySpan<byte> text, out T value);

    private bool IsNull(ReaderColumn column)
    {
        ThrowIfNotOnRow();
        return _cursor.IsNull(column.Ordinal);
    }

    // The text of a cell that is not null. It is good until the next cell or row.
    private ReadOnlySpan<byte> Cell(ReaderColumn column)
    {
        if (IsNull(column))
        {
            throw CellFault.Null(column);
        }

        var raw = _cursor.Raw(column.Ordinal, out var escaped);
        return escaped ? Unescape(column, raw) : raw;
    }

    private ReadOnlySpan<byte> Unescape(ReaderColumn column, ReadOnlySpan<byte> quoted)
    {
        if (_scratch.Length < quoted.Length)
        {
            ReturnScratch();
            _scratch = ArrayPool<byte>.Shared.Rent(quoted.Length);
        }

        var json = new Utf8JsonReader(quoted);
        json.Read();
        try
        {
            return _scratch.AsSpan(0, json.CopyString(_scratch));
        }
        catch (InvalidOperationException)
        {
            throw NotText(column);
        }
    }

    private void ReturnScratch()
    {
        if (_scratch.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_scratch);
            _scratch = [];
        }
    }

    private string Text(ReaderColumn column)
    {
        var cell = Cell(column);
        return Utf8.IsValid(cell) ? Encoding.UTF8.GetString(cell) : throw NotText(column);
    }

    private string TextAs(ReaderColumn column, Type asked)
    {
        Require(column, column.Type.Kind is ValueKind.Text or ValueKind.Json, asked);
        return Text(column);
    }

    private byte[] Bytes(ReaderColumn column, Type asked)
    {
        Require(column, column.Type.Kind == ValueKind.Binary, asked);
        var text = Cell(column);
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        var status = Base64.DecodeFromUtf8(text, bytes, out _, out var written);
        return status == OperationStatus.Done
            ? bytes.AsSpan(0, written).ToArray()
            : throw Fault(ValueFault.Malformed, column, asked);
    }

    private T Whole<T>(int ordinal)
        where T : struct, IBinaryInteger<T>
    {
        var column = Column(ordinal);
        Require(column, column.Type.IsExact, typeof(T));
        var fault = ScalarText.ParseInteger<T>(Cell(column), out var value);
        return fault == ValueFault.None ? value : throw Fault(fault, column, typeof(T));
    }

    private T Read<T>(int ordinal, ValueKind kind, Parser<T> parser, Type? asked = null)
    {
        var column = Column(ordinal);
        Require(column, column.Type.Kind == kind, asked ?? typeof(T));
        return Parse(column, parser);
    }

    private T Parse<T>(ReaderColumn column, Parser<T> parser)
    {
        var fault = parser(Cell(column), out var value);
        return fault == ValueFault.None ? value : throw Fault(fault, column, typeof(T));
    }

    private void Require(ReaderColumn column, bool readable, Type asked)
    {
        ThrowIfNotOnRow();
        if (!readable)
        {
            throw CellFault.WrongType(column, asked);
        }
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

    private Exception Fault(ValueFault fault, ReaderColumn column, Type asked) =>
        CellFault.Of(fault, column, asked, _result.StatementId, Where());

    private DeltaStreamException NotText(ReaderColumn column) =>
        Malformed($"{Where()}, column {column.Ordinal} {column.Quoted}: the cell is not valid UTF-8 text.");
}
