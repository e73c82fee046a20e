using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using DeltaStream.Declarations;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.Sdk.Generator.Tests.Analysis;
using DeltaStream.Sdk.Generator.Tests.Language;
using DeltaStream.Sdk.Generator.Tests.Running;
using DeltaStream.WriteDocs.Schemas;

namespace DeltaStream.Sdk.Generator.Tests.Schemas;

/// <summary>
/// The JSON Schema and the validator never disagree about what a schema can say. The environment variable CsCheck_Seed repeats
/// a failure.
/// </summary>
public sealed class SchemaAgreementTests
{
    // Its rules involve the description, which stands beside the subtype, and what one rule implies decides another.
    private const string Outside = """
        {
          "subtype": "out-side", "type": "OUT_SIDE", "title": "Out", "description": "Out.",
          "properties": {
            "mode": {
              "key": "m", "kind": "enum", "default": "on", "description": "Mode.",
              "values": { "on": { "token": "ON", "description": "On." }, "off": { "token": "OFF", "description": "Off." } }
            },
            "level": { "key": "l", "kind": "integer", "default": 2, "description": "Level." },
            "user": { "key": "u", "kind": "string", "description": "User." },
            "password": { "key": "p", "kind": "string", "secret": true, "description": "Password." },
            "description": { "key": "description", "kind": "string", "maxLength": 5, "description": "What for." }
          },
          "rules": [
            { "when": { "description": "set" }, "require": ["user"], "because": "B." },
            { "when": { "mode": ["off"] }, "forbid": ["description"], "imply": { "level": 1 }, "because": "B." },
            { "when": { "level": [1] }, "require": ["password"], "because": "B." }
          ]
        }
        """;

    private static readonly StoreSpec[] s_specs =
    [
        .. Repository
            .All()
            .Append(SpecFile.Of(DemoSpec.Subtype, DemoSpec.Text))
            .Append(SpecFile.Of("out-side", Outside))
            .Select(DeclarationText.Read),
    ];

    // The reader knows the subtypes of the SDK, and those that it is given.
    private static readonly GeneratedStores s_generated = GeneratedStores.Of(
        SpecFile.Of(DemoSpec.Subtype, DemoSpec.Text),
        SpecFile.Of("out-side", Outside)
    );

    private static readonly StoreSubtype[] s_own = [.. s_generated.Names.Select(n => s_generated.Declare(n).Subtype)];

    private static readonly JsonSchemaCheck s_schema = JsonSchemaCheck.Of(DeclarationSchema.Of(s_specs));

    private static readonly Gen<StoreSpec> s_random = SpecGen.Text.Select(t =>
        DeclarationText.Read(SpecFile.Of("random", t))
    );

    [Fact]
    public void Of_random_declarations_they_say_the_same()
    {
        var (right, wrong) = (0, 0);
        Gen.Int[0, s_specs.Length - 1]
            .SelectMany(i => RandomDeclarations.Of(s_specs[i]).Select(d => (Spec: s_specs[i], Members: d)))
            .Sample(
                d =>
                {
                    var disagreement = Disagreement(s_schema, d.Spec, d.Members, out var isRight);
                    Interlocked.Increment(ref isRight ? ref right : ref wrong);
                    return disagreement is null;
                },
                iter: 3000,
                print: d => Disagreement(s_schema, d.Spec, d.Members, out _)!
            );

        Assert.True(right > 50 && wrong > 50, $"{right} right ones and {wrong} wrong ones say too little.");
    }

    [Fact]
    public void Of_other_forms_they_say_the_same()
    {
        var (right, wrong) = (0, 0);
        Gen.Int[0, s_specs.Length - 1]
            .SelectMany(i =>
                Gen.Select(
                    Gen.OneOf(RandomDeclarations.Of(s_specs[i]), RandomForms.Right(s_specs[i]))
                        .Select(d =>
                            DataDeclaration.Of(s_specs[i], d.Where(m => !RandomForms.IsPath(s_specs[i], m.Key)))
                        ),
                    RandomForms.Changes,
                    RandomForms.Wrappings,
                    (declaration, change, wrap) => wrap(change(s_specs[i], declaration)).ToJsonString()
                )
            )
            .Sample(
                json =>
                {
                    var (faults, read) = Both(json);
                    Interlocked.Increment(ref read.IsValid ? ref right : ref wrong);
                    return read.IsValid == (faults.Count == 0);
                },
                iter: 5_000,
                print: json =>
                {
                    var (faults, read) = Both(json);
                    return $"{json}\nschema: {string.Join("; ", faults)}\nreader: {string.Join("; ", read.Faults)}";
                }
            );

        Assert.True(right > 500 && wrong > 500, $"{right} right ones and {wrong} wrong ones say too little.");

        static (IReadOnlyList<string> Faults, StoreDeclarations Read) Both(string json) =>
            (
                s_schema.Faults(JsonNode.Parse(json)),
                // What a variable holds, the schema does not see.
                StoreDeclarations.Read(json, new() { OwnSubtypes = s_own, Variable = RandomForms.VariableOf })
            );
    }

