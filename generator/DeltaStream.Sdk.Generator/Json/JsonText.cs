using System.Globalization;
using System.Text;

namespace DeltaStream.Sdk.Generator.Json;

/// <summary>Writes a JSON value without white space: the same text wherever the value stands in its file.</summary>
internal static class JsonText
{
    /// <summary>The text of an object.</summary>
    /// <param name="value">The object.</param>
    /// <param name="except">The name of a member to leave out.</param>
    public static string Of(JsonObject value, string except)
    {
        var text = new StringBuilder();
        Write(text, value with { Members = [.. value.Members.Where(m => m.Name != except)] });
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonValue value)
    {
        switch (value)
        {
            case JsonObject { Members: var members }:
                Write(text, '{', members, m => WriteMember(text, m), '}');
                break;
            case JsonArray { Items: var items }:
                Write(text, '[', items, i => Write(text, i), ']');
                break;
            case JsonString { Value: var words }:
                Write(text, words);
                break;
            case JsonNumber { Text: var digits }:
                text.Append(digits);
                break;
            case JsonBoolean { Value: var isTrue }:
                text.Append(isTrue ? "true" : "false");
                break;
            default:
                text.Append("null");
                break;
        }
    }

    private static void Write<T>(StringBuilder text, char open, IReadOnlyList<T> items, Action<T> write, char close)
    {
        text.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                text.Append(',');
            }

            write(items[i]);
        }

        text.Append(close);
    }

    private static void WriteMember(StringBuilder text, JsonMember member)
    {
        Write(text, member.Name);
        text.Append(':');
        Write(text, member.Value);
    }

    private static void Write(StringBuilder text, string words)
    {
        text.Append('"');
        foreach (var c in words)
        {
            _ = c switch
            {
                '"' or '\\' => text.Append('\\').Append(c),
                < ' ' => text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
