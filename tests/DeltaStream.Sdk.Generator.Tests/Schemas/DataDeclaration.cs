using System.Text;
using System.Text.Json.Nodes;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Tests.Schemas;

/// <summary>The members of a declaration in C#, as data.</summary>
internal static class DataDeclaration
{
    public const string Path = "file.pem";

    public static JsonObject Of(StoreSpec spec, IEnumerable<KeyValuePair<string, object>> members)
    {
        var inside = new JsonObject();
        var whole = new JsonObject();
        foreach (var (member, value) in members)
        {
            var property = spec.Properties.FirstOrDefault(p => p.Member == member);
            var name = property?.Name ?? char.ToLowerInvariant(member[0]) + member[1..];
            (property is null or { Inherited: true } ? whole : inside)[name] = Value(property, value);
        }

        whole[Member(spec)] = inside;
        return whole;
    }

    /// <summary>The subtype's member of a declaration: icebergRest of iceberg-rest.</summary>
    public static string Member(StoreSpec spec) =>
        string.Concat(
            spec.Subtype.Split('-').Select((part, i) => i == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..])
        );

    private static JsonNode Value(PropertySpec? property, object value) =>
        (property?.Kind, value) switch
        {
            (PropertyKind.Enum, string member) => property!.Values.Single(v => v.Member == member).Token,
            (PropertyKind.File, string content) when property!.Secret => Convert.ToBase64String(
                Encoding.UTF8.GetBytes(content)
            ),
            (PropertyKind.File, string content) => content.Length == 0 ? "" : Path,
            (_, string text) => text,
            (_, bool flag) => flag,
            (_, long number) => number,
            (_, int number) => number,
            _ => throw new ArgumentException($"{value} is of no kind that a spec knows."),
        };
}
