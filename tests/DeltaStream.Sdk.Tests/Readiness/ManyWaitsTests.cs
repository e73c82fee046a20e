using System.Collections.Concurrent;
using System.Data;
using System.Text.RegularExpressions;
using DeltaStream.Sdk.Tests.Scripted;
using DeltaStream.TestSupport;

namespace DeltaStream.Sdk.Tests.Readiness;

/// <summary>NFR-003 for many: all waits of a client share their queries.</summary>
public sealed class ManyWaitsTests
{
    private const int Many = 2_500;

    private readonly DrivenClock _clock = new();
    private readonly ConcurrentQueue<(double At, IReadOnlyList<string> Names)> _queries = new();
    private Func<DateTimeOffset> _now;
    private DateTimeOffset _start;

    public ManyWaitsTests() => (_now, _start) = (_clock.GetUtcNow, _clock.GetUtcNow());

    [Requirement("NFR-003")]
    [Fact]
    public async Task Stores_that_are_due_together_share_a_query_of_up_to_a_thousand_names()
    {
        // A clock that moves by itself would jump while some of the waits are still on their way.
        var clock = new StepClock();
        _now = clock.GetUtcNow;
        _start = clock.GetUtcNow();
        var seen = new Recorder { Most = 3 * Many };
        var source = ScriptedDataSource.Responding(sql => Rows(sql, _ => Second() < 10 ? "provisioning" : "ready"));
        var client = new StoreClient(source, new StoreClientOptions { TimeProvider = clock });

        var waits = Task.WhenAll(
            Enumerable.Range(0, Many).Select(i => client.WaitUntilReadyAsync($"store {i}", progress: seen))
        );
        for (var round = 1; round < 3; round++)
        {
            await seen.SeenAsync(round * Many);
            await clock.AsleepAsync(1);
            clock.Advance(StepClock.Step);
        }

        var stores = await waits;

        Assert.Equal(Many, stores.Select(s => s.Name).Distinct().Count());
        Assert.All(_queries, q => Assert.InRange(q.Names.Count, 1, 1_000));
        // At most 20 queries at the start, and 6 an interval: 3 would do when all were due in one quarter second.
        Assert.InRange(_queries.Count, 6, 20 + (6 * (int)(Second() / 5)));
        var polls = _queries.SelectMany(q => q.Names.Select(name => (name, q.At))).ToLookup(p => p.name, p => p.At);
        Assert.All(polls, times => Assert.All(times.Zip(times.Skip(1)), t => Assert.True(t.Second - t.First > 4.99)));
    }

    [Fact]
    public async Task An_errored_store_ends_its_own_wait_only_and_a_cancelled_one_disturbs_none()
    {
        var source = ScriptedDataSource.Responding(sql =>
            Rows(
                sql,
                name =>
                    Second() < 5 ? "provisioning"
                    : name.EndsWith('0') ? "errored"
                    : "ready"
            )
        );
        var client = new StoreClient(source, new StoreClientOptions { TimeProvider = _clock });
        using var cancellation = new CancellationTokenSource();
        var first = new Recorder { Most = 10 };
        var waits = Enumerable.Range(1, 20).Select(i => client.WaitUntilReadyAsync($"store {i}")).ToList();
        var cancelled = client.WaitUntilReadyAsync("store 99", null, first, cancellation.Token);
        await first.SeenAsync(1);
        await cancellation.CancelAsync();

        await _clock.RunAsync(Task.WhenAll(waits.Select(w => w.ContinueWith(_ => 0, TaskScheduler.Default))));

        Assert.Equal(2, waits.Count(w => w.Exception?.InnerException is StoreErroredException));
        Assert.Equal(18, waits.Count(w => w.IsCompletedSuccessfully && w.Result.IsReady));
        await Assert.ThrowsAsync<StoreOperationCanceledException>(() => cancelled);
    }

    [Fact]
    public async Task A_failed_query_is_everybodys_failed_poll_and_nobodys_end()
    {
        var source = ScriptedDataSource.Responding(sql =>
            Second() < 5 ? throw new ScriptedException("connection reset", isTransient: true) : Rows(sql, _ => "ready")
        );
        var client = new StoreClient(source, new StoreClientOptions { TimeProvider = _clock });

        var stores = await _clock.RunAsync(
            Task.WhenAll(Enumerable.Range(0, 50).Select(i => client.WaitUntilReadyAsync($"store {i}")))
        );

        Assert.All(stores, s => Assert.True(s.IsReady));
    }

    [Fact]
    public async Task A_row_that_can_not_be_read_ends_its_own_wait_only()
    {
        var source = ScriptedDataSource.Responding(sql =>
        {
            var rows = Rows(sql, _ => "ready");
            foreach (DataRow row in rows.Rows)
            {
                row["owner"] = (string)row["name"] == "store 7" ? DBNull.Value : row["owner"];
            }

            return rows;
        });
        var client = new StoreClient(source, new StoreClientOptions { TimeProvider = _clock });
        var waits = Enumerable.Range(0, 50).Select(i => client.WaitUntilReadyAsync($"store {i}")).ToList();

        await _clock.RunAsync(Task.WhenAll(waits.Select(w => w.ContinueWith(_ => 0, TaskScheduler.Default))));

        var failed = Assert.Single(waits, w => !w.IsCompletedSuccessfully);
        Assert.Contains(
            "owner",
            Assert.IsType<StoreBackendException>(failed.Exception!.InnerException).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(49, waits.Count(w => w.IsCompletedSuccessfully && w.Result.IsReady));
    }

    [Theory]
    [InlineData("54000")]
    [InlineData("54001")]
    public async Task A_query_that_fails_for_its_size_is_halved(string sqlState)
    {
        var source = ScriptedDataSource.Responding(sql =>
        {
            var rows = Rows(sql, _ => "ready");
            return rows.Rows.Count > 100 ? throw new ScriptedException("too many names", sqlState) : rows;
        });
        var client = new StoreClient(source, new StoreClientOptions { TimeProvider = _clock });

        var stores = await _clock.RunAsync(
            Task.WhenAll(Enumerable.Range(0, 400).Select(i => client.WaitUntilReadyAsync($"store {i}")))
        );

        Assert.Equal(400, stores.Select(s => s.Name).Distinct().Count());
    }

    private double Second() => (_now() - _start).TotalSeconds;

    private DataTable Rows(string sql, Func<string, string> state)
    {
        var where = sql[sql.IndexOf("WHERE", StringComparison.Ordinal)..];
        List<string> names = [.. Regex.Matches(where, "'([^']*)'").Select(m => m.Groups[1].Value)];
        _queries.Enqueue((Second(), names));
        var table = Responses.None();
        foreach (var name in names)
        {
            table.ImportRow(Responses.Store(state(name), name: name).Rows[0]);
        }

        return table;
    }
}
