using System.Globalization;
using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Json;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.Sdk.Validation;

namespace DeltaStream.Sdk.Generator.Reading;

/// <summary>Reads one property of a spec.</summary>
internal static class PropertyReader
{
    private static readonly string[] s_kinds =
    [
        .. Enum.GetValues(typeof(PropertyKind)).Cast<PropertyKind>().Where(k => k != PropertyKind.Unknown).Select(Word),
    ];

    private static readonly string[] s_contents = [.. Enum.GetNames(typeof(StoreFileContent)).Select(Names.Camel)];

    public static PropertySpec Read(string name, SpecObject json, SpecFaults faults)
    {
        var key = json.Text("key", required: true, Names.IsSqlKey, "a key such as acme.user_name");
        var kindText = json.Choice("kind", required: true, s_kinds);
        var kind = kindText is null
            ? PropertyKind.Unknown
            : (PropertyKind)Enum.Parse(typeof(PropertyKind), kindText, ignoreCase: true);

        var property = new PropertySpec
        {
            Name = name,
            Key = key ?? string.Empty,
            Kind = kind,
            Description = json.RequiredText("description") ?? string.Empty,
            Required = json.Flag("required"),
            Secret = json.Flag("secret"),
            Address = json.Flag("address"),
            Mutable = json.Flag("mutable"),
            Unset = json.Choice("unset", required: false, "refuse", "omit", "null") ?? "refuse",
            MinLength = json.Whole("minLength", minimum: 0, maximum: int.MaxValue) ?? 1,
            MaxLength = json.Whole("maxLength", minimum: 1, maximum: int.MaxValue),
            Minimum = json.Whole("minimum"),
            Maximum = json.Whole("maximum"),
            Values = ReadValues(json, faults),
            Uri = UriReader.Read(json, faults),
            File = ReadFile(json),
            Unverified = json.Text("unverified"),
            Deprecated = DeprecationReader.Read(json),
        };
        property = property with
        {
            Default = ReadDefault(json, property, faults),
            Examples = ExampleReader.Read(json, property, faults),
        };
        json.Finish();
        if (kindText is not null)
        {
            CheckKind(json, property, kindText);
            CheckWhole(json, property, faults);
        }

        return property;
    }

    /// <summary>Reads a value of a boolean, integer or enum property.</summary>
    /// <returns>The value as the model has it; null when it is wrong, which is reported.</returns>
    public static string? ReadValue(PropertySpec property, JsonValue value, string key, SpecFaults faults)
    {
        switch (property.Kind)
        {
            case PropertyKind.Unknown:
                return null;
            case PropertyKind.Boolean when value is JsonBoolean boolean:
                return boolean.Value ? "true" : "false";
            case PropertyKind.Integer
                when value is JsonNumber number
                    && long.TryParse(
                        number.Text,
                        NumberStyles.AllowLeadingSign,
                        CultureInfo.InvariantCulture,
                        out var whole
                    ):
                if (SpecObject.OutOfBounds(whole, property.Minimum, property.Maximum) is { } bound)
                {
                    faults.Add(SpecDiagnostics.WrongValue, value.Span, key, number.Text, bound);
                    return null;
                }

                return whole.ToString(CultureInfo.InvariantCulture);
            case PropertyKind.Enum when value is JsonString text:
                if (property.Values.Count == 0 || property.Values.Any(v => v.Name == text.Value))
                {
                    return text.Value;
                }

                faults.Add(
                    SpecDiagnostics.WrongValue,
                    value.Span,
                    key,
                    text.Value,
                    $"'{property.Name}' has no such value{NearMatch.Question(text.Value, property.Values.Select(v => v.Name))}"
                );
                return null;
            case PropertyKind.Boolean:
                return WrongType("true or false", value.Kind);
            case PropertyKind.Integer:
                return WrongType("a whole number", SpecObject.Shown(value));
            case PropertyKind.Enum:
                return WrongType($"the name of a value of '{property.Name}'", value.Kind);
            default:
                const string Kinds = "boolean, integer and enum properties";
                faults.Add(SpecDiagnostics.NotForKind, value.Span, key, Word(property.Kind), Kinds);
                return null;
        }

        string? WrongType(string expected, string found)
        {
            faults.Add(SpecDiagnostics.WrongType, value.Span, key, expected, found);
            return null;
        }
    }

    private static EquatableArray<EnumValueSpec> ReadValues(SpecObject json, SpecFaults faults)
    {
        var values = new List<EnumValueSpec>();
        var readers = new List<SpecObject>();
        foreach (var member in json.Object("values")?.Members ?? [])
        {
            if (!Names.IsCamel(member.Name))
            {
                faults.Add(
                    SpecDiagnostics.WrongName,
                    member.NameSpan,
                    member.Name,
                    "it must be camelCase, such as roundRobin"
                );
            }
            else if (values.Exists(v => v.Name == member.Name))
            {
                faults.Add(SpecDiagnostics.Duplicate, member.NameSpan, "The value", member.Name, "remove one");
            }
            else if (member.Value is JsonObject value)
            {
                var reader = new SpecObject(value, $"The value '{member.Name}'", member.NameSpan, faults);
                var token = reader.Text("token", required: true, Names.IsBareword, "a bareword such as ROUND_ROBIN");
                var description = reader.RequiredText("description");
                var deprecated = DeprecationReader.Read(reader);
                reader.Finish();
                if (values.Exists(v => v.Token == token))
                {
                    faults.Add(
                        SpecDiagnostics.Duplicate,
                        reader.PlaceOf("token"),
                        "The token",
                        token!,
                        "each value needs its own"
                    );
                }

                readers.Add(reader);
                values.Add(
                    new EnumValueSpec(member.Name, token ?? string.Empty, description ?? string.Empty)
                    {
                        Deprecated = deprecated,
                    }
                );
            }
            else
            {
                faults.Add(SpecDiagnostics.WrongType, member.Value.Span, member.Name, "an object", member.Value.Kind);
            }
        }

        for (var i = 0; i < values.Count; i++)
        {
            DeprecationReader.Check(
                readers[i],
                values[i].Name,
                values[i].Deprecated,
                values.Select(v => (v.Name, v.Deprecated is not null)),
                faults
            );
        }

        return values.ToEquatableArray();
    }

