using DeltaStream.Benchmarks.Start;
using DeltaStream.Benchmarks.Targets;
using static DeltaStream.Benchmarks.Targets.Target;

namespace DeltaStream.Benchmarks.Plugin;

/// <summary>How soon the plugin is there. The target is for the program that was compiled ahead of time.</summary>
internal static class PluginTargets
{
    private const double MostMilliseconds = 500;

    public static IEnumerable<Target> Judge(PluginResult result) =>
        [
            new Target(
                "Pulumi plugin, its port is there",
                Invariant($"{result.Milliseconds:0} ms, {Programs.Plugin.Kind}"),
                Invariant($"at most {MostMilliseconds:0} ms, native"),
                Programs.Plugin.IsNative ? result.Milliseconds <= MostMilliseconds : null
            ),
        ];
}
