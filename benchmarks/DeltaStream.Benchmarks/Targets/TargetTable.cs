namespace DeltaStream.Benchmarks.Targets;

/// <summary>The targets, printed side by side with the results.</summary>
internal static class TargetTable
{
    /// <summary>Writes the targets as a table in Markdown.</summary>
    public static string Format(IReadOnlyList<Target> targets)
    {
        string[][] rows =
        [
            ["benchmark", "result", "target", "holds"],
            .. targets.Select(t => (string[])[t.Benchmark, t.Result, t.Goal ?? "-", Verdict(t)]),
        ];
        var widths = Enumerable.Range(0, rows[0].Length).Select(i => rows.Max(r => r[i].Length)).ToArray();
        var lines = rows.Select(r => Line(r.Select((cell, i) => cell.PadRight(widths[i])))).ToList();
        lines.Insert(1, Line(widths.Select(w => new string('-', w))));
        return string.Join(Environment.NewLine, lines);
    }

    private static string Verdict(Target target) =>
        target.Goal is null ? "-"
        : target.Holds is not { } holds ? "not measured"
        : holds ? "yes"
        : "NO";

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
}
