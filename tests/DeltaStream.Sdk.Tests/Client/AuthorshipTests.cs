using System.Data;
using DeltaStream.Sdk.Tests.Scripted;
using DeltaStream.TestSupport;

namespace DeltaStream.Sdk.Tests.Client;

/// <summary>Whose store it is: the client proves it by what the service shows, and never by a clock of this machine.</summary>
public sealed class AuthorshipTests
{
    private readonly DrivenClock _clock = new();

    [Fact]
    public async Task A_store_that_exists_is_a_conflict_before_anything_is_sent()
    {
        var source = ScriptedDataSource.Responding(_ => Responses.Store("ready", type: "Snowflake"));

        var exception = await Assert.ThrowsAsync<StoreConflictException>(() =>
            Client(source).CreateAsync(Declarations.Kafka)
        );

        Assert.Equal(
            "Store 'orders' already exists: type Snowflake, owned by sysadmin, created 2026-01-02 03:04:05Z; the declaration says "
                + "type kafka. Compare it with the declaration before you use, update or delete it, or choose another name",
            exception.Message
        );
        Assert.Equal(StatementFate.NotSent, exception.Statement);
        Assert.All(source.Statements, s => Assert.True(Responses.IsPoll(s)));
    }

    [Theory]
    [InlineData("ready")]
    [InlineData("errored")]
    public async Task A_store_at_another_address_is_not_adopted(string state)
    {
        var source = Losing(state, () => Responses.Described("theirs.example.com:9092"));

        var exception = await Assert.ThrowsAsync<StoreConflictException>(() =>
            _clock.RunAsync(Client(source).CreateAsync(Declarations.Kafka))
        );

        Assert.Contains(
            "another one: type Kafka, owned by sysadmin, created 2026-01-02 03:04:05Z, addresses theirs.example.com:9092; "
                + "the declaration says addresses b-1.example.com:9092,b-2.example.com:9092.",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(StatementFate.Unknown, exception.Statement);
    }

    [Fact]
    public async Task A_store_that_agrees_in_everything_is_the_created_one()
    {
        var source = Losing("ready", () => Responses.Described("b-2.example.com:9092, b-1.example.com:9092"));

        Assert.True((await _clock.RunAsync(Client(source).CreateAsync(Declarations.Kafka))).IsReady);
    }

    [Fact]
    public async Task A_store_whose_addresses_can_not_be_read_is_not_known_to_be_ours()
    {
        var source = Losing("ready", () => throw new ScriptedException("no privilege", "42501"));

        var exception = await Assert.ThrowsAsync<StoreConflictException>(() =>
            _clock.RunAsync(Client(source).CreateAsync(Declarations.Kafka))
        );

        Assert.Contains("it is not known whose store of that name exists", exception.Message, StringComparison.Ordinal);
        Assert.Equal(StatementFate.Unknown, exception.Statement);
    }

    [Fact]
    public async Task A_store_that_shows_no_address_is_not_known_to_be_ours()
    {
        var exception = await Assert.ThrowsAsync<StoreConflictException>(() =>
            _clock.RunAsync(Client(Losing("ready", Responses.None)).CreateAsync(Declarations.Kafka))
        );

        Assert.Contains("it is not known whose store of that name exists", exception.Message, StringComparison.Ordinal);
        Assert.Equal(StatementFate.Unknown, exception.Statement);
    }

    [Fact]
    public async Task A_store_that_takes_the_name_after_a_deletion_is_another_one()
    {
        var source = ScriptedDataSource.WithStore(sql =>
            Responses.IsPoll(sql) ? CreatedLater(Responses.Store("ready")) : Responses.None()
        );

        Assert.True(await Client(source).DeleteAsync("orders"));
        Assert.Single(source.Polls);
    }

    [Fact]
    public async Task A_store_that_somebody_replaced_before_the_deletion_arrived_is_not_there_any_more()
    {
        var source = ScriptedDataSource.WithStore(sql =>
            Responses.IsPoll(sql)
                ? CreatedLater(Responses.Store("ready"))
                : throw new ScriptedException("store orders does not exist", "3D006")
        );

        Assert.False(await Client(source).DeleteAsync("orders"));
    }

    [Fact]
    public async Task Credentials_are_not_sent_to_a_store_of_another_type()
    {
        var source = ScriptedDataSource.Responding(_ => Responses.Store("ready", type: "Snowflake"));

        var exception = await Assert.ThrowsAsync<StoreConflictException>(() =>
            Client(source).UpdateAsync(Declarations.Kafka)
        );

        Assert.StartsWith(
            "Store 'orders' can't be updated, and no credentials were sent, because it is another store: type Snowflake,",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(StatementFate.NotSent, exception.Statement);
        Assert.Single(source.Statements);
    }

    private static ScriptedDataSource Losing(string state, Func<DataTable> described) =>
        new(
            (sql, _) =>
                Task.FromResult(
                    Responses.IsPoll(sql) ? Responses.Store(state) : throw new ScriptedException("the connection broke")
                )
        )
        {
            Before = Responses.None,
            Described = described,
        };

    private static DataTable CreatedLater(DataTable table)
    {
        table.Rows[0]["created_at"] = Responses.CreatedAt.AddMicroseconds(1);
        return table;
    }

    private StoreClient Client(ScriptedDataSource source) =>
        new(source, new StoreClientOptions { TimeProvider = _clock });
}
