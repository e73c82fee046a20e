using System.Globalization;
using DeltaStream.Apply.Child;
using DeltaStream.TestSupport;

namespace DeltaStream.EndToEnd.Tests.Deaths;

/// <summary>At how many points processes were killed, and after how many of them the stores were not as declared.</summary>
internal static class DeathTable
{
    private const string AllPoints = "DELTASTREAM_TEST_ALL_DEATHS";

    // All of them take minutes, for each is a process.
    private static readonly int s_every = Environment.GetEnvironmentVariable(AllPoints) == "1" ? 1 : 12;

    private static readonly TableFile s_file = new(
        "death-table.txt",
        "A process is killed and started again: the points, and whether the stores are as declared then "
            + (s_every == 1 ? "(every point)" : Invariant($"(every {s_every}th point; {AllPoints}=1 runs all)")),
        ["scenario", "transport", "points", "runs", "deaths", "as declared"],
        [.. Rows.Select(r => (string[])[r.Scenario, r.Transport.ToString()])]
    );

    public static IEnumerable<(string Scenario, Transport Transport)> Rows =>
        Scenario.Names.SelectMany(_ => Enum.GetValues<Transport>(), (scenario, transport) => (scenario, transport));

    /// <summary>The points of a row that are run: all, or each so many, beginning at another one in each row.</summary>
    public static IEnumerable<DeathPoint> Chosen(string scenario, Transport transport, IReadOnlyList<DeathPoint> all) =>
        all.Skip(Rows.ToList().IndexOf((scenario, transport)) % s_every).Where((_, i) => i % s_every == 0);

    public static void Fill(string scenario, Transport transport, int points, int runs, int deaths, int wrong) =>
        s_file.Fill(
            [scenario, transport.ToString()],
            ("points", Invariant($"{points}")),
            ("runs", Invariant($"{runs}")),
            ("deaths", Invariant($"{deaths}")),
            ("as declared", wrong == 0 ? "all" : Invariant($"NOT {wrong}"))
        );

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
