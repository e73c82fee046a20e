using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Json;
using DeltaStream.Sdk.Generator.Specs;
using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.Sdk.Generator.Reading;

/// <summary>Reads a spec file into its model. Every mistake is reported at its place; none throws.</summary>
internal static class SpecReader
{
    public const string Extension = ".store.json";

    private const int MaxProperties = 64;

    // For editors only, and a path on the author's machine.
    private const string SchemaKey = "$schema";

    private const string TypeKey = "type";

    public static SpecReadResult Read(string path, SourceText? text)
    {
        if (text is null)
        {
            var unreadable = DiagnosticRecord.Of(
                SpecDiagnostics.Unreadable,
                new LocationRecord(path, default, default)
            );
            return new SpecReadResult { Diagnostics = new[] { unreadable }.ToEquatableArray() };
        }

        var faults = new SpecFaults(path, text);
        var (value, fault) = JsonReader.Read(text);
        if (fault is not null)
        {
            faults.Add(SpecDiagnostics.NotJson, fault.Span, fault.Expected, fault.Found);
            return new SpecReadResult { Diagnostics = faults.ToEquatableArray() };
        }

        if (value is not JsonObject root)
        {
            faults.Add(SpecDiagnostics.WrongType, value!.Span, "the spec", "an object", value.Kind);
            return new SpecReadResult { Diagnostics = faults.ToEquatableArray() };
        }

        var reader = new SpecObject(root, "A store spec", SpecObject.Brace(root), faults);
        var spec = ReadSpec(reader, faults) is { } read
            ? read with
            {
                Json = JsonText.Of(root, except: SchemaKey),
            }
            : null;
        CheckFileName(path, spec?.Subtype, reader, faults);
        return new SpecReadResult
        {
            Spec = faults.Any ? null : spec,
            Diagnostics = faults.ToEquatableArray(),
            Claims = spec is null ? default : Claims(spec, root, reader, path, text).ToEquatableArray(),
        };
    }

    private static IEnumerable<TypeClaim> Claims(
        StoreSpec spec,
        JsonObject root,
        SpecObject reader,
        string path,
        SourceText text
    )
    {
        yield return new TypeClaim(spec.ClassName, spec.Subtype, IsRecord: true, At(reader.PlaceOf("subtype")));
        var properties = root.Members.FirstOrDefault(m => m.Name == "properties")?.Value as JsonObject;
        foreach (var property in spec.Properties.Where(p => p.Kind == PropertyKind.Enum))
        {
            var name = properties!.Members.First(m => m.Name == property.Name).NameSpan;
            yield return new TypeClaim(spec.EnumName(property), spec.Subtype, IsRecord: false, At(name));
        }

        LocationRecord At(TextSpan span) => LocationRecord.Of(path, text, span);
    }

    private static StoreSpec? ReadSpec(SpecObject root, SpecFaults faults)
    {
        root.Text(SchemaKey);
        var subtype = root.Text(
            "subtype",
            required: true,
            Names.IsSubtype,
            "lower-case words joined by hyphens, such as acme-queue"
        );
        if (subtype is not null && Names.IsReservedSubtype(subtype))
        {
            faults.Add(
                SpecDiagnostics.WrongName,
                root.PlaceOf("subtype"),
                subtype,
                "the SDK has a member or a type of that name already; choose another"
            );
        }

        var type = root.Text("type", required: true, Names.IsBareword, "a bareword such as ACME_QUEUE");
        var title = root.RequiredText("title");
        var description = root.RequiredText("description");
        var properties = ReadProperties(root, subtype, faults);
        var names = new PropertyNames(properties, faults);
        var rules = RuleReader.Read(root, names, faults);
        var groups = GroupReader.Read(root, names, faults);
        var described = PropertyUses.Read(root, names, faults);
        root.Finish();

        return subtype is null
            ? null
            : new StoreSpec
            {
                Subtype = subtype,
                Type = type ?? string.Empty,
                Title = title ?? string.Empty,
                Description = description ?? string.Empty,
                Properties = properties
                    .Select(p => described.TryGetValue(p.Name, out var place) ? p with { Described = place } : p)
                    .ToEquatableArray(),
                Rules = rules,
                Groups = groups,
            };
    }

    private static List<PropertySpec> ReadProperties(SpecObject root, string? subtype, SpecFaults faults)
    {
        var properties = new List<PropertySpec>();
        if (root.Object("properties", required: true) is not { } json)
        {
            return properties;
        }

        if (json.Members.Count is 0 or > MaxProperties)
        {
            faults.Contradict(
                SpecObject.Brace(json),
                json.Members.Count == 0
                    ? "A spec without properties declares nothing: add its properties"
                    : $"A spec has at most {MaxProperties} properties"
            );
        }

        var readers = new List<SpecObject>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var keys = new HashSet<string>(StringComparer.Ordinal) { TypeKey };
        var tokens = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in json.Members)
        {
            CheckName(member, subtype, faults);
            if (!names.Add(member.Name))
            {
                faults.Add(SpecDiagnostics.Duplicate, member.NameSpan, "The property", member.Name, "remove one");
                continue;
            }

            if (member.Value is not JsonObject value)
            {
                faults.Add(SpecDiagnostics.WrongType, member.Value.Span, member.Name, "an object", member.Value.Kind);
                continue;
            }

            var reader = new SpecObject(value, $"The property '{member.Name}'", member.NameSpan, faults);
            var property = PropertyReader.Read(member.Name, reader, faults);
            if (property.Key.Length > 0 && !keys.Add(property.Key))
            {
                faults.Add(
                    SpecDiagnostics.Duplicate,
                    reader.PlaceOf("key"),
                    "The key",
                    property.Key,
                    property.Key == TypeKey ? "the type has it already" : "each property needs its own"
                );
            }

            if (property.File is { Token.Length: > 0 } file && !tokens.Add(file.Token))
            {
                faults.Add(
                    SpecDiagnostics.Duplicate,
                    PlaceOfToken(value),
                    "The token",
                    file.Token,
                    "each file needs its own"
                );
            }

            readers.Add(reader);
            properties.Add(property);
        }

        for (var i = 0; i < properties.Count; i++)
        {
            DeprecationReader.Check(
                readers[i],
                properties[i].Name,
                properties[i].Deprecated,
                properties.Select(p => (p.Name, p.Deprecated is not null)),
                faults
            );
        }

        return properties;
    }

    private static TextSpan PlaceOfToken(JsonObject property)
    {
        var file = (JsonObject)property.Members.First(m => m.Name == "file").Value;
        return file.Members.First(m => m.Name == "token").Value.Span;
    }

    private static void CheckName(JsonMember member, string? subtype, SpecFaults faults)
    {
        var why =
            !Names.IsCamel(member.Name) ? "it must be camelCase, such as userName"
            : Names.IsReserved(Names.Pascal(member.Name))
                ? "the record has a member of that name, or may get one; choose another"
            : subtype is not null && Names.Pascal(member.Name) == $"{Names.Pascal(subtype)}StoreArgs"
                ? "it is the record's own name; choose another"
            : null;
        if (why is not null)
        {
            faults.Add(SpecDiagnostics.WrongName, member.NameSpan, member.Name, why);
        }
    }

    private static void CheckFileName(string path, string? subtype, SpecObject root, SpecFaults faults)
    {
        if (
            subtype is not null
            && !string.Equals(Path.GetFileName(path), subtype + Extension, StringComparison.Ordinal)
        )
        {
            faults.Add(SpecDiagnostics.WrongFileName, root.PlaceOf("subtype"), subtype);
        }
    }
}
