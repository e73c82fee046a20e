using System.Globalization;
using System.Text.Json;

namespace DeltaStream.Emulator.Specs;

/// <summary>
/// Reads a spec as data, with the emulator's own code: it shares none with the generator, so that a mistake there
/// can't hide here. What it doesn't understand of a rule it refuses; a check that is skipped in silence would be
/// worse.
/// </summary>
internal static class SpecReader
{
    private static readonly string[] s_propertyMembers =
    [
        "key",
        "kind",
        "description",
        "required",
        "secret",
        "mutable",
        "default",
        "unset",
        "minLength",
        "maxLength",
        "minimum",
        "maximum",
        "values",
        "uri",
        "file",
        "examples",
        "unverified",
        "deprecated",
    ];

    private static readonly string[] s_uriMembers =
    [
        "list",
        "schemes",
        "defaultScheme",
        "port",
        "defaultPort",
        "path",
        "segmentName",
        "query",
    ];

    public static StoreSpec Read(Stream json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var properties = root.GetProperty("properties").EnumerateObject().Select(Property).ToList();
        return new StoreSpec
        {
            Subtype = Text(root, "subtype"),
            Type = Text(root, "type"),
            Properties = properties,
            Rules = Items(root, "rules").Select(rule => Rule(rule, properties, root)).ToList(),
            Groups = root.TryGetProperty("update", out var update)
                ? Items(update, "groups").Select(Group).ToList()
                : [],
            Probe = root.TryGetProperty("probe", out var probe) ? Probe(probe, properties) : null,
            Describe = root.TryGetProperty("describe", out var describe)
                ? Describe(describe, properties)
                : DescribeSpec.Nothing,
        };
    }

    private static ProbeSpec Probe(JsonElement json, List<PropertySpec> properties)
    {
        RefuseOthers(
            json,
            "a probe",
            "protocol",
            "address",
            "username",
            "password",
            "tlsDisabled",
            "verifyHostname",
            "authority"
        );
        return new ProbeSpec(
            Text(json, "protocol"),
            Needed("address"),
            Needed("username"),
            Needed("password"),
            OptionalName(json, "tlsDisabled", properties),
            OptionalName(json, "verifyHostname", properties),
            OptionalName(json, "authority", properties)
        );

        string Needed(string member) =>
            OptionalName(json, member, properties) ?? throw NotUnderstood($"a probe without {member}");
    }

    private static DescribeSpec Describe(JsonElement json, List<PropertySpec> properties)
    {
        RefuseOthers(json, "describe", "tlsDisabled", "verifyHostname", "schemaRegistry");
        return new DescribeSpec(
            OptionalName(json, "tlsDisabled", properties),
            OptionalName(json, "verifyHostname", properties),
            OptionalName(json, "schemaRegistry", properties)
        );
    }

    private static void RefuseOthers(JsonElement json, string what, params string[] known)
    {
        foreach (var member in json.EnumerateObject().Where(m => !known.Contains(m.Name)))
        {
            throw NotUnderstood($"{member.Name} in {what}");
        }
    }

    private static string? OptionalName(JsonElement json, string member, List<PropertySpec> properties) =>
        OptionalText(json, member) is not { } name ? null
        : properties.Exists(p => p.Name == name) ? name
        : throw NotUnderstood($"property {name} in {member}");

    private static PropertySpec Property(JsonProperty property)
    {
        var json = property.Value;
        RefuseOthers(json, $"property {property.Name}", s_propertyMembers);
        var kind = Text(json, "kind") switch
        {
            "string" => PropertyKind.String,
            "boolean" => PropertyKind.Boolean,
            "integer" => PropertyKind.Integer,
            "enum" => PropertyKind.Enum,
            "uris" => PropertyKind.Uris,
            "identifier" => PropertyKind.Identifier,
            "file" => PropertyKind.File,
            var other => throw NotUnderstood($"kind {other} of {property.Name}"),
        };
        return new PropertySpec
        {
            Name = property.Name,
            Key = Text(json, "key"),
            Kind = kind,
            Required = Flag(json, "required"),
            Secret = Flag(json, "secret"),
            Mutable = Flag(json, "mutable"),
            Unverified = json.TryGetProperty("unverified", out _),
            Default = json.TryGetProperty("default", out var value) ? Canonical(value, json) : null,
            Unset = OptionalText(json, "unset") ?? "refuse",
            MinLength = (int?)OptionalNumber(json, "minLength") ?? 1,
            MaxLength = (int?)OptionalNumber(json, "maxLength"),
            Minimum = OptionalNumber(json, "minimum"),
            Maximum = OptionalNumber(json, "maximum"),
            Tokens = json.TryGetProperty("values", out var values)
                ? values.EnumerateObject().Select(v => Text(v.Value, "token")).ToList()
                : [],
            Uri = json.TryGetProperty("uri", out var uri) ? Uri(uri) : null,
            File = json.TryGetProperty("file", out var file) ? File(file) : null,
        };
    }

