using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using DeltaStream.Sdk.Generator.Tests.Analysis;
using DeltaStream.Sdk.Generator.Tests.Running;
using DeltaStream.WriteDocs.Schemas;
using RequirementAttribute = DeltaStream.TestSupport.RequirementAttribute;

namespace DeltaStream.Sdk.Generator.Tests.Schemas;

/// <summary>
/// What is secret, required and mutable is the same wherever it is said: in the specs' JSON, in the SDK's own types, in the
/// Pulumi schema and in the JSON Schema. Each list is made without the others' code.
/// </summary>
public sealed class SecretAgreementTests
{
    private static readonly JsonNode s_pulumi = JsonNode.Parse(
        PulumiSchema.Of([.. Repository.All().Select(DeclarationText.Read)])
    )!;

    private static readonly JsonNode s_store = JsonNode.Parse(
        DeclarationSchema.Of([.. Repository.All().Select(DeclarationText.Read)])
    )!;

    [Fact]
    [Requirement("FR-007")]
    public void Secrets_agree()
    {
        var specs = OfSpecs((_, _, p) => (bool?)p["secret"] == true);

        Assert.NotEmpty(specs);
        Assert.Contains("kafka.saslPassword", specs);
        Assert.Equal(specs, OfTypes(IsSecret));
        Assert.Equal(specs, OfPulumi((_, _, p) => (bool?)p["secret"] == true));
        Assert.Equal(specs, OfStore((_, _, p) => (bool?)p["writeOnly"] == true));
    }

    [Fact]
    public void What_is_required_agrees()
    {
        var specs = OfSpecs((_, _, p) => (bool?)p["required"] == true);

        Assert.NotEmpty(specs);
        Assert.Equal(specs, OfTypes((_, member) => member.IsDefined(typeof(RequiredMemberAttribute), inherit: false)));
        Assert.Equal(specs, OfPulumi(IsRequired));
        Assert.Equal(specs, OfStore(IsRequired));
    }

    [Fact]
    public void What_is_mutable_agrees()
    {
        var specs = OfSpecs((_, _, p) => (bool?)p["mutable"] == true);

        Assert.NotEmpty(specs);
        Assert.Equal(specs, OfTypes((p, _) => p.Mutable));
        Assert.Equal(specs, OfPulumi((_, _, p) => (bool?)p["willReplaceOnChanges"] != true));
    }

    // By its type; a file has one type, so of a file the definition says it.
    private static bool IsSecret(StoreProperty property, PropertyInfo member)
    {
        var type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
        Assert.True(type == typeof(StoreFile) || property.Secret == (type == typeof(Secret)), member.Name);
        return type == typeof(Secret) || (type == typeof(StoreFile) && property.Secret);
    }

    private static string[] OfSpecs(Where where) =>
        Sorted(
            Repository
                .All()
                .Select(f => JsonNode.Parse(f.GetText()!.ToString())!)
                .SelectMany(s => Named((string)s["subtype"]!, s, where))
        );

    private static string[] OfTypes(Func<StoreProperty, PropertyInfo, bool> where)
    {
        var types = typeof(StoreArgs).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(StoreArgs))).ToArray();
        Assert.Equal(StoreSubtypes.All.Length, types.Length);
        return Sorted(
            StoreSubtypes.All.SelectMany(s =>
            {
                var type = types.Single(t => t.Name == $"{Pascal(s.Name)}StoreArgs");
                return s
                    .Properties.Where(p => p.Name != "description" && where(p, type.GetProperty(Pascal(p.Name))!))
                    .Select(p => $"{s.Name}.{p.Name}");
            })
        );
    }

    private static string[] OfPulumi(Where where) =>
        Sorted(
            s_pulumi["resources"]!["deltastream:index:Store"]!["inputProperties"]!
                .AsObject()
                .Where(i => i.Value!["$ref"] is not null)
                .SelectMany(i =>
                {
                    var token = ((string)i.Value!["$ref"]!)["#/types/".Length..];
                    return Named(SubtypeOf(i.Key), s_pulumi["types"]![token]!, where);
                })
        );

    private static string[] OfStore(Where where) =>
        Sorted(
            s_store["$defs"]!
                .AsObject()
                .Where(d =>
                    d.Value!["properties"] is not null && d.Key is not (References.Name or DeclarationSchema.Store)
                )
                .SelectMany(d => Named(SubtypeOf(d.Key), d.Value!, where))
        );

    private static bool IsRequired(JsonNode owner, string name, JsonNode property) =>
        owner["required"]?.AsArray().Any(r => (string?)r == name) == true;

    // The description stands beside the subtype in a declaration, and in it in a spec.
    private static IEnumerable<string> Named(string subtype, JsonNode owner, Where where) =>
        owner["properties"]!
            .AsObject()
            .Where(p => p.Key != "description" && where(owner, p.Key, p.Value!))
            .Select(p => $"{subtype}.{p.Key}");

    private static string SubtypeOf(string member) =>
        Repository.Subtypes.Single(s => string.Equals(Pascal(s), member, StringComparison.OrdinalIgnoreCase));

    private static string Pascal(string name) =>
        string.Concat(name.Split('-').Select(p => char.ToUpperInvariant(p[0]) + p[1..]));

    private static string[] Sorted(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal)];

    /// <summary>Whether a property of an object that lists what is required is what is asked for.</summary>
    private delegate bool Where(JsonNode owner, string name, JsonNode property);
}
