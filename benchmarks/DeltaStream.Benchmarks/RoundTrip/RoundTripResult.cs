using System.Globalization;

namespace DeltaStream.Benchmarks.RoundTrip;

/// <summary>What a get of one store took by the client and by hand.</summary>
/// <param name="Protocol">How it reached the service.</param>
/// <param name="Client">By the client of the SDK.</param>
/// <param name="Bare">By hand.</param>
internal sealed record RoundTripResult(string Protocol, GetCost Client, GetCost Bare)
{
    public double Ratio => Client.Microseconds / Bare.Microseconds;

    public double MoreBytes => Client.Bytes - Bare.Bytes;

    /// <summary>Writes results as a table in Markdown.</summary>
    public static string Format(IEnumerable<RoundTripResult> results) =>
        string.Join(
            Environment.NewLine,
            [
                "| Method                   | Time     | Allocated | Ratio | More     |",
                "|------------------------- |---------:|----------:|------:|---------:|",
                .. results.SelectMany(r =>
                    (string[])
                        [
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"| {r.Client.Way, -24} | {r.Client.Microseconds, 5:0} us | {r.Client.Bytes, 7:N0} B | {r.Ratio, 5:0.00} | {r.MoreBytes, 6:N0} B |"
                            ),
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"| {r.Bare.Way, -24} | {r.Bare.Microseconds, 5:0} us | {r.Bare.Bytes, 7:N0} B |       |          |"
                            ),
                        ]
                ),
            ]
        );
}

/// <summary>What a get of one store took.</summary>
/// <param name="Way">How it was got.</param>
/// <param name="Microseconds">The median time.</param>
/// <param name="Bytes">The bytes allocated for one, those of the emulator in the same process among them.</param>
internal sealed record GetCost(string Way, double Microseconds, double Bytes);