    private static UriSpec Uri(JsonElement json)
    {
        RefuseOthers(json, "uri", s_uriMembers);
        return new UriSpec(
            Flag(json, "list"),
            Items(json, "schemes").Select(s => s.GetString()!).ToList(),
            OptionalText(json, "defaultScheme"),
            Text(json, "port") == "required",
            Text(json, "path"),
            OptionalText(json, "segmentName") ?? "path segment",
            Flag(json, "query")
        );
    }

    private static FileSpec File(JsonElement json)
    {
        RefuseOthers(json, "file", "token", "content", "maxBytes");
        return new FileSpec(
            OptionalText(json, "content") == "pem",
            (int?)OptionalNumber(json, "maxBytes") ?? 1_048_576
        );
    }

    private static RuleSpec Rule(JsonElement json, List<PropertySpec> properties, JsonElement root)
    {
        RefuseOthers(json, "a rule", "when", "require", "forbid", "imply", "exactlyOneOf", "withoutEffect", "because");
        return new RuleSpec
        {
            When = Members(json, "when").ToDictionary(m => Known(m.Name), m => Condition(m.Value, Json(m.Name))),
            Require = Names(json, "require"),
            Forbid = Names(json, "forbid"),
            Imply = Members(json, "imply").ToDictionary(m => Known(m.Name), m => Canonical(m.Value, Json(m.Name))),
            ExactlyOneOf = Items(json, "exactlyOneOf").Select(set => ToNames(set)).ToList(),
            Because = Text(json, "because"),
        };

        string Known(string name) =>
            properties.Exists(p => p.Name == name) ? name : throw NotUnderstood($"property {name} in a rule");
        JsonElement Json(string name) => root.GetProperty("properties").GetProperty(name);
        IReadOnlyList<string> Names(JsonElement rule, string member) =>
            rule.TryGetProperty(member, out var names) ? ToNames(names) : [];
        IReadOnlyList<string> ToNames(JsonElement names) =>
            names.EnumerateArray().Select(n => Known(n.GetString()!)).ToList();
    }

    private static ConditionSpec Condition(JsonElement json, JsonElement property) =>
        json.ValueKind == JsonValueKind.Array
            ? new ConditionSpec { Values = json.EnumerateArray().Select(v => Canonical(v, property)).ToList() }
            : new ConditionSpec
            {
                IsSet = json.GetString() switch
                {
                    "set" => true,
                    "unset" => false,
                    var other => throw NotUnderstood($"condition {other}"),
                },
            };

    private static GroupSpec Group(JsonElement json) =>
        new(Flag(json, "always"), Items(json, "members").Select(m => m.GetString()!).ToList(), Text(json, "because"));

    private static string Canonical(JsonElement value, JsonElement property) =>
        value.ValueKind switch
        {
            JsonValueKind.True => "TRUE",
            JsonValueKind.False => "FALSE",
            JsonValueKind.Number => value.GetInt64().ToString(CultureInfo.InvariantCulture),
            _ when property.TryGetProperty("values", out var values) => Text(
                values.GetProperty(value.GetString()!),
                "token"
            ),
            _ => value.GetString()!,
        };

    private static JsonElement.ArrayEnumerator Items(JsonElement json, string member) =>
        json.TryGetProperty(member, out var items) ? items.EnumerateArray() : default;

    private static JsonElement.ObjectEnumerator Members(JsonElement json, string member) =>
        json.TryGetProperty(member, out var members) ? members.EnumerateObject() : default;

    private static string Text(JsonElement json, string member) => json.GetProperty(member).GetString()!;

    private static string? OptionalText(JsonElement json, string member) =>
        json.TryGetProperty(member, out var value) ? value.GetString() : null;

    private static long? OptionalNumber(JsonElement json, string member) =>
        json.TryGetProperty(member, out var value) ? value.GetInt64() : null;

    private static bool Flag(JsonElement json, string member) =>
        json.TryGetProperty(member, out var value) && value.GetBoolean();

    private static InvalidDataException NotUnderstood(string what) =>
        new($"The spec says {what}, which the emulator can't check.");
}
