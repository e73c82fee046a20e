using System.Text.Json.Nodes;
using DeltaStream.Declarations;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.Sdk.Generator.Tests.Analysis;
using DeltaStream.Sdk.Generator.Tests.Running;
using DeltaStream.WriteDocs.Schemas;

namespace DeltaStream.Sdk.Generator.Tests.Schemas;

/// <summary>The JSON Schema of declarations says every rule of every spec.</summary>
public sealed class DeclarationSchemaTests
{
    private static readonly StoreSpec[] s_specs = [.. Repository.All().Select(DeclarationText.Read)];

    private static readonly JsonSchemaCheck s_schema = JsonSchemaCheck.Of(DeclarationSchema.Of(s_specs));

    // What no schema can say, and why.
    private static readonly (Func<PropertySpec, bool> Of, string Rule, string Why)[] s_unsaid =
    [
        (
            p => p.Kind == PropertyKind.File,
            "PEM",
            "Of a file given by its path the schema sees the path, and of base64 no pattern can say what it decodes to."
        ),
        (
            p => p is { Kind: PropertyKind.File, Secret: false },
            "bytes",
            "The schema sees the path and not how long the file is."
        ),
    ];

    private static readonly ILookup<string, RuleCase> s_cases = Cases();

    public static TheoryData<string> Subtypes => [.. Repository.Subtypes];

    [Theory]
    [MemberData(nameof(Subtypes))]
    public void What_breaks_a_rule_is_refused_and_what_keeps_it_is_not(string subtype)
    {
        var spec = s_specs.Single(s => s.Subtype == subtype);
        var cases = s_cases[subtype].ToArray();

        Assert.NotEmpty(cases);
        foreach (var one in cases)
        {
            Assert.Empty(s_schema.Faults(DataDeclaration.Of(spec, one.Right.Members)));
            var faults = s_schema.Faults(DataDeclaration.Of(spec, one.Wrong.Members));
            Assert.True(
                faults.Count > 0 != IsUnsaid(spec, one),
                $"{one.Property} {one.Rule}: {string.Join("; ", faults)}"
            );
        }
    }

    [Fact]
    public void What_no_schema_can_say_is_no_more_than_is_listed()
    {
        var cases = s_specs.SelectMany(s => s_cases[s.Subtype].Select(c => (Spec: s, Case: c))).ToArray();

        Assert.Contains(cases, c => IsUnsaid(c.Spec, c.Case));
        Assert.All(cases.Where(c => IsUnsaid(c.Spec, c.Case)), c => Assert.Equal("DS2003", c.Case.Id));
    }

    [Theory]
    [MemberData(nameof(Subtypes))]
    public void A_member_that_is_none_is_refused(string subtype)
    {
        var right = Right(subtype);
        Assert.Empty(s_schema.Faults(right));

        Assert.NotEmpty(s_schema.Faults(With(right, "xyz", "x")));
        Assert.NotEmpty(s_schema.Faults(With(right, "state", "ready")));
        Assert.Empty(s_schema.Faults(With(right, "$schema", "store.json")));
        var inside = right.First(m => m.Value is JsonObject).Key;
        right[inside]!["xyz"] = "x";
        Assert.Equal([$"/{inside}/xyz: not allowed"], s_schema.Faults(right));
    }

    [Fact]
    public void Exactly_one_subtype_is_set()
    {
        var whole = new JsonObject { ["name"] = "x" };
        Assert.Equal([": oneOf"], s_schema.Faults(whole));

        foreach (var subtype in Repository.Subtypes.Take(2))
        {
            var (name, value) = Right(subtype).First(m => m.Value is JsonObject);
            whole[name] = value!.DeepClone();
        }

        Assert.Equal([": oneOf"], s_schema.Faults(whole));
    }

    [Theory]
    [MemberData(nameof(Subtypes))]
    public void Null_is_no_value(string subtype)
    {
        var right = Right(subtype);
        var inside = right.First(m => m.Value is JsonObject);
        foreach (var name in inside.Value!.AsObject().Select(m => m.Key).ToArray())
        {
            var wrong = right.DeepClone();
            wrong[inside.Key]![name] = null;
            Assert.NotEmpty(s_schema.Faults(wrong));
        }

        Assert.NotEmpty(s_schema.Faults(With(right, inside.Key, null)));
    }

