using System.Data;
using DeltaStream.Sdk.Tests.Scripted;
using DeltaStream.TestSupport;

namespace DeltaStream.Sdk.Tests.Client;

/// <summary>A store with another creation time is another store: the one that an operation waits for is gone.</summary>
public sealed class RecreationTests
{
    private readonly DrivenClock _clock = new();

    [Theory]
    [InlineData("ready")]
    [InlineData("errored")]
    [InlineData("provisioning")]
    public async Task A_created_store_whose_name_is_taken_again_is_gone(string state)
    {
        var source = ScriptedDataSource.Empty(Polls("provisioning", state));

        var exception = await FailsAsync(c => c.CreateAsync(Declarations.Kafka), source);

        Assert.Equal(StatementFate.Executed, exception.Statement);
        Assert.Equal(
            "Store 'orders', created 2026-01-02 03:04:05Z, was deleted by somebody else, and the store of that name is another one, "
                + "created 2026-01-02 03:04:05.00025Z. Compare it with the declaration before you use, update or delete it",
            exception.Message
        );
        Assert.Equal(2, source.Polls.Count);
    }

    [Fact]
    public async Task An_updated_store_whose_name_is_taken_again_is_gone()
    {
        var exception = await FailsAsync(
            c => c.UpdateAsync(Declarations.Kafka),
            ScriptedDataSource.WithStore(Polls("updating", "ready"))
        );

        Assert.Equal(StatementFate.Executed, exception.Statement);
        Assert.DoesNotContain("either", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_that_may_have_met_either_store_says_so()
    {
        var exception = await FailsAsync(
            c => c.UpdateAsync(Declarations.Kafka),
            ScriptedDataSource.WithStore(sql => Responses.IsPoll(sql) ? Later("ready") : Responses.None())
        );

        Assert.Equal(StatementFate.Executed, exception.Statement);
        Assert.Contains(
            "created 2026-01-02 03:04:05.00025Z, and the update may have reached either.",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_store_that_somebody_waits_for_is_the_first_that_shows()
    {
        var exception = await FailsAsync(
            c => c.WaitUntilReadyAsync("orders"),
            ScriptedDataSource.Responding(Polls("provisioning", "ready"))
        );

        Assert.Equal(StatementFate.NotSent, exception.Statement);
        Assert.Contains("03:04:05Z", exception.Message, StringComparison.Ordinal);
        Assert.Contains("03:04:05.00025Z", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_lost_response_a_store_that_was_replaced_is_not_adopted()
    {
        var polls = Polls("provisioning", "ready");
        var exception = await FailsAsync(
            c => c.CreateAsync(Declarations.Kafka),
            ScriptedDataSource.Empty(sql =>
                Responses.IsPoll(sql) ? polls(sql) : throw new ScriptedException("the connection broke")
            )
        );

        Assert.Equal(StatementFate.Unknown, exception.Statement);
    }

    [Fact]
    public async Task A_deletion_of_a_store_that_the_catalog_does_not_show_only_reads()
    {
        var source = ScriptedDataSource.Empty(Polls("ready", "ready"));

        Assert.False(await _clock.RunAsync(Client(source).DeleteAsync("orders")));
        Assert.StartsWith("SELECT", Assert.Single(source.Statements), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_keeps_its_creation_time_is_the_same_whatever_else_changes()
    {
        var polls = 0;
        var source = ScriptedDataSource.Empty(sql =>
        {
            var table = Responses.IsPoll(sql)
                ? Responses.Store(++polls < 3 ? "provisioning" : "ready")
                : Responses.None();
            if (table.Rows.Count > 0)
            {
                table.Rows[0]["updated_at"] = Responses.CreatedAt.AddSeconds(polls);
                table.Rows[0]["owner"] = $"owner {polls}";
            }

            return table;
        });

        Assert.True((await _clock.RunAsync(Client(source).CreateAsync(Declarations.Kafka))).IsReady);
    }

    // The first store in the first poll, and another one from then on.
    private static Func<string, DataTable> Polls(string first, string then)
    {
        var polls = 0;
        return sql =>
            !Responses.IsPoll(sql) ? Responses.None()
            : ++polls == 1 ? Responses.Store(first)
            : Later(then);
    }

    private static DataTable Later(string state)
    {
        var table = Responses.Store(state);
        table.Rows[0]["created_at"] = Responses.CreatedAt.AddMicroseconds(250);
        return table;
    }

    private Task<StoreNotFoundException> FailsAsync(Func<StoreClient, Task> operation, ScriptedDataSource source) =>
        Assert.ThrowsAsync<StoreNotFoundException>(() => _clock.RunAsync(operation(Client(source))));

    private StoreClient Client(ScriptedDataSource source) =>
        new(source, new StoreClientOptions { TimeProvider = _clock });
}
