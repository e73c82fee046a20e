using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.Sdk.Generator.Tests.Running;
using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Tests.Language;

/// <summary>The schema that editors check specs by, and the reader that the compiler checks them by, say the same.</summary>
public sealed class SchemaTests
{
    private static readonly JsonNode s_schema = JsonNode.Parse(Repository.Schema)!;

    /// <summary>Each object of the language: where it is in the schema, and where one stands in the demo spec.</summary>
    public static TheoryData<string, string> Objects =>
        new()
        {
            { "", "" },
            { "$defs/property", "properties/user" },
            { "$defs/property/properties/values/additionalProperties", "properties/mode/values/open" },
            { "$defs/property/properties/file", "properties/cert/file" },
            { "$defs/uri", "properties/uris/uri" },
            { "$defs/rule", "rules/0" },
            { "$defs/rule", "rules/2" },
            { "properties/update", "update" },
            { "properties/describe", "describe" },
            { "properties/probe", "probe" },
            { "$defs/group", "update/groups/0" },
            { "$defs/deprecated", "properties/cert/deprecated" },
            { "$defs/deprecated", "properties/mode/values/ajar/deprecated" },
        };

    [Theory]
    [MemberData(nameof(Objects))]
    public void The_reader_knows_the_keys_of_the_schema_and_no_others(string inSchema, string inSpec)
    {
        // An unknown key is answered with all known ones that are not used; those that are used were not refused.
        const string Unknown = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
        var spec = Demo();
        var used = At(spec, inSpec).AsObject().Select(m => m.Key).ToArray();
        At(spec, inSpec).AsObject().Add(Unknown, 1);

        var diagnostic = Assert.Single(Read(spec));

        Assert.Equal("DS1002", diagnostic.Id);
        var message = diagnostic.ToString();
        var offered = message.Split("; there is ") is [_, var list] ? list.Split(", ") : [];
        var known = used.Concat(offered).Where(k => k != "$schema").Order(StringComparer.Ordinal);
        var inTheSchema = At(s_schema, inSchema)["properties"]!.AsObject().Select(p => p.Key);
        Assert.Equal(inTheSchema.Where(k => k != "$schema").Order(StringComparer.Ordinal), known);
    }

    [Theory]
    [MemberData(nameof(Objects))]
    public void The_reader_requires_what_the_schema_requires(string inSchema, string inSpec)
    {
        var required = At(s_schema, inSchema)["required"]!
            .AsArray()
            .Select(k => (string)k!)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var key in At(Demo(), inSpec).AsObject().Select(m => m.Key))
        {
            var spec = Demo();
            At(spec, inSpec).AsObject().Remove(key);

            var missing = Read(spec)
                .Any(d => d.Id == "DS1003" && d.ToString().Contains($" needs '{key}'", StringComparison.Ordinal));

            Assert.True(missing == required.Contains(key), $"{inSpec}/{key}");
        }