    [Fact]
    public void Of_random_specs_too() =>
        s_random
            .SelectMany(spec => RandomDeclarations.Of(spec).Array[20].Select(d => (Spec: spec, Declarations: d)))
            .Sample(
                s => Disagreement(s.Spec, s.Declarations) is null,
                iter: 300,
                print: s => Disagreement(s.Spec, s.Declarations)!
            );

    [Fact]
    public void Defaults_that_Pulumi_sends_break_no_rule()
    {
        var sent = 0;
        Gen.OneOf(Gen.Int[0, s_specs.Length - 1].Select(i => s_specs[i]), s_random)
            .SelectMany(spec => RandomDeclarations.Of(spec).Array[20].Select(d => (Spec: spec, Declarations: d)))
            .Sample(
                s =>
                {
                    var defaults = Defaults(s.Spec);
                    foreach (var members in s.Declarations.Where(d => RandomDeclarations.Faults(s.Spec, d).Count == 0))
                    {
                        var all = new Dictionary<string, object>(defaults, StringComparer.Ordinal);
                        foreach (var (member, value) in members)
                        {
                            all[member] = value;
                        }

                        Interlocked.Add(ref sent, all.Count - members.Count);
                        Assert.Empty(RandomDeclarations.Faults(s.Spec, all));
                    }
                },
                iter: 300
            );

        Assert.True(sent > 50, $"{sent} defaults say too little.");
    }

    private static Dictionary<string, object> Defaults(StoreSpec spec)
    {
        var types = JsonNode.Parse(PulumiSchema.Of([spec]))!["types"]!;
        var inputs = types[$"deltastream:index:{spec.Stem}Inputs"]!["properties"]!;
        return spec
            .Properties.Where(p => inputs[p.Name]?["default"] is not null)
            .ToDictionary(
                p => p.Member,
                p =>
                    inputs[p.Name]!["default"]!.GetValueKind() == JsonValueKind.String
                        ? p.Values.Single(v => v.Token == (string?)inputs[p.Name]!["default"]).Member
                        : DeclaredValue.OfSpec(p, inputs[p.Name]!["default"]!.ToJsonString()),
                StringComparer.Ordinal
            );
    }

    private static string? Disagreement(StoreSpec spec, Dictionary<string, object>[] declarations)
    {
        var schema = JsonSchemaCheck.Of(DeclarationSchema.Of([spec]));
        return
            declarations.Select(d => Disagreement(schema, spec, d, out _)).FirstOrDefault(d => d is not null)
                is { } what
            ? $"{what}\n{spec.Subtype}"
            : null;
    }

    private static string? Disagreement(
        JsonSchemaCheck schema,
        StoreSpec spec,
        Dictionary<string, object> members,
        out bool isRight
    )
    {
        JsonObject declaration = DataDeclaration.Of(spec, members);
        var (faults, expected) = (schema.Faults(declaration), RandomDeclarations.Faults(spec, members));
        isRight = expected.Count == 0;
        // What a file holds, the schema does not see.
        if (
            ReferenceEquals(schema, s_schema)
            && !spec.Properties.Any(p => p.Kind == PropertyKind.File && members.ContainsKey(p.Member))
        )
        {
            var read = StoreDeclarations.Read(declaration.ToJsonString(), new() { OwnSubtypes = s_own });
            if (read.IsValid != (faults.Count == 0))
            {
                return $"{declaration.ToJsonString()}\nschema: {string.Join("; ", faults)}\nreader: {string.Join("; ", read.Faults)}";
            }
        }

        return isRight == (faults.Count == 0)
            ? null
            : $"{declaration.ToJsonString()}\nschema: {string.Join("; ", faults)}\nvalidator: {string.Join("; ", expected)}";
    }
}
