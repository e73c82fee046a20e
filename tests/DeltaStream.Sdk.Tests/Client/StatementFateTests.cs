using System.Data;
using DeltaStream.Sdk.Tests.Scripted;
using DeltaStream.TestSupport;

namespace DeltaStream.Sdk.Tests.Client;

/// <summary>A failure says what became of the statement: not sent, refused, executed, or unknown.</summary>
public sealed class StatementFateTests
{
    private const string NotKnown = "is not known";

    private readonly DrivenClock _clock = new();

    [Fact]
    public async Task A_connection_that_does_not_open_carried_no_statement()
    {
        var source = new ScriptedDataSource((_, _) => Task.FromResult(Responses.None()))
        {
            Opening = () => throw new ScriptedException("connection refused", isTransient: true),
        };
        var client = Client(source);

        foreach (
            var operation in new Func<Task>[]
            {
                () => client.CreateAsync(Declarations.Kafka),
                () => client.UpdateAsync(Declarations.Kafka),
                () => client.DeleteAsync("orders"),
            }
        )
        {
            var exception = await Assert.ThrowsAsync<StoreBackendException>(() => _clock.RunAsync(operation()));
            Assert.DoesNotContain(NotKnown, exception.Message, StringComparison.Ordinal);
            Assert.Contains("connection refused", exception.Message, StringComparison.Ordinal);
        }

        Assert.Empty(source.Statements);
    }

    [Fact]
    public async Task An_update_that_sends_nothing_can_not_have_been_executed()
    {
        var source = ScriptedDataSource.Responding(_ => throw new ScriptedException("the connection broke"));

        var exception = await Assert.ThrowsAsync<StoreBackendException>(() =>
            Client(source).UpdateAsync(Declarations.Kafka, Declarations.Kafka with { })
        );

        Assert.DoesNotContain(NotKnown, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("create")]
    [InlineData("update")]
    [InlineData("delete")]
    public async Task A_poll_that_fails_after_the_statement_is_not_taken_for_the_statements_failure(string operation)
    {
        var source = new ScriptedDataSource(
            (sql, _) =>
                Task.FromResult(
                    Responses.IsPoll(sql) ? throw new ScriptedException("no privilege", "42501") : Responses.None()
                )
        )
        {
            Before = operation == "create" ? Responses.None : () => Responses.Store("ready"),
        };

        var exception = await Assert.ThrowsAsync<StoreBackendException>(() =>
            operation switch
            {
                "create" => Client(source).CreateAsync(Declarations.Kafka),
                "update" => Client(source).UpdateAsync(Declarations.Kafka),
                _ => (Task)Client(source).DeleteAsync("orders"),
            }
        );

        Assert.Equal(
            $"The {operation} of store 'orders' was executed, and then its state could not be read: no privilege (SQLSTATE 42501). "
                + "Connect as a role that has the privilege. Get the store instead of trying again",
            exception.Message
        );
    }

    [Fact]
    public async Task A_refusal_that_can_not_be_confirmed_is_reported_itself()
    {
        ScriptedDataSource Source() =>
            ScriptedDataSource.WithStore(sql =>
                Responses.IsPoll(sql)
                    ? throw new ScriptedException("the connection broke", isTransient: true)
                    : throw new ScriptedException("store orders does not exist", "3D006")
            );

        var update = await Assert.ThrowsAsync<StoreBackendException>(() =>
            Client(Source()).UpdateAsync(Declarations.Kafka)
        );
        var delete = await Assert.ThrowsAsync<StoreBackendException>(() => Client(Source()).DeleteAsync("orders"));

        foreach (var (operation, exception) in new[] { ("update", update), ("delete", delete) })
        {
            Assert.StartsWith(
                $"Could not {operation} store 'orders': store orders does not exist (SQLSTATE 3D006)",
                exception.Message,
                StringComparison.Ordinal
            );
            Assert.DoesNotContain(NotKnown, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Cancellation_stops_the_confirmation_of_a_refusal_too()
    {
        var polling = new TaskCompletionSource();
        var source = new ScriptedDataSource(
            async (sql, cancellation) =>
            {
                if (!Responses.IsPoll(sql))
                {
                    throw new ScriptedException("store orders does not exist", "3D006");
                }

                polling.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellation);
                return Responses.None();
            }
        )
        {
            Before = () => Responses.Store("ready"),
        };
        using var cancellation = new CancellationTokenSource();
        var update = Client(source).UpdateAsync(Declarations.Kafka, cancellationToken: cancellation.Token);
        await polling.Task;

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => update.WaitAsync(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task A_row_that_can_not_be_read_is_the_services_failure()
    {
        var source = ScriptedDataSource.Responding(_ => Odd(table => table.Rows[0]["owner"] = DBNull.Value));
        var narrow = ScriptedDataSource.Responding(_ => Odd(table => table.Columns.Remove("created_at")));

        var nameless = await Assert.ThrowsAsync<StoreBackendException>(() => Client(source).GetAsync("orders"));
        var missing = await Assert.ThrowsAsync<StoreBackendException>(() =>
            Client(narrow).WaitUntilReadyAsync("orders")
        );
        await Assert.ThrowsAsync<StoreBackendException>(async () =>
            await Client(narrow).ListAsync().GetAsyncEnumerator().MoveNextAsync()
        );

        Assert.Contains("'owner'", nameless.Message, StringComparison.Ordinal);
        Assert.Contains("'created_at'", missing.Message, StringComparison.Ordinal);
        Assert.False(missing.IsTransient);

        static DataTable Odd(Action<DataTable> change)
        {
            var table = Responses.Store("ready");
            change(table);
            return table;
        }
    }

    private StoreClient Client(ScriptedDataSource source) =>
        new(source, new StoreClientOptions { TimeProvider = _clock });
}
