using System.Globalization;
using System.Text.Json;

namespace DeltaStream.Emulator.Specs;

/// <summary>Finds the line of what is wrong in a spec. The text is JSON: it was read before.</summary>
internal static class SpecLines
{
    /// <summary>Counts lines from 0, as <see cref="JsonException.LineNumber"/> does.</summary>
    /// <param name="json">The spec.</param>
    /// <param name="text">The text to find below the member; null for the member itself.</param>
    /// <param name="path">The names of members, and the numbers of what is in arrays.</param>
    public static long Of(byte[] json, string? text, params ReadOnlySpan<string> path)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        var start = 0L;
        foreach (var step in path)
        {
            if (!Enter(ref reader, step))
            {
                break;
            }

            start = reader.TokenStartIndex;
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                reader.Read();
            }
        }

        var depth = reader.CurrentDepth;
        for (var more = text is not null; more; more = reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueTextEquals(text))
            {
                start = reader.TokenStartIndex;
                break;
            }
        }

        return json.AsSpan(0, (int)start).Count((byte)'\n');
    }

    /// <summary>Goes on to the member's name or the array's element; false when there is none.</summary>
    private static bool Enter(ref Utf8JsonReader reader, string step)
    {
        var isArray = reader.TokenType == JsonTokenType.StartArray;
        for (var index = 0; reader.Read(); index++)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    return false;
                case JsonTokenType.PropertyName when !isArray && reader.ValueTextEquals(step):
                case not JsonTokenType.PropertyName
                    when isArray && index.ToString(CultureInfo.InvariantCulture) == step:
                    return true;
                default:
                    reader.Skip();
                    break;
            }
        }

        return false;
    }
}
