using System.Globalization;
using DeltaStream.Sdk.Generator.Json;
using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.Sdk.Generator.Evolution;

/// <summary>Finds places in a spec again. Models have none, so the file is read once more when there is something to say.</summary>
internal static class SpecPlaces
{
    /// <summary>The place of a path: a name's, a single value's, or those of the last part of it that is there.</summary>
    public static TextSpan Find(JsonValue root, string path)
    {
        var (value, place) = (root, new TextSpan(root.Span.Start, 1));
        foreach (var part in path.Split('/'))
        {
            switch (value)
            {
                case JsonObject json when json.Members.FirstOrDefault(m => m.Name == part) is { } member:
                    value = member.Value;
                    place = value is JsonObject or JsonArray ? member.NameSpan : value.Span;
                    break;
                case JsonArray array
                    when int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                        && index < array.Items.Count:
                    value = array.Items[index];
                    place = value is JsonObject ? new TextSpan(value.Span.Start, 1) : value.Span;
                    break;
                default:
                    return place;
            }
        }

        return place;
    }
}
