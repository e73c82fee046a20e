using System.Data;
using DeltaStream.Sdk.Tests.Readiness;
using DeltaStream.Sdk.Tests.Scripted;
using DeltaStream.TestSupport;

namespace DeltaStream.Sdk.Tests.Client;

/// <summary>When nobody knows whether a statement was executed, the catalog decides, and the statement is never sent again.</summary>
public sealed class LostResponseTests
{
    private readonly DrivenClock _clock = new();

    [Theory]
    [InlineData(null)]
    [InlineData("08006")]
    [InlineData("57P01")]
    public async Task A_store_that_shows_up_is_the_one_created(string? sqlState)
    {
        var polls = 0;
        var source = Losing(() => ++polls < 3 ? Responses.None() : Responses.Store("ready"), sqlState);

        var store = await _clock.RunAsync(Client(source).CreateAsync(Declarations.Kafka));

        Assert.True(store.IsReady);
        Assert.Single(source.Statements, s => !Responses.IsPoll(s));
    }

    [Theory]
    [InlineData("kafka")]
    [InlineData("KAFKA")]
    [InlineData("Kafka")]
    public async Task The_catalogs_form_of_the_type_does_not_matter(string type) =>
        Assert.True(
            (
                await _clock.RunAsync(
                    Client(Losing(() => Responses.Store("ready", type: type))).CreateAsync(Declarations.Kafka)
                )
            ).IsReady
        );

    [Fact]
    public async Task A_store_of_another_type_is_a_conflict_whatever_its_state()
    {
        var exception = await Assert.ThrowsAsync<StoreConflictException>(() =>
            _clock.RunAsync(
                Client(Losing(() => Responses.Store("errored", type: "Snowflake"))).CreateAsync(Declarations.Kafka)
            )
        );

        Assert.Equal(
            "The response to the creation of store 'orders' was lost, and the store of that name is another one: type Snowflake, "
                + "owned by sysadmin, created 2026-01-02 03:04:05Z; the declaration says type kafka. Compare it with the "
                + "declaration before you use, update or delete it, or choose another name",
            exception.Message
        );
    }

    [Fact]
    public async Task A_clock_that_is_wrong_by_hours_changes_nothing()
    {
        _clock.Advance(TimeSpan.FromHours(2));

        var store = await _clock.RunAsync(
            Client(Losing(() => Responses.Store("ready"))).CreateAsync(Declarations.Kafka)
        );

        Assert.Equal(Responses.CreatedAt, store.CreatedAt);
    }

    [Fact]
    public async Task A_store_that_does_not_show_in_a_minute_was_not_created()
    {
        var recorder = new Recorder();

        var exception = await Assert.ThrowsAsync<StoreBackendException>(() =>
            _clock.RunAsync(Client(Losing(Responses.None)).CreateAsync(Declarations.Kafka, recorder))
        );

        Assert.Equal(
            "Could not create store 'orders': the connection broke. Check the connection's address. "
                + "It is not known whether the create was executed: check the store before you try again",
            exception.Message
        );
        Assert.Equal(TimeSpan.FromSeconds(60), recorder.Seen[^1].Elapsed);
    }

