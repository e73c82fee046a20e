using System.Globalization;

namespace DeltaStream.Benchmarks.Wait;

/// <summary>What one way to wait for many stores took.</summary>
/// <param name="Way">What waits.</param>
/// <param name="First">The queries until the first interval was over.</param>
/// <param name="Later">The queries after it.</param>
/// <param name="Intervals">The intervals that were over.</param>
/// <param name="Seconds">Until the last store was seen as ready.</param>
/// <param name="Cpu">The processor time in seconds, the emulator's included.</param>
/// <param name="BytesPerWait">What is alive for each wait while all wait.</param>
internal sealed record WaitResult(
    string Way,
    int First,
    int Later,
    int Intervals,
    double Seconds,
    double Cpu,
    double BytesPerWait
)
{
    public double PerInterval => (double)Later / Intervals;

    /// <summary>Writes results as a table in Markdown.</summary>
    public static string Format(IEnumerable<WaitResult> results) =>
        string.Join(
            Environment.NewLine,
            results
                .Select(r =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"| {r.Way, -27} | {r.First, 13:N0} | {r.PerInterval, 14:N0} | {r.Seconds, 6:0.0} s | {r.Cpu, 6:0.0} s | {r.BytesPerWait, 9:0} B |"
                    )
                )
                .Prepend(
                    "|---------------------------- |--------------:|---------------:|---------:|---------:|------------:|"
                )
                .Prepend(
                    "| Method                      | First queries | Per interval   | Time     | CPU      | Live/wait   |"
                )
        );
}
