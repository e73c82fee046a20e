using System.Globalization;
using System.Text;

namespace DeltaStream.Sdk.Generator.Json;

/// <summary>Writes JSON without white space, in ASCII alone, so that no encoding on the way can change it.</summary>
internal static class JsonWriter
{
    /// <summary>Writes an object.</summary>
    /// <param name="json">The object.</param>
    /// <param name="without">The keys of it that are left out.</param>
    public static string Write(JsonObject json, IReadOnlyCollection<string> without)
    {
        var text = new StringBuilder();
        WriteMembers(json.Members.Where(m => !without.Contains(m.Name)), text);
        return text.ToString();
    }

    private static void Write(JsonValue value, StringBuilder text)
    {
        switch (value)
        {
            case JsonObject json:
                WriteMembers(json.Members, text);
                break;
            case JsonArray array:
                text.Append('[');
                for (var i = 0; i < array.Items.Count; i++)
                {
                    text.Append(i > 0 ? "," : string.Empty);
                    Write(array.Items[i], text);
                }

                text.Append(']');
                break;
            case JsonString json:
                WriteText(json.Value, text);
                break;
            case JsonNumber number:
                text.Append(number.Text);
                break;
            case JsonBoolean boolean:
                text.Append(boolean.Value ? "true" : "false");
                break;
            default:
                text.Append("null");
                break;
        }
    }

    private static void WriteMembers(IEnumerable<JsonMember> members, StringBuilder text)
    {
        var separator = "{";
        foreach (var member in members)
        {
            text.Append(separator);
            WriteText(member.Name, text);
            text.Append(':');
            Write(member.Value, text);
            separator = ",";
        }

        text.Append(separator == "{" ? "{}" : "}");
    }

    private static void WriteText(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var c in value)
        {
            if (c is '"' or '\\')
            {
                text.Append('\\').Append(c);
            }
            else if (c is >= ' ' and <= '~')
            {
                text.Append(c);
            }
            else
            {
                text.AppendFormat(CultureInfo.InvariantCulture, "\\u{0:x4}", (int)c);
            }
        }

        text.Append('"');
    }
}
