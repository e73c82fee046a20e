using System.Text.Json;
using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Docs;

/// <summary>The accounts beside a spec, as the file has them.</summary>
internal static class Accounts
{
    /// <summary>The first value that an account has of each property, by the name of the record's member.</summary>
    public static IReadOnlyDictionary<string, string> ByMember(string subtype)
    {
        using var spec = JsonDocument.Parse(Repository.Spec(subtype).GetText()!.ToString());
        var members = spec
            .RootElement.GetProperty("properties")
            .EnumerateObject()
            .ToDictionary(
                p => p.Value.GetProperty("key").GetString()!,
                p => char.ToUpperInvariant(p.Name[0]) + p.Name[1..]
            );
        return Of(subtype).SelectMany(a => a).DistinctBy(p => p.Key).ToDictionary(p => members[p.Key], p => p.Value);
    }

    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Of(string subtype)
    {
        using var json = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Repository.Root, "specs", $"{subtype}.accounts.json"))
        );
        return
        [
            .. json
                .RootElement.EnumerateArray()
                .Select(a =>
                    a.GetProperty("parameters").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ToString())
                ),
        ];
    }
}
