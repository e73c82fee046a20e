using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.Sdk.Generator.Tests.Analysis;
using DeltaStream.Sdk.Generator.Tests.Running;
using DeltaStream.WriteDocs.Schemas;
using RequirementAttribute = DeltaStream.TestSupport.RequirementAttribute;

namespace DeltaStream.Sdk.Generator.Tests.Schemas;

/// <summary>The Pulumi package schema says what the specs say, in Pulumi's language.</summary>
public sealed class PulumiSchemaTests
{
    private const string Store = "deltastream:index:Store";

    private static readonly StoreSpec[] s_specs = [.. Repository.All().Select(DeclarationText.Read)];

    private static readonly JsonNode s_schema = JsonNode.Parse(PulumiSchema.Of(s_specs))!;

    public static TheoryData<string> Subtypes => [.. Repository.Subtypes];

    [Fact]
    [Requirement("NFR-006")]
    public void The_outputs_are_the_same_for_every_subtype_and_always_there()
    {
        string[] outputs = ["name", "type", "state", "owner", "createdAt", "updatedAt"];
        var resource = s_schema["resources"]!.AsObject().Single();

        Assert.Equal(Store, resource.Key);
        // The rest repeats what was declared.
        var declared = NamesOf(resource.Value!["inputProperties"]);
        Assert.Equal([.. outputs, .. declared.Except(outputs)], NamesOf(resource.Value["properties"]));
        Assert.Equal(outputs, Texts(resource.Value["required"]));
        Assert.All(outputs, o => Assert.Equal("string", (string?)resource.Value["properties"]![o]!["type"]));
        Assert.Equal(outputs, NamesOf(s_schema["functions"]!["deltastream:index:getStore"]!["outputs"]!["properties"]));
        Assert.Equal(outputs, NamesOf(JsonNode.Parse(PulumiSchema.Of([]))!["resources"]![Store]!["properties"]));
    }

    [Fact]
    public void The_inputs_are_the_name_the_owner_the_description_and_one_object_per_subtype()
    {
        var inputs = s_schema["resources"]![Store]!["inputProperties"]!.AsObject();

        Assert.Equal(
            ["name", "owner", "description", .. s_specs.Select(DataDeclaration.Member)],
            inputs.Select(i => i.Key)
        );
        Assert.Equal(["name"], Texts(s_schema["resources"]![Store]!["requiredInputs"]));
        Assert.All(
            s_specs,
            s => Assert.Equal($"#/types/{TokenOf(s)}", (string?)inputs[DataDeclaration.Member(s)]!["$ref"])
        );
        Assert.True((bool?)inputs["name"]!["willReplaceOnChanges"]);
        Assert.True((bool?)inputs["owner"]!["willReplaceOnChanges"]);
    }

    [Fact]
    public void No_subtype_can_take_the_name_of_an_output_or_of_what_all_have()
    {
        var store = JsonNode.Parse(PulumiSchema.Of([]))!["resources"]![Store]!;
        var names = NamesOf(store["properties"]).Concat(NamesOf(store["inputProperties"])).Append("description");

        Assert.All(names, n => Assert.True(Names.IsReservedSubtype(n), n));
    }

    // The official provider's own inputs, of which its programs are made: an asterisk says required.
    [Theory]
    [InlineData(
        "kafka",
        "uris* saslHashFunction* saslUsername saslPassword mskIamRoleArn mskAwsRegion schemaRegistryName tlsDisabled tlsVerifyServerHostname tlsCaCertFile"
    )]
    [InlineData("postgres", "uris* username* password* tlsDisabled tlsVerifyServerHostname")]
    [InlineData("snowflake", "uris* accountId* roleName* username* warehouseName* cloudRegion* clientKey*")]
    public void Programs_for_the_official_provider_carry_over(string subtype, string inputs)
    {
        var spec = s_specs.Single(s => s.Subtype == subtype);
        var type = s_schema["types"]![$"deltastream:index:{char.ToUpperInvariant(subtype[0])}{subtype[1..]}Inputs"]!;
        var official = inputs.Split(' ');

        Assert.Equal(type, s_schema["types"]![TokenOf(spec)]);
        Assert.Empty(official.Select(n => n.TrimEnd('*')).Except(NamesOf(type["properties"])));
        Assert.Equal(
            official.Where(n => n.EndsWith('*')).Select(n => n.TrimEnd('*')).Order(StringComparer.Ordinal),
            Texts(type["required"]).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(Subtypes))]
    public void A_type_has_the_properties_of_its_spec(string subtype)
    {
        var spec = s_specs.Single(s => s.Subtype == subtype);
        var properties = s_schema["types"]![TokenOf(spec)]!["properties"]!.AsObject();

        Assert.Equal(spec.Properties.Where(p => !p.Inherited).Select(p => p.Name), NamesOf(properties));
        foreach (var property in spec.Properties.Where(p => !p.Inherited))
        {
            var input = properties[property.Name]!;
            Assert.Equal(!property.Mutable, (bool?)input["willReplaceOnChanges"] ?? false);
            Assert.StartsWith(property.Description, (string?)input["description"], StringComparison.Ordinal);
            var type = property.Kind switch
            {
                PropertyKind.Boolean => "boolean",
                PropertyKind.Integer => "integer",
                PropertyKind.Enum => null,
                _ => "string",
            };
            Assert.Equal(type, (string?)input["type"]);
            if (type is null)
            {
                var choice = input["oneOf"]!.AsArray();
                Assert.Equal("string", (string?)choice[0]!["type"]);
                var values = Resolve((string)choice[1]!["$ref"]!)["enum"]!.AsArray();
                Assert.Equal(property.Values.Select(v => v.Token), values.Select(v => (string?)v!["value"]));
                Assert.Equal(
                    property.Values.Select(v => v.Description),
                    values.Select(v => (string?)v!["description"])
                );
            }
        }
    }

