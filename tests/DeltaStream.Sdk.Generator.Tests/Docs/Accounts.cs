using System.Text.Json;
using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Docs;

/// <summary>The accounts beside a spec, as the file has them.</summary>
internal static class Accounts
{
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
