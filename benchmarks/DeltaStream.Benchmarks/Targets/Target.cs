using System.Globalization;

namespace DeltaStream.Benchmarks.Targets;

/// <summary>One line of the table: what was measured beside what it shall be.</summary>
/// <param name="Benchmark">What is measured.</param>
/// <param name="Result">What came out.</param>
/// <param name="Goal">What shall come out; null where nothing is promised.</param>
/// <param name="Holds">Whether it does; null when that was not measured.</param>
internal sealed record Target(string Benchmark, string Result, string? Goal, bool? Holds)
{
    /// <summary>A text with numbers that looks the same in every culture.</summary>
    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