    [Theory]
    [InlineData("57015")]
    [InlineData("57014")]
    [InlineData("XX000")]
    [InlineData("40003")]
    [InlineData("99999")]
    public async Task After_an_error_that_proves_nothing_four_polls_look_for_the_store(string sqlState)
    {
        var recorder = new Recorder();
        var source = Losing(Responses.None, sqlState);

        var exception = await Assert.ThrowsAsync<StoreBackendException>(() =>
            _clock.RunAsync(Client(source).CreateAsync(Declarations.Kafka, recorder))
        );

        Assert.Equal((sqlState, StatementFate.Unknown), (exception.SqlState, exception.Statement));
        Assert.EndsWith(
            "It is not known whether the create was executed: check the store before you try again",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.Equal([0, 5, 10, 15], recorder.Seen.Select(s => s.Elapsed.TotalSeconds));
        Assert.All(recorder.Seen, s => Assert.Null(s.State));
    }

    [Fact]
    public async Task A_store_that_shows_at_the_fourth_poll_after_an_error_is_adopted()
    {
        var polls = 0;
        var source = Losing(() => ++polls < 4 ? Responses.None() : Responses.Store("ready"), "57015");

        Assert.True((await _clock.RunAsync(Client(source).CreateAsync(Declarations.Kafka))).IsReady);
    }

    [Fact]
    public async Task The_caller_can_stop_while_the_catalog_is_polled_for_the_effect()
    {
        using var stop = new CancellationTokenSource();
        var polls = 0;
        var source = Losing(
            () =>
            {
                if (++polls == 2)
                {
                    stop.Cancel();
                }

                return Responses.None();
            },
            "57015"
        );

        var exception = await Assert.ThrowsAsync<StoreOperationCanceledException>(() =>
            _clock.RunAsync(Client(source).CreateAsync(Declarations.Kafka, cancellationToken: stop.Token))
        );

        Assert.Equal(StatementFate.Unknown, exception.Statement);
        Assert.Equal(2, polls);
    }

    [Fact]
    public async Task Polls_that_fail_in_passing_are_repeated_and_then_it_is_the_lost_response_that_is_reported()
    {
        var polls = 0;
        var mended = Losing(() =>
            ++polls < 6 ? throw new ScriptedException("not back yet", isTransient: true) : Responses.Store("ready")
        );
        Assert.True((await _clock.RunAsync(Client(mended).CreateAsync(Declarations.Kafka))).IsReady);

        var broken = Losing(() => throw new ScriptedException("not back yet", isTransient: true));
        var exception = await Assert.ThrowsAsync<StoreBackendException>(() =>
            _clock.RunAsync(Client(broken).CreateAsync(Declarations.Kafka))
        );
        Assert.Equal("the connection broke", exception.BackendMessage);
        Assert.Equal(13, broken.Polls.Count);
    }

    [Fact]
    public async Task A_poll_that_is_refused_ends_with_the_lost_response()
    {
        var source = Losing(() => throw new ScriptedException("no privilege", "42501"));

        var exception = await Assert.ThrowsAsync<StoreBackendException>(() =>
            _clock.RunAsync(Client(source).CreateAsync(Declarations.Kafka))
        );

        Assert.Equal("the connection broke", exception.BackendMessage);
        Assert.Single(source.Polls);
    }

    [Fact]
    public async Task A_refusal_is_not_a_lost_response()
    {
        var source = ScriptedDataSource.Empty(sql =>
            Responses.IsPoll(sql) ? Responses.Store("ready") : throw new ScriptedException("limit reached", "53000")
        );

        await Assert.ThrowsAsync<StoreBackendException>(() => Client(source).CreateAsync(Declarations.Kafka));

        Assert.Empty(source.Polls);
    }

    [Fact]
    public async Task A_store_that_goes_away_was_deleted()
    {
        var polls = 0;
        var source = LosingWithStore(() => ++polls < 3 ? Responses.Store("ready") : Responses.None());

        Assert.True(await _clock.RunAsync(Client(source).DeleteAsync("orders")));
        Assert.Single(source.Statements, s => !Responses.IsPoll(s));
    }

    [Fact]
    public async Task A_store_that_stays_for_a_minute_was_not_deleted()
    {
        var exception = await Assert.ThrowsAsync<StoreBackendException>(() =>
            _clock.RunAsync(Client(LosingWithStore(() => Responses.Store("ready"))).DeleteAsync("orders"))
        );

        Assert.StartsWith(
            "Could not delete store 'orders': the connection broke",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_update_is_not_guessed_at()
    {
        var source = LosingWithStore(() => Responses.Store("ready"));

        var exception = await Assert.ThrowsAsync<StoreBackendException>(() =>
            Client(source).UpdateAsync(Declarations.Kafka)
        );

        Assert.EndsWith(
            "It is not known whether the update was executed: check the store before you try again",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.Empty(source.Polls);
    }

    private static ScriptedDataSource Losing(Func<DataTable> poll, string? sqlState = null) =>
        ScriptedDataSource.Empty(sql =>
            Responses.IsPoll(sql) ? poll() : throw new ScriptedException("the connection broke", sqlState)
        );

    private static ScriptedDataSource LosingWithStore(Func<DataTable> poll) =>
        ScriptedDataSource.WithStore(sql =>
            Responses.IsPoll(sql) ? poll() : throw new ScriptedException("the connection broke")
        );

    private StoreClient Client(ScriptedDataSource source) =>
        new(source, new StoreClientOptions { TimeProvider = _clock });
}
