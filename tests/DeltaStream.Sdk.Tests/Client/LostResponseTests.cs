using System.Data;
using DeltaStream.Sdk.Tests.Readiness;
using DeltaStream.Sdk.Tests.Scripted;
using DeltaStream.Testing;

namespace DeltaStream.Sdk.Tests.Stores;

/// <summary>When nobody knows whether a statement was executed, the catalog decides, and the statement is never sent again.</summary>
public sealed class LostAnswerTests
{
    private readonly DrivenClock _clock = new();

    [Theory]
    [InlineData(null)]
    [InlineData("08006")]
    [InlineData("57P01")]
    public async Task A_store_that_shows_up_is_the_one_created(string? sqlState)
    {
        var looks = 0;
        var source = Losing(() => ++looks < 3 ? Answers.None() : Answers.Store("ready"), sqlState);

        var store = await _clock.RunAsync(Client(source).CreateAsync(Declarations.Kafka));

        Assert.True(store.IsReady);
        Assert.Single(source.Statements, s => !Answers.IsLook(s));
    }

    [Theory]
    [InlineData("kafka")]
    [InlineData("KAFKA")]
    [InlineData("Kafka")]
    public async Task The_catalogs_spelling_of_the_type_does_not_matter(string type) =>
        Assert.True(
            (
                await _clock.RunAsync(
                    Client(Losing(() => Answers.Store("ready", type: type))).CreateAsync(Declarations.Kafka)
                )
            ).IsReady
        );

    [Fact]
    public async Task A_store_of_another_type_is_a_conflict_whatever_its_state()
    {
        var exception = await Assert.ThrowsAsync<StoreConflictException>(() =>
            _clock.RunAsync(
                Client(Losing(() => Answers.Store("errored", type: "Snowflake"))).CreateAsync(Declarations.Kafka)
            )
        );

        Assert.Equal(
            "The answer to the creation of store 'orders' was lost, and the store of that name is another one: type Snowflake, "
                + "owned by sysadmin, created 2026-01-02 03:04:05Z. Update it, delete it first, or choose another name",
            exception.Message
        );
    }

    [Fact]
    public async Task A_store_that_is_older_than_the_attempt_is_a_conflict_and_one_by_a_wrong_clock_is_not()
    {
        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.True(
            (
                await _clock.RunAsync(Client(Losing(() => Answers.Store("ready"))).CreateAsync(Declarations.Kafka))
            ).IsReady
        );

        _clock.Advance(TimeSpan.FromMinutes(2));
        await Assert.ThrowsAsync<StoreConflictException>(() =>
            _clock.RunAsync(Client(Losing(() => Answers.Store("ready"))).CreateAsync(Declarations.Kafka))
        );
    }

    [Fact]
    public async Task A_store_that_does_not_show_in_a_minute_was_not_created()
    {
        var recorder = new Recorder();

        var exception = await Assert.ThrowsAsync<StoreBackendException>(() =>
            _clock.RunAsync(Client(Losing(Answers.None)).CreateAsync(Declarations.Kafka, recorder))
        );

        Assert.Equal(
            "Could not create store 'orders': the connection broke. Check the connection's address. "
                + "Whether the create was executed is not known: look at the store before trying again",
            exception.Message
        );
        Assert.Equal(TimeSpan.FromSeconds(60), recorder.Seen[^1].Elapsed);
    }

    [Fact]
    public async Task Looks_that_fail_in_passing_are_repeated_and_then_it_is_the_lost_answer_that_is_reported()
    {
        var looks = 0;
        var mended = Losing(() =>
            ++looks < 6 ? throw new ScriptedException("not back yet", isTransient: true) : Answers.Store("ready")
        );
        Assert.True((await _clock.RunAsync(Client(mended).CreateAsync(Declarations.Kafka))).IsReady);

        var broken = Losing(() => throw new ScriptedException("not back yet", isTransient: true));
        var exception = await Assert.ThrowsAsync<StoreBackendException>(() =>
            _clock.RunAsync(Client(broken).CreateAsync(Declarations.Kafka))
        );
        Assert.Equal("the connection broke", exception.BackendMessage);
        Assert.Equal(13, broken.Looks.Count);
    }

    [Fact]
    public async Task A_look_that_is_refused_ends_with_the_lost_answer()
    {
        var source = Losing(() => throw new ScriptedException("no privilege", "42501"));

        var exception = await Assert.ThrowsAsync<StoreBackendException>(() =>
            _clock.RunAsync(Client(source).CreateAsync(Declarations.Kafka))
        );

        Assert.Equal("the connection broke", exception.BackendMessage);
        Assert.Single(source.Looks);
    }

    [Fact]
    public async Task A_refusal_is_not_a_lost_answer()
    {
        var source = ScriptedDataSource.Answering(sql =>
            Answers.IsLook(sql) ? Answers.Store("ready") : throw new ScriptedException("limit reached", "53000")
        );

        await Assert.ThrowsAsync<StoreBackendException>(() => Client(source).CreateAsync(Declarations.Kafka));

        Assert.Empty(source.Looks);
    }

    [Fact]
    public async Task A_store_that_goes_away_was_deleted()
    {
        var looks = 0;
        var source = Losing(() => ++looks < 3 ? Answers.Store("ready") : Answers.None());

        Assert.True(await _clock.RunAsync(Client(source).DeleteAsync("orders")));
        Assert.Single(source.Statements, s => !Answers.IsLook(s));
    }

    [Fact]
    public async Task A_store_that_stays_for_a_minute_was_not_deleted()
    {
        var exception = await Assert.ThrowsAsync<StoreBackendException>(() =>
            _clock.RunAsync(Client(Losing(() => Answers.Store("ready"))).DeleteAsync("orders"))
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
        var source = Losing(() => Answers.Store("ready"));

        var exception = await Assert.ThrowsAsync<StoreBackendException>(() =>
            Client(source).UpdateAsync(Declarations.Kafka)
        );

        Assert.EndsWith(
            "Whether the update was executed is not known: look at the store before trying again",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.Empty(source.Looks);
    }

    private static ScriptedDataSource Losing(Func<DataTable> look, string? sqlState = null) =>
        ScriptedDataSource.Answering(sql =>
            Answers.IsLook(sql) ? look() : throw new ScriptedException("the connection broke", sqlState)
        );

    private StoreClient Client(ScriptedDataSource source) =>
        new(source, new StoreClientOptions { TimeProvider = _clock });
}
