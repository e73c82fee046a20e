using System.Globalization;
using System.Text.Json;

namespace DeltaStream.EndToEnd.Tests.Specs;

/// <summary>What a spec says of a property, read by the tests' own eyes.</summary>
public sealed class SpecProperty
{
    private readonly JsonElement _json;

    internal SpecProperty(string name, JsonElement json)
    {
        Name = name;
        _json = json;
        Values = json.TryGetProperty("values", out var values)
            ? values.EnumerateObject().ToDictionary(v => v.Name, v => v.Value.GetProperty("token").GetString()!)
            : [];
        Examples = json.TryGetProperty("examples", out var examples)
            ? [.. examples.EnumerateArray().Select(Plain)]
            : [];
    }

    public string Name { get; }

    public string Key => _json.GetProperty("key").GetString()!;

    public string Kind => _json.GetProperty("kind").GetString()!;

    public bool Required => Flag("required");

    public bool Secret => Flag("secret");

    public bool Mutable => Flag("mutable");

    /// <summary>Whether an update can't take it away by itself.</summary>
    public bool Stays => !_json.TryGetProperty("unset", out var unset) || unset.GetString() == "refuse";

    /// <summary>The value in effect when it is not set; null when there is none.</summary>
    public object? Default => _json.TryGetProperty("default", out var value) ? Plain(value) : null;

    /// <summary>The tokens of an enum, by the names of its values.</summary>
    public IReadOnlyDictionary<string, string> Values { get; }

    public IReadOnlyList<object> Examples { get; }

    public long? Minimum => Number(_json, "minimum");

    public long? Maximum => Number(_json, "maximum");

    public int MinLength => (int)(Number(_json, "minLength") ?? 1);

    public int MaxLength => (int)(Number(_json, "maxLength") ?? int.MaxValue);

    /// <summary>A value as SQL has it, and with it an account.</summary>
    public string ToSql(object value) =>
        (Kind, value) switch
        {
            ("enum", string name) => Values[name],
            (_, bool flag) => flag ? "TRUE" : "FALSE",
            (_, long number) => number.ToString(CultureInfo.InvariantCulture),
            _ => (string)value,
        };

    /// <summary>A value that an account has as SQL has it.</summary>
    public object OfSql(string value) =>
        Kind switch
        {
            "enum" => Values.Single(v => v.Value == value).Key,
            "boolean" => value == "TRUE",
            "integer" => long.Parse(value, CultureInfo.InvariantCulture),
            _ => value,
        };

    private bool Flag(string name) => _json.TryGetProperty(name, out var flag) && flag.GetBoolean();

    private static long? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var number) ? number.GetInt64() : null;

    private static object Plain(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => value.GetInt64(),
            _ => value.GetString()!,
        };
}
