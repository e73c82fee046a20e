using System.Text.Json;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Declarations;

/// <summary>One way to authenticate, as the file beside a spec says it.</summary>
/// <param name="Values">The properties that it sets, and their values.</param>
internal sealed record Account(IReadOnlyList<(PropertySpec Property, object Value)> Values)
{
    private const string Form =
        """an array with one { "type": ..., "parameters": { "<sql key>": "<value>" } } for each way to authenticate""";

    /// <summary>Reads the accounts of a spec; at least one.</summary>
    /// <param name="folder">The folder of the specs.</param>
    /// <param name="spec">The spec.</param>
    /// <exception cref="SpecGapException">The file does not exist, or it says nothing useful.</exception>
    public static IReadOnlyList<Account> ReadAll(string folder, StoreSpec spec)
    {
        var name = FileOf(spec);
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            throw new SpecGapException(
                $"{name} does not exist beside {StoreSpecFile.NameOf(spec.Subtype)}: add it, {Form}."
            );
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            Account[] accounts = [.. json.RootElement.EnumerateArray().Select((a, i) => Read(spec, a, i + 1))];
            return accounts.Length > 0 ? accounts : throw new SpecGapException($"{name} is empty: make it {Form}.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new SpecGapException($"{name} is not understood: make it {Form}. {e.Message}");
        }
    }

    /// <summary>The name of the file with the accounts of a spec.</summary>
    public static string FileOf(StoreSpec spec) => $"{spec.Subtype}.accounts.json";

    private static Account Read(StoreSpec spec, JsonElement json, int number)
    {
        var type = json.GetProperty("type").GetString();
        if (!string.Equals(type, spec.Type, StringComparison.OrdinalIgnoreCase))
        {
            throw new SpecGapException($"{FileOf(spec)}: account {number} is of another type than {spec.Type}.");
        }

        var values = json.GetProperty("parameters")
            .EnumerateObject()
            .Select(p => (Property: Property(spec, p.Name, number), Json: p.Value))
            .Select(p => (p.Property, Value: Value(spec, p.Property, p.Json, number)))
            .ToArray();
        return values.DistinctBy(v => v.Property.Key).Count() == values.Length
            ? new Account(values)
            : throw new SpecGapException($"{FileOf(spec)}: account {number} has a key twice.");
    }

    private static PropertySpec Property(StoreSpec spec, string key, int number) =>
        spec.Properties.FirstOrDefault(p => p.Key == key)
        ?? throw new SpecGapException(
            $"{FileOf(spec)}: account {number} has '{key}', and no property of {StoreSpecFile.NameOf(spec.Subtype)} has this key."
        );

    private static object Value(StoreSpec spec, PropertySpec property, JsonElement json, int number)
    {
        var text = json.ValueKind == JsonValueKind.String ? json.GetString()! : json.GetRawText();
        try
        {
            return DeclaredValue.OfSql(property, text);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new SpecGapException(
                $"{FileOf(spec)}: account {number} has '{text}' for {property.Key}, which is no value of it: {e.Message}."
            );
        }
    }
}
