using DeltaStream.Benchmarks.Targets;
using static DeltaStream.Benchmarks.Targets.Target;

namespace DeltaStream.Benchmarks.Start;

/// <summary>How soon a program has done its work, and how large it is. The target is for what was compiled ahead of time.</summary>
internal static class StartTargets
{
    private const double MostMilliseconds = 40;

    public static IEnumerable<Target> Judge(StartResult result) =>
        [
            new Target(
                "Start, a program that writes one statement",
                Invariant($"{result.Minimal:0} ms, the whole process, {Programs.Minimal.Kind}"),
                null,
                true
            ),
            new Target(
                "Start, the command validates 10 declarations",
                Invariant($"{result.Validate:0} ms, the whole process, {Programs.Command.Kind}"),
                Invariant($"at most {MostMilliseconds:0} ms, native"),
                Programs.Command.IsNative ? result.Validate <= MostMilliseconds : null
            ),
            new Target(
                "Size of the native programs",
                $"smallest: {Size(Programs.Minimal)}, command: {Size(Programs.Command)}, Pulumi plugin: {Size(Programs.Plugin)}",
                null,
                true
            ),
        ];

    private static string Size(BuiltProgram program) =>
        program.Bytes is { } bytes ? Invariant($"{bytes:N0} B") : "not measured";
}
