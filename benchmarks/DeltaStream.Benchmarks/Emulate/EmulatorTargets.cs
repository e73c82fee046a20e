using DeltaStream.Benchmarks.Targets;
using static DeltaStream.Benchmarks.Targets.Target;

namespace DeltaStream.Benchmarks.Emulate;

/// <summary>What the emulator may take, so that tests with many stores wait for the service that it stands for and not for it.</summary>
internal static class EmulatorTargets
{
    private const double MostMillisecondsOfLookUp = 5;

    // A client polls at once and after 5 seconds: no create with a delay ends sooner.
    private const double MostSecondsOfCreates = 10;

    public static IEnumerable<Target> Judge(EmulatorResult result) =>
        [
            new Target("raw", result.ToString(), null, true),
            new Target(
                Invariant($"Emulator, get 1 of {EmulatorBenchmark.Stores} stores"),
                Invariant($"{result.LookUp:0.00} ms"),
                Invariant($"at most {MostMillisecondsOfLookUp:0} ms"),
                result.LookUp <= MostMillisecondsOfLookUp
            ),
            new Target(
                Invariant(
                    $"Emulator, {EmulatorBenchmark.Creates} creates at once, ready after {EmulatorBenchmark.ProvisionDelay.TotalSeconds:0} s"
                ),
                Invariant($"{result.Creates:0.0} s"),
                Invariant($"at most {MostSecondsOfCreates:0} s"),
                result.Creates <= MostSecondsOfCreates
            ),
        ];
}
