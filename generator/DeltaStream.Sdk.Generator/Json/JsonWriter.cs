using System.Globalization;
using System.Text;

namespace DeltaStream.Sdk.Generator.Json;

/// <summary>Writes JSON in ASCII alone, so that no encoding on the way can change it.</summary>
internal static class JsonWriter
{
    /// <summary>Writes a value for people: two spaces a level, an LF at the end of each line.</summary>
    public static string WriteIndented(JsonValue value)
    {
        var text = new StringBuilder();
        WriteIndented(value, "\n", text);
        return text.Append('\n').ToString();
    }

    private static void WriteIndented(JsonValue value, string line, StringBuilder text)
    {
        switch (value)
        {
            case JsonObject { Members.Count: > 0 } json:
                var separator = "{";
                foreach (var member in json.Members)
                {
                    text.Append(separator).Append(line).Append("  ");
                    WriteText(member.Name, text);
                    text.Append(": ");
                    WriteIndented(member.Value, line + "  ", text);
                    separator = ",";
                }

                text.Append(line).Append('}');
                break;
            case JsonArray array when array.Items.Any(i => i is JsonObject or JsonArray):
                for (var i = 0; i < array.Items.Count; i++)
                {
                    text.Append(i > 0 ? "," : "[").Append(line).Append("  ");
                    WriteIndented(array.Items[i], line + "  ", text);
                }

                text.Append(line).Append(']');
                break;
            case JsonArray { Items.Count: > 0 } array:
                for (var i = 0; i < array.Items.Count; i++)
                {
                    text.Append(i > 0 ? ", " : "[");
                    Write(array.Items[i], text);
                }

                text.Append(']');
                break;
            default:
                Write(value, text);
                break;
        }
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
