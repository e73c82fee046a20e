using System.Globalization;
using DeltaStream.Benchmarks.Create;
using DeltaStream.Benchmarks.Validate;

namespace DeltaStream.Benchmarks.Targets;

/// <summary>The targets, computed from a run and printed side by side with it.</summary>
internal static class TargetTable
{
    private const double MostTimesTheFloor = 1.5;

    private const double MostOfFluentValidation = 0.1;

    /// <summary>Judges a run.</summary>
    public static IReadOnlyList<Target> Judge(Measurements run)
    {
        var create = typeof(CreateStatementBenchmarks);
        var floor = run.Nanoseconds(create, nameof(CreateStatementBenchmarks.Copy));
        var written = run.Nanoseconds(create, nameof(CreateStatementBenchmarks.Sdk));
        var stringBytes = run.Bytes(create, nameof(CreateStatementBenchmarks.Copy));
        var createBytes = run.Bytes(create, nameof(CreateStatementBenchmarks.Sdk));

        var validate = typeof(ValidateBenchmarks);
        var fluent = run.Nanoseconds(validate, nameof(ValidateBenchmarks.FluentValidation));
        var validated = run.Nanoseconds(validate, nameof(ValidateBenchmarks.Sdk));
        var validateBytes = run.Bytes(validate, nameof(ValidateBenchmarks.Sdk));

        return
        [
            new Target(
                "CREATE of 8 properties, time",
                Invariant($"{written / floor:0.00}x the floor ({written:0} ns, floor {floor:0} ns)"),
                Invariant($"at most {MostTimesTheFloor:0.0}x"),
                written <= MostTimesTheFloor * floor
            ),
            new Target(
                "CREATE of 8 properties, memory",
                Invariant($"{createBytes} B"),
                Invariant($"{stringBytes} B, the string alone"),
                createBytes == stringBytes
            ),
            new Target(
                "Validate a right record, time",
                Invariant($"{validated / fluent:0.000}x FluentValidation ({validated:0} ns, {fluent:0} ns)"),
                Invariant($"at most {MostOfFluentValidation:0.0}x"),
                validated <= MostOfFluentValidation * fluent
            ),
            new Target("Validate a right record, memory", Invariant($"{validateBytes} B"), "0 B", validateBytes == 0),
            .. GenerateTargets.Judge(run),
        ];
    }

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
        : target.Holds ? "yes"
        : "NO";

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
