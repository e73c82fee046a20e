using System.Data;
using DeltaStream.Sdk.Tests.Scripted;
using DeltaStream.TestSupport;

namespace DeltaStream.Sdk.Tests.Readiness;

/// <summary>Watching stores: states as they change, for who draws.</summary>
public sealed class WatchTests
{
    private readonly DrivenClock _clock = new();
    private readonly DateTimeOffset _start;
    private int _queries;

    public WatchTests() => _start = _clock.GetUtcNow();

    private double Second => (_clock.GetUtcNow() - _start).TotalSeconds;

    [Fact]
    public async Task Each_state_is_told_once_from_the_first_to_the_end_of_the_store()
    {
        var client = ClientOf(_ =>
            Second < 10 ? Responses.Store("provisioning")
            : Second < 20 ? Responses.Store("ready")
            : Responses.None()
        );

        var changes = await TakeAsync(client, 3, "orders");

        Assert.Equal(["provisioning", "ready", null], changes.Select(c => c.State));
        Assert.Equal([1, 3, 5], changes.Select(c => c.Polls));
        Assert.Equal([0, 10, 20], changes.Select(c => (int)c.Elapsed.TotalSeconds));
    }

    [Fact]
    public async Task A_status_message_and_another_store_of_the_name_are_changes_and_an_update_is_none()
    {
        var client = ClientOf(_ =>
        {
            var row = Responses.Store("ready", Second < 10 ? null : "slow");
            row.Rows[0]["updated_at"] = Responses.CreatedAt.AddSeconds(Second);
            row.Rows[0]["created_at"] = Responses.CreatedAt.AddSeconds(Second < 20 ? 0 : 1);
            return row;
        });

        var changes = await TakeAsync(client, 3, "orders");

        Assert.Equal([null, "slow", "slow"], changes.Select(c => c.StatusMessage));
        Assert.Equal([0, 10, 20], changes.Select(c => (int)c.Elapsed.TotalSeconds));
    }

    [Fact]
    public async Task Many_stores_are_told_apart_and_a_name_given_twice_counts_once()
    {
        var client = ClientOf(sql =>
        {
            var table = Responses.None();
            foreach (var name in new[] { "a", "b", "c" }.Where(n => sql.Contains($"'{n}'", StringComparison.Ordinal)))
            {
                table.ImportRow(Responses.Store(Second < 5 ? "provisioning" : "ready", name: name).Rows[0]);
            }

            return table;
        });

        var changes = await TakeAsync(client, 7, "a", "b", "c", "missing", "a");

        Assert.Equal(
            ["a: provisioning, ready", "b: provisioning, ready", "c: provisioning, ready", "missing: "],
            changes
                .GroupBy(c => c.StoreName, c => c.State, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => $"{g.Key}: {string.Join(", ", g)}")
        );
    }

    [Fact]
    public async Task A_poll_that_fails_for_a_moment_ends_nothing_and_tells_nothing()
    {
        var client = ClientOf(_ =>
            Second is > 2 and < 12
                ? throw new ScriptedException("connection reset", isTransient: true)
                : Responses.Store(Second < 12 ? "provisioning" : "ready")
        );

        var changes = await TakeAsync(client, 2, "orders");

        Assert.Equal(["provisioning", "ready"], changes.Select(c => c.State));
    }

    [Fact]
    public async Task A_catalog_that_can_not_be_read_ends_it()
    {
        var client = ClientOf(_ => throw new ScriptedException("permission denied", "42501"));

        var exception = await Assert.ThrowsAsync<StoreBackendException>(() => TakeAsync(client, 1, "a", "b"));

        Assert.Contains("permission denied", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_names_it_ends_and_a_name_that_no_store_can_have_is_refused()
    {
        var client = ClientOf(_ => Responses.None());

        Assert.Empty(await TakeAsync(client, 1));
        await Assert.ThrowsAsync<StoreValidationException>(() => TakeAsync(client, 1, "a\0b"));
        Assert.Equal(0, _queries);
    }

    [Fact]
    public async Task Cancellation_ends_it_and_who_breaks_off_leaves_no_poll_behind()
    {
        var client = ClientOf(_ => Responses.Store("provisioning"));
        using var cancellation = new CancellationTokenSource();

        await TakeAsync(client, 1, "orders");
        var polled = _queries;
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(polled, _queries);

        var watched = client.WatchAsync(["orders"], cancellationToken: cancellation.Token).GetAsyncEnumerator();
        await using var watching = watched;
        Assert.True(await watched.MoveNextAsync());
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<StoreOperationCanceledException>(async () => await watched.MoveNextAsync());
    }

    private StoreClient ClientOf(Func<string, DataTable> respond) =>
        new(
            ScriptedDataSource.Responding(sql =>
            {
                Interlocked.Increment(ref _queries);
                return respond(sql);
            }),
            new StoreClientOptions { TimeProvider = _clock }
        );

    private Task<List<StoreReadiness>> TakeAsync(StoreClient client, int count, params string[] names) =>
        _clock.RunAsync(client.WatchAsync(names).Take(count).ToListAsync().AsTask());
}
