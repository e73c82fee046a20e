using DeltaStream.Benchmarks.Targets;
using static DeltaStream.Benchmarks.Targets.Target;

namespace DeltaStream.Benchmarks.Read;

/// <summary>What is promised of large results.</summary>
internal static class ReadTargets
{
    private const double MostOfTokenizer = 2.0;

    private const double MostOfTokenizerWithoutGetters = 1.2;

    private const double MostOfNpgsql = 0.6;

    private const double MostTimesTheFewerRows = 1.1;

    // The customer's name, which the program asks for: 22 bytes and 2 for each of about 22 letters, in 9 of 10 rows. And what a
    // request for a partition takes.
    private const int MostBytesOfRow = 68;

    public static IEnumerable<Target> Judge(IReadOnlyList<ReadResult> results)
    {
        ReadResult Of(string way) => results.Single(r => r.Way == way);
        var (tokenizer, none, five) = (results[1], results[2], results[3]);
        var whole = Of("JsonSerializer, the whole");
        yield return Ratio("five getters", five, tokenizer, MostOfTokenizer);
        yield return Ratio("no getter", none, tokenizer, MostOfTokenizerWithoutGetters);
        yield return results.FirstOrDefault(r => r.Way.StartsWith("Npgsql", StringComparison.Ordinal)) is { } npgsql
            ? Ratio("five getters", five, npgsql, MostOfNpgsql)
            : new Target(
                "Read 1,000,000 rows, five getters",
                "not measured beside Npgsql: no PostgreSQL here",
                Invariant($"at most {MostOfNpgsql:0.0}x"),
                null
            );
        yield return new Target(
            "Read 1,000,000 rows, allocations",
            Invariant($"{five.Allocated:0} B a row ({whole.Way}: {whole.Allocated:0} B)"),
            Invariant($"at most {MostBytesOfRow} B, of which 65 are the texts"),
            five.Allocated <= MostBytesOfRow
        );
        yield return new Target(
            "Read 1,000,000 rows, live heap",
            Invariant(
                $"{(double)five.LiveHeap / five.LiveHeapOfFew:0.00}x that of 100,000 ({five.LiveHeap / 1e6:0.0} MB; {whole.Way}: {whole.LiveHeap / 1e6:0} MB)"
            ),
            Invariant($"at most {MostTimesTheFewerRows:0.0}x"),
            five.LiveHeap <= MostTimesTheFewerRows * five.LiveHeapOfFew
        );
    }

    private static Target Ratio(string what, ReadResult reader, ReadResult other, double most) =>
        new(
            $"Read 1,000,000 rows, {what}",
            Invariant(
                $"{reader.Nanoseconds / other.Nanoseconds:0.00}x {other.Way} ({reader.Nanoseconds:0} ns a row, {other.Nanoseconds:0})"
            ),
            Invariant($"at most {most:0.0}x"),
            reader.Nanoseconds <= most * other.Nanoseconds
        );
}