        Assert.Empty(required.Except(At(Demo(), inSpec).AsObject().Select(m => m.Key)));
    }

    [Fact]
    public void No_object_of_the_schema_is_left_out_here()
    {
        var closed = Closed(s_schema, "").Order(StringComparer.Ordinal);

        Assert.Equal(closed, Objects.Select(o => (string)o[0]).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("$defs/property/properties/kind", "properties/user/kind")]
    [InlineData("$defs/property/properties/unset", "properties/user/unset")]
    [InlineData("$defs/property/properties/file/properties/content", "properties/cert/file/content")]
    [InlineData("$defs/uri/properties/port", "properties/uris/uri/port")]
    [InlineData("$defs/uri/properties/path", "properties/uris/uri/path")]
    [InlineData("properties/probe/properties/protocol", "probe/protocol")]
    public void The_reader_has_the_choices_of_the_schema(string inSchema, string inSpec)
    {
        var spec = Demo();
        var (owner, key) = (inSpec[..inSpec.LastIndexOf('/')], inSpec[(inSpec.LastIndexOf('/') + 1)..]);
        At(spec, owner)[key] = "xxxxxxxxxxxxxxxxxxxxxxxx";

        var message = Assert.Single(Read(spec), d => d.Id == "DS1005").ToString();

        var choices = At(s_schema, inSchema)["enum"]!.AsArray().Select(c => (string)c!);
        Assert.EndsWith($"it must be one of {string.Join(", ", choices)}", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("properties/subtype", nameof(Names.IsSubtype))]
    [InlineData("properties/type", nameof(Names.IsBareword))]
    [InlineData("properties/properties/propertyNames", nameof(Names.IsCamel))]
    [InlineData("$defs/property/properties/key", nameof(Names.IsSqlKey))]
    [InlineData("$defs/property/properties/values/propertyNames", nameof(Names.IsCamel))]
    [InlineData("$defs/property/properties/values/additionalProperties/properties/token", nameof(Names.IsBareword))]
    [InlineData("$defs/property/properties/file/properties/token", nameof(Names.IsFileToken))]
    [InlineData("$defs/uri/properties/schemes/items", nameof(Names.IsScheme))]
    [InlineData("$defs/deprecated/properties/since", nameof(Names.IsVersion))]
    public void The_reader_has_the_forms_of_the_schema(string inSchema, string form)
    {
        var pattern = (string)At(s_schema, inSchema)["pattern"]!;
        var check = typeof(Names).GetMethod(form)!.CreateDelegate<Func<string, bool>>();
        string[] parts = ["a", "Z", "9", "_", "-", ".", ":", "+", "@", "é", " ", "ab", "A_B"];

        foreach (var text in parts.SelectMany(a => parts.SelectMany(b => parts.Select(c => a + b + c))).Concat(parts))
        {
            Assert.True(
                Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)) == check(text),
                $"{text} and {pattern}"
            );
        }
    }

    [Fact]
    public void Bounds_of_the_reader_are_those_of_the_schema()
    {
        Assert.Equal(64, (int)At(s_schema, "properties/properties")["maxProperties"]!);
        Assert.Equal(65535, (int)At(s_schema, "$defs/uri/properties/defaultPort")["maximum"]!);
        Assert.Equal(
            StoreFile.MaxBytes,
            (int)At(s_schema, "$defs/property/properties/file/properties/maxBytes")["maximum"]!
        );
        Assert.Equal(
            StoreFile.MaxBytes,
            (int)At(s_schema, "$defs/property/properties/file/properties/maxBytes")["default"]!
        );
    }

    [Fact]
    public void Every_spec_uses_keys_of_the_schema_only_and_names_the_schema()
    {
        foreach (var file in Repository.All())
        {
            var spec = JsonNode.Parse(file.GetText()!.ToString())!;
            Assert.True(
                (string?)spec["$schema"] == "store-spec.schema.json",
                $"{file.Path}: begin with \"$schema\": \"store-spec.schema.json\", so that editors complete and check it"
            );
            Check(spec, s_schema, file.Path);
        }
    }

    [Fact]
    public void A_key_that_is_not_in_the_schema_is_found()
    {
        var spec = Demo();
        At(spec, "properties/uris/uri")["prot"] = 1;

        var exception = Assert.ThrowsAny<Exception>(() => Check(spec, s_schema, "demo"));

        Assert.Contains("demo/properties/uris/uri/prot", exception.Message, StringComparison.Ordinal);
    }

    private static JsonNode Demo()
    {
        var spec = JsonNode.Parse(DemoSpec.Text)!;
        At(spec, "properties/cert")["deprecated"] = new JsonObject { ["since"] = "1.2", ["use"] = "user" };
        At(spec, "properties/mode/values/ajar")["deprecated"] = new JsonObject { ["since"] = "1.2.3" };
        spec["describe"] = new JsonObject
        {
            ["tlsDisabled"] = "quiet",
            ["verifyHostname"] = "quiet",
            ["schemaRegistry"] = "group",
            ["details"] = new JsonObject { ["who"] = "user" },
        };
        spec["probe"] = new JsonObject
        {
            ["protocol"] = "postgresql",
            ["address"] = "uris",
            ["username"] = "user",
            ["password"] = "password",
            ["tlsDisabled"] = "quiet",
            ["verifyHostname"] = "quiet",
            ["authority"] = "cert",
        };
        return spec;
    }

    private static IReadOnlyList<Diagnostic> Read(JsonNode spec) =>
        Generation.Of(SpecFile.Of(DemoSpec.Subtype, spec.ToJsonString())).Diagnostics;

    private static JsonNode At(JsonNode node, string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Aggregate(node, (n, part) => (n is JsonArray array ? array[int.Parse(part, null)] : n[part])!);

    // The objects that allow no other keys than those they list.
    private static IEnumerable<string> Closed(JsonNode? node, string path)
    {
        var here =
            node is JsonObject json && json["additionalProperties"]?.GetValueKind() == JsonValueKind.False
                ? [path]
                : Array.Empty<string>();
        return here.Concat(
            (node as JsonObject)?.SelectMany(m => Closed(m.Value, path.Length == 0 ? m.Key : $"{path}/{m.Key}")) ?? []
        );
    }

    private static void Check(JsonNode? value, JsonNode schema, string path)
    {
        if ((string?)schema["$ref"] is { } reference)
        {
            schema = At(s_schema, reference.TrimStart('#', '/'));
        }

        if (value is JsonArray array && schema["items"] is { } items)
        {
            for (var i = 0; i < array.Count; i++)
            {
                Check(array[i], items, $"{path}/{i}");
            }
        }

        foreach (var (key, member) in value as JsonObject ?? [])
        {
            var known = schema["properties"]?[key];
            if (known is null && schema["additionalProperties"] is JsonObject any)
            {
                known = any;
            }

            Assert.True(known is not null, $"The schema has no {path}/{key}.");
            Check(member, known, $"{path}/{key}");
        }
    }
}
