using DeltaStream.Benchmarks.Targets;
using static DeltaStream.Benchmarks.Targets.Target;

namespace DeltaStream.Benchmarks.Emulate;

/// <summary>What the emulator may take, so that tests with many stores wait for the service that it stands for and not for it.</summary>
internal static class EmulatorTargets
{
    // So many tests can have an emulator each.
    private const double MostMillisecondsToAnswer = 50;
    private const double MostMillisecondsOfLookUp = 5;
    private const double LeastOfPlainRate = 0.15;
    private const double MostOfPlainRows = 2;
    private const double MostOfPlainCount = 0.25;
    private const double MostBytesOfConnection = 16 * 1024;

    // A client polls at once and after 5 seconds: no create with a delay ends sooner.
    private const double MostSecondsOfCreates = 10;

    public static IEnumerable<Target> Judge(EmulatorResult result)
    {
        var (starts, rates, rows, connections) = (result.Starts, result.Rates, result.Rows, result.Connections);
        return
        [
            new Target(
                "Emulator, first start to answer",
                Invariant($"REST {starts.ColdRest:0} ms, then PostgreSQL {starts.ColdPostgres:0} ms"),
                null,
                true
            ),
            new Target(
                "Emulator, later start to answer",
                Invariant(
                    $"REST {starts.Rest:0.0} ms, PostgreSQL {starts.Postgres:0.0} ms ({starts.Start:0.0} ms until it listens)"
                ),
                Invariant($"at most {MostMillisecondsToAnswer:0} ms"),
                Math.Max(starts.Rest, starts.Postgres) <= MostMillisecondsToAnswer
            ),
            Rate("REST", rates.Rest, rates.Plain),
            Rate("PostgreSQL", rates.Postgres, rates.Plain),
            Rows("SELECT over REST", rows.RestSelect, rows.Plain, MostOfPlainRows),
            Rows("SELECT over PostgreSQL", rows.PostgresSelect, rows.Plain, MostOfPlainRows),
            Rows("LIST over REST", rows.RestList, rows.Plain, MostOfPlainRows),
            Rows("LIST over PostgreSQL", rows.PostgresList, rows.Plain, MostOfPlainRows),
            Rows("count a state", rows.Count, rows.Plain, MostOfPlainCount),
            new Target(
                Invariant($"Emulator, {Connections.Count} open connections, memory"),
                Invariant($"{connections.Heap:0} B each (process: {connections.WorkingSet:0} B)"),
                Invariant($"at most {MostBytesOfConnection:0} B"),
                connections.Heap <= MostBytesOfConnection
            ),
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

    private static Target Rate(string protocol, Rate rate, Rate plain)
    {
        var (one, many) = (rate.One / plain.One, rate.Many / plain.Many);
        return new Target(
            $"Emulator, look-ups over {protocol}",
            Invariant(
                $"{rate.One:0}/s, {StatementRates.AtOnce} clients {rate.Many:0}/s: {one:0.00}x and {many:0.00}x ready bytes over HTTP ({plain.One:0}/s, {plain.Many:0}/s)"
            ),
            Invariant($"at least {LeastOfPlainRate:0.00}x"),
            Math.Min(one, many) >= LeastOfPlainRate
        );
    }

    private static Target Rows(string way, double milliseconds, double plain, double most) =>
        new(
            Invariant($"Emulator, {EmulatorBenchmark.Stores} stores, {way}"),
            Invariant($"{milliseconds / plain:0.00}x rows of SQLite as JSON ({milliseconds:0} ms, {plain:0} ms)"),
            Invariant($"at most {most:0.##}x"),
            milliseconds <= most * plain
        );
}
