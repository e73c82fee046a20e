using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DeltaStream.Data.Results;

/// <summary>
/// Finds the cells of a row in the form that the service writes: strings and nulls, without white space between them. A row of
/// another form, and a malformed one, is left to the JSON reader of <c>RowCursor</c>. So this accepts nothing that JSON does not.
/// </summary>
/// <remarks>
/// What ends a string is found for 64 bytes at a time, and not string by string: then no search has to wait for the end of the one
/// before it.
/// </remarks>
internal struct RowScanner
{
    private const int BlockLength = 64;

    // Where the block behind the current one starts.
    private int _nextBlock;

    // The quotes, backslashes and control characters of the current block, of those that were not passed yet.
    private ulong _marks;

    /// <summary>Starts in the middle of rows.</summary>
    /// <param name="at">A place that is not in a string.</param>
    public RowScanner(int at) => _nextBlock = at;

    /// <summary>Goes over an array of rows, whatever the number of their cells is.</summary>
    /// <param name="json">The text.</param>
    /// <param name="start">Where the array starts.</param>
    /// <returns>Where the array ends; -1 when it is not in the usual form.</returns>
    public static int SkipRows(ReadOnlySpan<byte> json, int start)
    {
        if (!Is(json, start, '['))
        {
            return -1;
        }

        var scanner = new RowScanner(start);
        var at = start;
        do
        {
            at++;
            if (!scanner.TryReadRow(json, ref at, [], out _))
            {
                return -1;
            }
        } while (Is(json, at, ','));
        return Is(json, at, ']') ? at + 1 : -1;
    }

    /// <summary>Reads a row.</summary>
    /// <param name="json">The text.</param>
    /// <param name="at">Where the row starts, and then where it ends.</param>
    /// <param name="cells">Gets the cells, as many as it has room for.</param>
    /// <param name="count">How many cells the row has.</param>
    /// <returns>False when it is not in the usual form. Then this scanner is of no use any more.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool TryReadRow(ReadOnlySpan<byte> json, ref int at, Span<Cell> cells, out int count)
    {
        count = 0;
        var i = at;
        if (!Is(json, i, '['))
        {
            return false;
        }

        // A copy, field by field, which the JIT keeps in registers.
        var marks = new RowScanner(_nextBlock) { _marks = _marks };
        do
        {
            i++;
            var start = i + 1;
            var form = CellForm.Plain;
            if (Is(json, i, '"'))
            {
                marks.Next(json);
                i = marks.Next(json);
                while (!Is(json, i, '"'))
                {
                    if (!IsEscape(json, i))
                    {
                        return false;
                    }

                    if (json[i + 1] is (byte)'"' or (byte)'\\')
                    {
                        marks.Next(json);
                    }

                    form = CellForm.Escaped;
                    i = marks.Next(json);
                }
            }
            else if (i < json.Length && json[i..].StartsWith("null"u8))
            {
                form = CellForm.Null;
                i += 3;
            }
            else
            {
                return false;
            }

            if (count < cells.Length)
            {
                cells[count] = new Cell(start, i - start, form);
            }

            count++;
            i++;
        } while (Is(json, i, ','));
        (_nextBlock, _marks) = (marks._nextBlock, marks._marks);
        at = i + 1;
        return Is(json, i, ']');
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Next(ReadOnlySpan<byte> json)
    {
        while (_marks == 0)
        {
            if (_nextBlock >= json.Length)
            {
                return json.Length;
            }

            _marks =
                _nextBlock <= json.Length - BlockLength
                    ? Marks(ref Unsafe.AsRef(in json[_nextBlock]))
                    : MarksAtEnd(json[_nextBlock..]);
            _nextBlock += BlockLength;
        }

        var mark = _nextBlock - BlockLength + BitOperations.TrailingZeroCount(_marks);
        _marks &= _marks - 1;
        return mark;
    }

    private static ulong Marks(ref byte block) =>
        Marks(Vector256.LoadUnsafe(ref block))
        | ((ulong)Marks(Vector256.LoadUnsafe(ref block, (nuint)Vector256<byte>.Count)) << Vector256<byte>.Count);

    private static uint Marks(Vector256<byte> bytes) =>
        (
            Vector256.Equals(bytes, Vector256.Create((byte)'"'))
            | Vector256.Equals(bytes, Vector256.Create((byte)'\\'))
            | Vector256.LessThan(bytes, Vector256.Create((byte)' '))
        ).ExtractMostSignificantBits();

    private static ulong MarksAtEnd(ReadOnlySpan<byte> rest)
    {
        Span<byte> block = stackalloc byte[BlockLength];
        block.Fill((byte)' ');
        rest.CopyTo(block);
        return Marks(ref MemoryMarshal.GetReference(block));
    }

    private static bool IsEscape(ReadOnlySpan<byte> json, int at) =>
        Is(json, at, '\\')
        && at + 1 < json.Length
        && json[at + 1] switch
        {
            (byte)'"' or (byte)'\\' or (byte)'/' => true,
            (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t' => true,
            (byte)'u' => at + 6 <= json.Length && AreHex(json.Slice(at + 2, 4)),
            _ => false,
        };

    private static bool AreHex(ReadOnlySpan<byte> digits)
    {
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Is(ReadOnlySpan<byte> json, int at, char character) =>
        (uint)at < (uint)json.Length && json[at] == character;
}