    private static FileSpec? ReadFile(SpecObject json)
    {
        if (json.Open("file") is not { } reader)
        {
            return null;
        }

        var file = new FileSpec(
            reader.Text("token", required: true, Names.IsFileToken, "an @ and a flat name, such as @cacert")
                ?? string.Empty,
            reader.Choice("content", required: false, s_contents) ?? s_contents[0],
            reader.Whole("maxBytes", minimum: 1, maximum: FileSpec.MostBytes)
        );
        reader.Finish();
        return file;
    }

    // A wrong default counts as a default, so that no rule is blamed for its absence. Nothing is emitted for the spec.
    private static string? ReadDefault(SpecObject json, PropertySpec property, SpecFaults faults) =>
        json.Find("default") is not { } member ? null
        : ReadValue(property, member.Value, "default", faults) is { } value ? value
        : property.Kind is PropertyKind.Boolean or PropertyKind.Integer or PropertyKind.Enum ? string.Empty
        : null;

    private static void CheckKind(SpecObject json, PropertySpec property, string kind)
    {
        Only("values", PropertyKind.Enum);
        Only("uri", PropertyKind.Uris);
        Only("file", PropertyKind.File);
        Only("minimum", PropertyKind.Integer);
        Only("maximum", PropertyKind.Integer);
        Only("address", PropertyKind.String);
        Only("minLength", PropertyKind.String, PropertyKind.Identifier);
        Only("maxLength", PropertyKind.String, PropertyKind.Identifier);
        Only("secret", PropertyKind.String, PropertyKind.File);
        Only(
            "examples",
            PropertyKind.String,
            PropertyKind.Integer,
            PropertyKind.Enum,
            PropertyKind.Uris,
            PropertyKind.Identifier
        );

        void Only(string key, params PropertyKind[] kinds)
        {
            if (!kinds.Contains(property.Kind))
            {
                json.Refuse(key, kind, Wording.And(kinds.Select(Word)));
            }
        }
    }

    private static void CheckWhole(SpecObject json, PropertySpec property, SpecFaults faults)
    {
        switch (property.Kind)
        {
            case PropertyKind.Enum when !json.Has("values"):
                json.Require("values");
                break;
            case PropertyKind.Enum when property.Values.Count == 0:
                json.Contradict("values", $"The enum '{property.Name}' has no values: add them");
                break;
            case PropertyKind.Uris when !json.Has("uri"):
                json.Require("uri");
                break;
            case PropertyKind.File when !json.Has("file"):
                json.Require("file");
                break;
        }

        if (property is { Required: true, Default: not null })
        {
            json.Contradict(
                "default",
                $"'{property.Name}' is required, so its default is never in effect: remove one of the two"
            );
        }

        if (json.Has("unset") && (property.Required || !property.Mutable || property.Default is not null))
        {
            json.Contradict(
                "unset",
                $"'{property.Name}' can't be taken away by an update, as only what is mutable, optional and without a default can: remove 'unset'"
            );
        }

        if (property.MaxLength < property.MinLength)
        {
            json.Contradict(
                "maxLength",
                FormattableString.Invariant(
                    $"No text has at least {property.MinLength} and at most {property.MaxLength} characters: change one of the two"
                )
            );
        }

        if (property.Maximum < property.Minimum)
        {
            json.Contradict(
                "maximum",
                FormattableString.Invariant(
                    $"No number is at least {property.Minimum} and at most {property.Maximum}: change one of the two"
                )
            );
        }

        if (property.Secret && json.Has("examples"))
        {
            json.Contradict(
                "examples",
                $"'{property.Name}' is a secret, and an example of a secret ends up as one: remove it"
            );
        }

        if (property is { Secret: true, Address: true })
        {
            json.Contradict(
                "address",
                $"'{property.Name}' is a secret, which may hold credentials: remove 'address', or make it no secret"
            );
        }

        if (property is { Required: true, Deprecated: not null })
        {
            json.Contradict(
                "deprecated",
                $"'{property.Name}' is required, so nobody can stop using it: make it optional first"
            );
        }

        if (
            property.Inherited
            && property is not { Kind: PropertyKind.String, Required: false, Secret: false, Deprecated: null }
        )
        {
            json.Contradict(
                property.Deprecated is null ? "kind" : "deprecated",
                "'description' fills the member that every store has: it must be an optional string, and neither secret nor deprecated"
            );
        }
    }

    private static string Word(PropertyKind kind) => kind.ToString().ToLowerInvariant();
}
