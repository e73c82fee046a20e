using System.Reflection;
using DeltaStream.Sdk;
using DeltaStream.TestSupport;

namespace DeltaStream.Pulumi.Tests.Scenarios;

/// <summary>The table of all scenarios over both transports. Its rows are the tests themselves.</summary>
internal static class ScenarioTable
{
    private static readonly MethodInfo[] s_scenarios =
    [
        .. typeof(ScenarioTable)
            .Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(EngineTest)))
            .OrderBy(t => t.Name, StringComparer.Ordinal)
            .SelectMany(t => t.GetMethods())
            .Where(m => m.IsDefined(typeof(EngineTheoryAttribute)))
            .OrderBy(m => m.DeclaringType!.Name, StringComparer.Ordinal)
            .ThenBy(m => m.MetadataToken),
    ];

    private static readonly TableFile s_file = new(
        "scenario-table.txt",
        "The Pulumi provider: what a user does, with the provider's process and the emulator, over both transports",
        ["scenario", "subtype", "REST", "PostgreSQL"],
        [.. s_scenarios.SelectMany(Rows)]
    )
    {
        Unfilled = _ => EngineTheoryAttribute.IsInstalled ? "missing" : "not installed",
    };

    public static void Fill(string scenario, string transport, string text)
    {
        foreach (var row in Rows(s_scenarios.Single(s => s.Name == scenario)))
        {
            s_file.Fill(row, (transport, text));
        }
    }

    private static IEnumerable<string[]> Rows(MethodInfo scenario) =>
        scenario.IsDefined(typeof(BySubtypeAttribute))
            ? StoreSubtypes.All.Select(s => (string[])[Words(scenario.Name), s.Name])
            :
            [
                [Words(scenario.Name), ""],
            ];

    private static string Words(string name) => name.Replace('_', ' ');
}