    [Fact]
    public void An_enum_takes_its_tokens_and_a_secret_file_base64_up_to_its_size()
    {
        foreach (var spec in s_specs)
        {
            foreach (var property in spec.Properties.Where(p => p.Kind == PropertyKind.Enum))
            {
                Assert.All(property.Values, v => Assert.Empty(FaultsOf(spec, property, v.Token)));
                Assert.NotEmpty(FaultsOf(spec, property, property.Values[0].Token.ToLowerInvariant()));
                Assert.NotEmpty(FaultsOf(spec, property, property.Values[0].Token + "X"));
            }

            foreach (var property in spec.Properties.Where(p => p is { Kind: PropertyKind.File, Secret: true }))
            {
                var most = (int)(property.File!.MaxBytes ?? FileSpec.MostBytes);
                Assert.Empty(FaultsOf(spec, property, Convert.ToBase64String(new byte[most])));
                Assert.NotEmpty(FaultsOf(spec, property, Convert.ToBase64String(new byte[most + 3])));
                Assert.NotEmpty(FaultsOf(spec, property, "QUJ"));
                Assert.NotEmpty(FaultsOf(spec, property, RightValues.Pem));
            }

            foreach (var property in spec.Properties.Where(p => p is { Kind: PropertyKind.File, Secret: false }))
            {
                Assert.Empty(FaultsOf(spec, property, "/etc/ssl/ca.pem"));
                Assert.NotEmpty(FaultsOf(spec, property, RightValues.Pem));
            }
        }
    }

    [Fact]
    public void The_example_in_the_documentation_is_right()
    {
        var lines = File.ReadLines(Path.Combine(Repository.Root, "docs", "schema", "README.md"))
            .SkipWhile(l => l != "    {")
            .TakeWhile(l => l.StartsWith("    ", StringComparison.Ordinal));

        Assert.Empty(s_schema.Faults(JsonNode.Parse(string.Concat(lines))));
    }

    [Fact]
    public void Examples_of_the_specs_are_right_and_shown()
    {
        var root = JsonNode.Parse(DeclarationSchema.Of(s_specs))!;
        var shown = 0;
        foreach (var (subtype, schema) in root["$defs"]!.AsObject())
        {
            foreach (var (name, property) in schema!["properties"]?.AsObject() ?? [])
            {
                foreach (var example in property!["examples"]?.AsArray() ?? [])
                {
                    shown++;
                    var faults = new JsonSchemaCheck(root, property).Faults(example);
                    Assert.True(faults.Count == 0, $"{subtype}.{name} {example}: {string.Join("; ", faults)}");
                }
            }
        }

        Assert.Equal(s_specs.Sum(s => s.Properties.Where(p => !p.Inherited).Sum(p => p.Examples.Count)), shown);
    }

    [Fact]
    public void A_subtype_without_a_description_refuses_one_and_leaves_it_to_the_others()
    {
        var demo = DeclarationText.Read(SpecFile.Of(DemoSpec.Subtype, DemoSpec.Text));
        var kafka = s_specs.First(s => s.Properties.Any(p => p.Inherited));
        var schema = JsonSchemaCheck.Of(DeclarationSchema.Of([demo, kafka]));
        var mine = (JsonObject)
            JsonNode.Parse("""{ "name": "x", "demo": { "uris": "https://h", "mode": "OPEN", "password": "p" } }""")!;

        Assert.Empty(schema.Faults(mine));
        Assert.Equal(["/description: not allowed"], schema.Faults(With(mine, "description", "d")));
        Assert.Empty(schema.Faults(With(Right(kafka.Subtype), "description", "d")));
        Assert.NotEmpty(schema.Faults(With(Right(kafka.Subtype), "description", "")));
        Assert.NotEmpty(JsonSchemaCheck.Of(DeclarationSchema.Of([demo])).Faults(With(mine, "description", "d")));
    }

    private static ILookup<string, RuleCase> Cases() =>
        s_specs
            .SelectMany(s => new RuleCases(new RightValues(s)).All().Select(c => (s.Subtype, Case: c)))
            .ToLookup(c => c.Subtype, c => c.Case);

    private static IReadOnlyList<string> FaultsOf(StoreSpec spec, PropertySpec property, string value)
    {
        var schema = JsonNode.Parse(DeclarationSchema.Of([spec]))!;
        return new JsonSchemaCheck(
            schema,
            schema["$defs"]![DataDeclaration.Member(spec)]!["properties"]![property.Name]!
        ).Faults(value);
    }

    private static JsonObject Right(string subtype)
    {
        var spec = s_specs.Single(s => s.Subtype == subtype);
        return DataDeclaration.Of(spec, s_cases[subtype].First().Right.Members);
    }

    private static JsonObject With(JsonObject declaration, string member, string? value)
    {
        var other = (JsonObject)declaration.DeepClone();
        other[member] = value;
        return other;
    }

    private static bool IsUnsaid(StoreSpec spec, RuleCase one) =>
        spec.Properties.FirstOrDefault(p => p.Name == one.Property) is { } property
        && s_unsaid.Any(u => u.Of(property) && one.Rule.EndsWith(u.Rule, StringComparison.Ordinal));
}
