using System.Globalization;
using DeltaStream.Sdk.Generator.Json;

namespace DeltaStream.WriteDocs.Schemas;

/// <summary>Makes JSON that was in no file.</summary>
internal static class Node
{
    /// <summary>An object; a member without a value is left out.</summary>
    public static JsonObject Object(params (string Name, JsonValue? Value)[] members) => Object(members.AsEnumerable());

    public static JsonObject Object(IEnumerable<(string Name, JsonValue? Value)> members) =>
        new(
            default,
            [.. members.Where(m => m.Value is not null).Select(m => new JsonMember(m.Name, default, m.Value!))]
        );

    public static JsonArray Array(params JsonValue[] items) => Array(items.AsEnumerable());

    public static JsonArray Array(IEnumerable<JsonValue> items) => new(default, [.. items]);

    public static JsonArray Texts(IEnumerable<string> items) => Array(items.Select(i => (JsonValue)Text(i)));

    /// <summary>An array of texts; null when there are none.</summary>
    public static JsonArray? TextsOrNull(IEnumerable<string> items) =>
        Texts(items) is { Items.Count: > 0 } a ? a : null;

    public static JsonString Text(string value) => new(default, value);

    public static JsonString? TextOrNull(string? value) => value is null ? null : Text(value);

    public static JsonNumber Number(long value) => new(default, value.ToString(CultureInfo.InvariantCulture));

    public static JsonNumber? NumberOrNull(long? value) => value is { } number ? Number(number) : null;

    public static JsonBoolean Flag(bool value) => new(default, value);

    /// <summary>True, or nothing at all.</summary>
    public static JsonBoolean? FlagIf(bool value) => value ? Flag(true) : null;
}
