using System.Globalization;

namespace DeltaStream.Benchmarks.Apply;

/// <summary>What it took to bring many stores to their declared state.</summary>
/// <param name="Case">What there was to do.</param>
/// <param name="Client">By the client of the SDK.</param>
/// <param name="Hand">By hand.</param>
internal sealed record ApplyResult(string Case, ApplyCost Client, ApplyCost Hand)
{
    /// <summary>Writes results as a table in Markdown.</summary>
    public static string Format(IEnumerable<ApplyResult> results) =>
        string.Join(
            Environment.NewLine,
            [
                "| Apply                       | Requests | CPU       | Time      | Allocated |",
                "|---------------------------- |---------:|----------:|----------:|----------:|",
                .. results.SelectMany(r =>
                    (string[])[Line($"{r.Case}, StoreClient", r.Client), Line($"{r.Case}, by hand", r.Hand)]
                ),
            ]
        );

    private static string Line(string way, ApplyCost cost) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {way, -27} | {cost.Requests, 8:N0} | {cost.Cpu.TotalMilliseconds, 6:N0} ms | {cost.Elapsed.TotalMilliseconds, 6:N0} ms | {cost.Bytes / 1e6, 6:N1} MB |"
        );
}

/// <summary>What one apply took, with the emulator's part of it.</summary>
/// <param name="Requests">The requests that the emulator got.</param>
/// <param name="Cpu">The processor time.</param>
/// <param name="Elapsed">The time.</param>
/// <param name="Bytes">The bytes allocated.</param>
internal sealed record ApplyCost(int Requests, TimeSpan Cpu, TimeSpan Elapsed, long Bytes);
