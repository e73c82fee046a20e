using System.Globalization;
using DeltaStream.Sdk.Generator.Json;
using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.Sdk.Generator.Evolution;

/// <summary>Finds places in a spec. Models hold none, so the file is read again when there is something to say.</summary>
internal static class SpecPlaces
{
    /// <summary>Finds the place of the last part of a path that is there: a value, or the name of an object or array.</summary>
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
                case JsonArray array when ItemOf(array, part) is { } item:
                    value = item;
                    place = value is JsonObject ? new TextSpan(value.Span.Start, 1) : value.Span;
                    break;
                default:
                    return place;
            }
        }

        return place;
    }

    // An item is named by its number, or by its own text.
    private static JsonValue? ItemOf(JsonArray array, string part) =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? array.Items.ElementAtOrDefault(index)
            : array.Items.FirstOrDefault(i => i is JsonString text && text.Value == part);
}
