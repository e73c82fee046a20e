using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using DeltaStream.Sdk.Quoting;

namespace DeltaStream.Sdk.Statements;

/// <content>How keys and texts come into the buffer, and how the buffer grows.</content>
public ref partial struct StatementWriter
{
    // Neither a key nor its override holds a quote, so the last quote ends the key.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Override(int property, string entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        Sql(_keys![property] is { } other ? $", '{other.Key}{entry.AsSpan(entry.LastIndexOf('\''))}" : entry);
    }

    private readonly char QuoteOf(int property, string value, char quote)
    {
        if (_keys?[property] is not { Kind: { } kind } other)
        {
            return quote;
        }

        if (kind == StorePropertyKind.String)
        {
            return '\'';
        }

        // The spec says literal, so validation allowed what a name can't hold.
        var control = InvisibleText.IndexOfFormat(value);
        return control < 0 ? '"' : throw Unwritable(other.Path, value, control, "no identifier");
    }

    private void Quoted(string value, char quote)
    {
        // Nearly every value: nothing in it is refused or doubled.
        if (SqlText.IsPlain(value))
        {
            Reserve(value.Length + 2);
            var target = _buffer.Slice(_length, value.Length + 2);
            target[0] = quote;
            value.CopyTo(target[1..]);
            target[^1] = quote;
            _length += target.Length;
            return;
        }

        // A statement that is only shown needs no check, and must not fail.
        if (_secrets is null)
        {
            Refuse(value);
        }

        Reserve(SqlText.QuotedLength(value, quote));
        _length += SqlText.Quote(value, quote, _buffer[_length..]);
    }

    // Validation refuses the same characters and names the property. This is the last check behind it.
    private static void Refuse(string value)
    {
        if (SqlText.FindFault(value, out var index) is var fault and not SqlTextFault.None)
        {
            throw Unwritable("a value", value, index, $"no statement ({fault})");
        }
    }

    // The message gives the character's code and place, never the text around it, which may be a secret.
    private static StoreValidationException Unwritable(string what, string value, int index, string where) =>
        new(
            "statement",
            [
                new StoreValidationFailure(
                    "statement",
                    StoreValidationCodes.InvalidCharacter,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{what} holds U+{InvisibleText.CodePoint(value, index):X4} at index {index}, which {where} can carry: remove it"
                    )
                ),
            ]
        );

    private void Reserve(int length)
    {
        if (_buffer.Length - _length < length)
        {
            Grow(length);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int length)
    {
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(_length + length, 2 * _buffer.Length));
        _buffer[.._length].CopyTo(larger);
        Dispose();
        _buffer = _rented = larger;
    }
}
