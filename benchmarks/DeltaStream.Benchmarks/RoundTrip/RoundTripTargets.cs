using DeltaStream.Benchmarks.Targets;
using static DeltaStream.Benchmarks.Targets.Target;

namespace DeltaStream.Benchmarks.RoundTrip;

/// <summary>What the client may add to the bare call.</summary>
internal static class RoundTripTargets
{
    private const double MostTimesTheBareCall = 1.05;
    private const int MostBytesMore = 3_000;

    public static IEnumerable<Target> Judge(IReadOnlyList<RoundTripResult> results) =>
        results.SelectMany(r =>
            (Target[])
                [
                    new(
                        $"Get a store over {r.Protocol}, time",
                        Invariant(
                            $"{r.Ratio:0.00}x {r.Bare.Way} ({r.Client.Microseconds:0} us, {r.Bare.Microseconds:0} us)"
                        ),
                        Invariant($"at most {MostTimesTheBareCall:0.00}x"),
                        r.Ratio <= MostTimesTheBareCall
                    ),
                    new(
                        $"Get a store over {r.Protocol}, allocations",
                        Invariant($"{r.MoreBytes / 1e3:0.0} kB more than {r.Bare.Way}"),
                        Invariant($"at most {MostBytesMore / 1e3:0} kB more"),
                        r.MoreBytes <= MostBytesMore
                    ),
                ]
        );
}
