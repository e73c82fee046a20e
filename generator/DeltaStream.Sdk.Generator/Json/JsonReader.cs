using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.Sdk.Generator.Json;

/// <summary>Reads JSON (RFC 8259) from source text, and keeps the place of every name and value.</summary>
/// <remarks>
/// It stops at the first mistake, says what it expected, and points at the character. It skips a byte order mark at the start.
/// Comments and trailing commas are mistakes, as they are to every other reader of the specs.
/// </remarks>
internal sealed class JsonReader
{
    private const int MaxDepth = 64;

    private readonly string _text;
    private int _position;
    private int _depth;
    private JsonFault? _fault;

    private JsonReader(string text) => _text = text;

    /// <summary>Reads a text that is one value.</summary>
    /// <returns>The value, or what is wrong with the text; the other one is null.</returns>
    public static (JsonValue? Value, JsonFault? Fault) Read(SourceText source)
    {
        var reader = new JsonReader(source.ToString());
        if (reader.Current == '\ufeff')
        {
            reader._position++;
        }

        var value = reader.ReadValue();
        reader.SkipSpace();
        if (reader._fault is null && reader._position < reader._text.Length)
        {
            reader.Fail("the end of the file");
        }

        return reader._fault is null ? (value, null) : (null, reader._fault);
    }

    private char Current => _position < _text.Length ? _text[_position] : '\0';

    private bool AtEnd => _position >= _text.Length;

    private JsonValue? ReadValue()
    {
        SkipSpace();
        switch (Current)
        {
            case '{':
                return Nested(ReadObject);
            case '[':
                return Nested(ReadArray);
            case '"':
                var start = _position;
                return ReadString() is { } text ? new JsonString(TextSpan.FromBounds(start, _position), text) : null;
            case '-' or (>= '0' and <= '9'):
                return ReadNumber();
            default:
                return ReadWord();
        }
    }

    private JsonValue? Nested(Func<JsonValue?> read)
    {
        if (++_depth > MaxDepth)
        {
            return Fail("less nesting than 64 levels");
        }

        var value = read();
        _depth--;
        return value;
    }

    private JsonObject? ReadObject()
    {
        var start = _position++;
        var members = new List<JsonMember>();
        SkipSpace();
        while (Current != '}')
        {
            if (members.Count > 0)
            {
                if (!Expect(',', "',' or '}'"))
                {
                    return null;
                }

                SkipSpace();
            }

            var nameStart = _position;
            if (Current != '"')
            {
                return (JsonObject?)Fail("a name in double quotes");
            }

            if (ReadString() is not { } name)
            {
                return null;
            }

            var nameSpan = TextSpan.FromBounds(nameStart, _position);
            SkipSpace();
            if (!Expect(':', "':'") || ReadValue() is not { } value)
            {
                return null;
            }

            members.Add(new JsonMember(name, nameSpan, value));
            SkipSpace();
        }

        _position++;
        return new JsonObject(TextSpan.FromBounds(start, _position), members);
    }

    private JsonArray? ReadArray()
    {
        var start = _position++;
        var items = new List<JsonValue>();
        SkipSpace();
        while (Current != ']')
        {
            if (items.Count > 0 && !Expect(',', "',' or ']'"))
            {
                return null;
            }

            if (ReadValue() is not { } item)
            {
                return null;
            }

            items.Add(item);
            SkipSpace();
        }

        _position++;
        return new JsonArray(TextSpan.FromBounds(start, _position), items);
    }

    private string? ReadString()
    {
        _position++;
        var text = new StringBuilder();
        while (Current != '"' || AtEnd)
        {
            if (AtEnd || Current < ' ')
            {
                Fail("a closing '\"' on the same line");
                return null;
            }

            if (Current != '\\')
            {
                text.Append(_text[_position++]);
            }
            else if (!ReadEscape(text))
            {
                return null;
            }
        }

        _position++;
        return text.ToString();
    }

    private bool ReadEscape(StringBuilder text)
    {
        const string Escapes = "\"\\/bfnrt";
        const string Characters = "\"\\/\b\f\n\r\t";
        _position++;
        if (!AtEnd && Escapes.IndexOf(Current) is var index and >= 0)
        {
            text.Append(Characters[index]);
            _position++;
            return true;
        }

        if (
            Current == 'u'
            && _position + 5 <= _text.Length
            // TryParse ignores NULs at the end.
            && _text[_position + 4] != '\0'
            && ushort.TryParse(
                _text.Substring(_position + 1, 4),
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out var code
            )
        )
        {
            text.Append((char)code);
            _position += 5;
            return true;
        }

        Fail("an escape: \\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u and four hex digits");
        return false;
    }

    private JsonValue? ReadNumber()
    {
        var start = _position;
        if (Current == '-')
        {
            _position++;
        }

        var first = _position;
        var valid = Digits() > 0;
        if (_position - first > 1 && _text[first] == '0')
        {
            _position = first;
            return Fail("a number without a zero in front");
        }

        if (valid && Current == '.')
        {
            _position++;
            valid = Digits() > 0;
        }

        if (valid && Current is 'e' or 'E')
        {
            _position++;
            if (Current is '+' or '-')
            {
                _position++;
            }

            valid = Digits() > 0;
        }

        var span = TextSpan.FromBounds(start, _position);
        return valid ? new JsonNumber(span, _text.Substring(start, span.Length)) : Fail("a digit");
    }

    private int Digits()
    {
        var start = _position;
        while (Current is >= '0' and <= '9')
        {
            _position++;
        }

        return _position - start;
    }

    private JsonValue? ReadWord()
    {
        var start = _position;
        foreach (var word in new[] { "true", "false", "null" })
        {
            if (string.CompareOrdinal(_text, start, word, 0, word.Length) == 0)
            {
                _position += word.Length;
                var span = new TextSpan(start, word.Length);
                return word == "null" ? new JsonNull(span) : new JsonBoolean(span, word == "true");
            }
        }

        return Fail("a value");
    }

    private bool Expect(char c, string what)
    {
        if (Current == c)
        {
            _position++;
            return true;
        }

        Fail(what);
        return false;
    }

    private void SkipSpace()
    {
        while (Current is ' ' or '\t' or '\r' or '\n')
        {
            _position++;
        }
    }

    // Keeps the first mistake. The result is always null, so that a reader can return it.
    private JsonValue? Fail(string expected)
    {
        var length =
            AtEnd ? 0
            : _position + 1 < _text.Length && char.IsSurrogatePair(_text[_position], _text[_position + 1]) ? 2
            : 1;
        _fault ??= new JsonFault(
            expected,
            AtEnd ? "the end of the file" : Shown(_position, length),
            new TextSpan(_position, length)
        );
        return null;
    }

    // A character that can't be seen is named by its code.
    private string Shown(int position, int length) =>
        length == 1 && _text[position] is var c && (char.IsControl(c) || char.IsWhiteSpace(c) || char.IsSurrogate(c))
            ? string.Format(CultureInfo.InvariantCulture, "U+{0:X4}", (int)c)
            : $"'{_text.Substring(position, length)}'";
}