    [Fact]
    public void The_settings_are_the_official_ones_and_a_connection()
    {
        string[] settings =
        [
            "server",
            "apiKey",
            "organization",
            "role",
            "sessionId",
            "insecureSkipVerify",
            "connection",
        ];

        Assert.Equal(settings, NamesOf(s_schema["config"]!["variables"]));
        Assert.Equal(settings, NamesOf(s_schema["provider"]!["inputProperties"]));
        Assert.Equal(
            ["apiKey", "connection"],
            settings.Where(s => (bool?)s_schema["config"]!["variables"]![s]!["secret"] == true)
        );
    }

    // That no default breaks a rule when it is sent is shown for all specs at random.
    [Fact]
    public void A_default_is_said_where_no_rule_asks_whether_the_property_is_set()
    {
        var kafka = s_schema["types"]!["deltastream:index:KafkaInputs"]!["properties"]!;

        Assert.False((bool?)kafka["tlsDisabled"]!["default"]);
        Assert.Null(kafka["tlsVerifyServerHostname"]!["default"]);
        Assert.Contains(
            "true when not set.",
            (string?)kafka["tlsVerifyServerHostname"]!["description"],
            StringComparison.Ordinal
        );
        Assert.Equal(
            443,
            (int?)s_schema["types"]!["deltastream:index:DatabricksInputs"]!["properties"]!["warehousePort"]!["default"]
        );
    }

    [Fact]
    public void What_is_on_its_way_out_says_so()
    {
        var text = DemoSpec
            .With(
                "\"description\": \"Who.\"",
                "\"description\": \"Who.\", \"deprecated\": { \"since\": \"1.2\", \"use\": \"group\" }"
            )
            .Replace(
                "\"description\": \"Both.\"",
                "\"description\": \"Both.\", \"deprecated\": { \"since\": \"1.3\" }",
                StringComparison.Ordinal
            );
        var types = JsonNode.Parse(PulumiSchema.Of([DeclarationText.Read(SpecFile.Of(DemoSpec.Subtype, text))]))![
            "types"
        ]!;

        Assert.Equal(
            "Deprecated since 1.2: use group instead.",
            (string?)types["deltastream:index:DemoInputs"]!["properties"]!["user"]!["deprecationMessage"]
        );
        Assert.Equal(
            "Deprecated since 1.3, and will be removed.",
            (string?)types["deltastream:index:DemoMode"]!["enum"]![2]!["deprecationMessage"]
        );
    }

    [Fact]
    public void Rules_are_in_the_words_with_the_values_that_one_writes()
    {
        var user = s_schema["types"]!["deltastream:index:KafkaInputs"]!["properties"]!["saslUsername"]!;

        Assert.Equal(
            "The SASL username. Secret. Required when saslHashFunction is PLAIN, SHA256 or SHA512: SASL authenticates with a username and a password. Must not be set when saslHashFunction is AWS_MSK_IAM: Amazon MSK authenticates with an IAM role in a region. Must not be set when saslHashFunction is NONE: Without authentication no credentials are sent.",
            (string?)user["description"]
        );
    }

    [Fact]
    public void Every_token_is_one_that_Pulumi_takes_and_every_reference_leads_somewhere()
    {
        var tokens = s_schema["types"]!
            .AsObject()
            .Concat(s_schema["resources"]!.AsObject())
            .Select(t => t.Key)
            .ToArray();

        Assert.All(
            tokens,
            t =>
                Assert.Matches(
                    new Regex("^deltastream:index:[A-Z][a-zA-Z0-9]*$", RegexOptions.None, TimeSpan.FromSeconds(1)),
                    t
                )
        );
        Assert.Equal(tokens.Length, tokens.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(References(s_schema), r => Assert.NotNull(Resolve(r)));
        Assert.Equal(s_schema["types"]!.AsObject().Count, References(s_schema).Distinct().Count());
    }

    private static string TokenOf(StoreSpec spec) => $"deltastream:index:{spec.Stem}Inputs";

    private static JsonNode Resolve(string reference) =>
        s_schema["types"]![reference["#/types/".Length..]] ?? throw new KeyNotFoundException(reference);

    private static IEnumerable<string> References(JsonNode? node) =>
        node switch
        {
            JsonObject json => json.SelectMany(m =>
                m is { Key: "$ref", Value: { } reference } ? [(string)reference!] : References(m.Value)
            ),
            JsonArray array => array.SelectMany(References),
            _ => [],
        };

    private static IEnumerable<string> NamesOf(JsonNode? json) => json!.AsObject().Select(m => m.Key);

    private static IEnumerable<string> Texts(JsonNode? array) => array!.AsArray().Select(t => (string)t!);
}
