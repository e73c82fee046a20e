using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DeltaStream.Emulator.Specs;

/// <summary>
/// Reads a spec as data, with the emulator's own code: it shares none with the generator, so that a mistake there
/// can't hide here. It refuses a spec that says more than it understands; a check that is skipped in silence would be
/// worse.
/// </summary>
internal static class SpecReader
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
            new ScalarConverter(),
            new ConditionConverter(),
        },
    };

    /// <exception cref="InvalidDataException">The spec says something that the emulator can't check.</exception>
    public static StoreSpec Read(Stream json)
    {
        try
        {
            return Canonical(JsonSerializer.Deserialize<SpecFile>(json, s_json)!);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The emulator can't check what the spec says: {e.Message}", e);
        }
    }

    private static StoreSpec Canonical(SpecFile file)
    {
        var properties = file.Properties.ToDictionary(p => p.Key, p => p.Value with { Name = p.Key });
        foreach (var name in Names(file).Where(name => !properties.ContainsKey(name)))
        {
            throw new JsonException($"There is no property '{name}'.");
        }

        return new StoreSpec
        {
            Subtype = file.Subtype,
            Type = file.Type,
            Properties =
            [
                .. properties.Values.Select(p => p with { Default = p.Default is { } d ? p.Canonical(d) : null }),
            ],
            Rules = [.. file.Rules.Select(Canonical)],
            Groups = file.Update?.Groups ?? [],
            Probe = file.Probe,
            Describe = file.Describe,
        };

        RuleSpec Canonical(RuleSpec rule) =>
            rule with
            {
                When = rule.When.ToDictionary(
                    w => w.Key,
                    w => w.Value with { Values = [.. w.Value.Values.Select(properties[w.Key].Canonical)] }
                ),
                Imply = rule.Imply.ToDictionary(i => i.Key, i => properties[i.Key].Canonical(i.Value)),
            };
    }

    /// <summary>The names of properties that the spec refers to.</summary>
    private static IEnumerable<string> Names(SpecFile file)
    {
        var rules = file.Rules.SelectMany(r =>
            (IEnumerable<string>)
                [.. r.When.Keys, .. r.Require, .. r.Forbid, .. r.Imply.Keys, .. r.ExactlyOneOf.SelectMany(n => n)]
        );
        var probe = file.Probe is { } p
            ? new[] { p.Address, p.Username, p.Password, p.TlsDisabled, p.VerifyHostname, p.Authority }
            : [];
        var describe = file.Describe;
        string?[] described = [describe.TlsDisabled, describe.VerifyHostname, describe.SchemaRegistry];
        return rules.Concat(probe.Concat(described).Concat(describe.Details.Values).OfType<string>());
    }

    /// <summary>A spec as it is written.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
    private sealed record SpecFile(string Subtype, string Type, Dictionary<string, PropertySpec> Properties)
    {
        public IReadOnlyList<RuleSpec> Rules { get; init; } = [];

        public UpdateSpec? Update { get; init; }

        public ProbeSpec? Probe { get; init; }

        public DescribeSpec Describe { get; init; } = new();
    }

    private sealed record UpdateSpec(IReadOnlyList<GroupSpec> Groups);

    /// <summary>Reads a text, or a boolean or a number as statements write it.</summary>
    private sealed class ScalarConverter : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType switch
            {
                JsonTokenType.True => "TRUE",
                JsonTokenType.False => "FALSE",
                JsonTokenType.Number => reader.GetInt64().ToString(CultureInfo.InvariantCulture),
                _ => reader.GetString(),
            };

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            throw new NotSupportedException();
    }

    /// <summary>Reads <c>"set"</c>, <c>"unset"</c> or a list of values.</summary>
    private sealed class ConditionConverter : JsonConverter<ConditionSpec>
    {
        public override ConditionSpec Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                return new ConditionSpec(null, JsonSerializer.Deserialize<string[]>(ref reader, options)!);
            }

            return reader.GetString() switch
            {
                "set" => new ConditionSpec(true, []),
                "unset" => new ConditionSpec(false, []),
                var other => throw new JsonException($"There is no condition '{other}'."),
            };
        }

        public override void Write(Utf8JsonWriter writer, ConditionSpec value, JsonSerializerOptions options) =>
            throw new NotSupportedException();
    }
}
