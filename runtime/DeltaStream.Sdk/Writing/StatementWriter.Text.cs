using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using DeltaStream.Sdk.Quoting;

namespace DeltaStream.Sdk.Statements;

/// <content>How keys and texts come into the buffer, and how the buffer grows.</content>
public ref partial struct StatementWriter
{
    // Neither an entry's key nor its override has a quote in it, so the last one ends the key.
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

        // Validation allowed for a literal, by the spec; names hold less.
        var control = SqlText.IndexOfControl(value);
        return control < 0 ? '"' : throw Unwritable(other.Path, value[control], control, "no identifier");
    }

    private void Quoted(string value, char quote)
    {
        if (!SqlText.IsPlain(value))
        {
            Escaped(value, quote);
            return;
        }

        Reserve(value.Length + 2);
        var target = _buffer.Slice(_length, value.Length + 2);
        target[0] = quote;
        value.CopyTo(target[1..]);
        target[^1] = quote;
        _length += target.Length;
    }

    private void Escaped(string value, char quote)
    {
        Refuse(value);
        Reserve(value.Length + value.AsSpan().Count(quote) + 2);
        var target = _buffer[_length..];
        var length = 0;
        target[length++] = quote;
        foreach (var c in value)
        {
            target[length++] = c;
            if (c == quote)
            {
                target[length++] = c;
            }
        }

        target[length++] = quote;
        _length += length;
    }

    // Validation has said this before, by the property's name; here is the wall behind it.
    private static void Refuse(string value)
    {
        if (SqlText.FindFault(value, out var index) is var fault and not SqlTextFault.None)
        {
            throw Unwritable("a value", value[index], index, $"no statement ({fault})");
        }
    }

    // The character is named by its code and place, never by the text around it, which may be a secret.
    private static StoreValidationException Unwritable(string what, char character, int index, string where) =>
        new(
            "statement",
            [
                new StoreValidationFailure(
                    "statement",
                    StoreValidationCodes.InvalidCharacter,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{what} holds U+{(int)character:X4} at index {index}, which {where} can carry: remove it"
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
