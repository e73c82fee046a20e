using System.Diagnostics;
using DeltaStream.Benchmarks.Targets;

namespace DeltaStream.Benchmarks.Emulate;

/// <summary>Measures ways in turn, so that what else happens on the machine meets them all, and gives each one's median.</summary>
internal static class Rounds
{
    /// <summary>How long each way takes, in milliseconds.</summary>
    public static async Task<double[]> MillisecondsAsync(int rounds, params Func<Task>[] ways)
    {
        foreach (var way in ways)
        {
            await way();
        }

        return await MediansAsync(
            rounds,
            [
                .. ways.Select(way =>
                    (Func<Task<double>>)(
                        async () =>
                        {
                            GC.Collect();
                            var start = Stopwatch.GetTimestamp();
                            await way();
                            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                        }
                    )
                ),
            ]
        );
    }

    public static async Task<double[]> MediansAsync(int rounds, params Func<Task<double>>[] ways)
    {
        var results = ways.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < ways.Length; i++)
            {
                results[i].Add(await ways[i]());
            }
        }

        return [.. results.Select(Median.Of)];
    }
}
