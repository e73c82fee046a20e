using System.Data;
using DeltaStream.Sdk.Tests.Scripted;
using DeltaStream.TestSupport;
using Npgsql;

namespace DeltaStream.Sdk.Tests.Client;

/// <summary>No exception leaves an operation without the store's name and the fate of the statement.</summary>
public sealed class LastCatchTests
{
    private readonly DrivenClock _clock = new();

    public static TheoryData<Type> Unexpected =>
        [typeof(InvalidOperationException), typeof(NotSupportedException), typeof(OutOfMemoryException)];

    [Theory]
    [MemberData(nameof(Unexpected))]
    public async Task An_unexpected_exception_of_a_statement_leaves_its_fate_open(Type type)
    {
        var create = await FailsAsync<StoreBackendException>(
            c => c.CreateAsync(Declarations.Kafka),
            Throws(type, null)
        );
        var update = await FailsAsync<StoreBackendException>(
            c => c.UpdateAsync(Declarations.Kafka),
            Throws(type, "ready")
        );
        var delete = await FailsAsync<StoreBackendException>(c => c.DeleteAsync("orders"), Throws(type, "ready"));

        foreach (var (operation, exception) in new[] { ("create", create), ("update", update), ("delete", delete) })
        {
            Assert.Equal(("orders", StatementFate.Unknown), (exception.StoreName, exception.Statement));
            Assert.Equal(type, exception.InnerException?.GetType());
            Assert.EndsWith(
                $"It is not known whether the {operation} was executed: check the store before you try again",
                exception.Message,
                StringComparison.Ordinal
            );
        }
    }

    [Theory]
    [MemberData(nameof(Unexpected))]
    public async Task An_unexpected_exception_of_a_read_says_nothing_of_execution(Type type)
    {
        var source = ScriptedDataSource.Responding(_ => throw Make(type));

        foreach (
            var read in new Func<StoreClient, Task>[]
            {
                c => c.GetAsync("orders"),
                c => c.WaitUntilReadyAsync("orders"),
                async c => await c.ListAsync().GetAsyncEnumerator().MoveNextAsync(),
            }
        )
        {
            var exception = await FailsAsync<StoreBackendException>(read, source);

            Assert.Equal(StatementFate.NotSent, exception.Statement);
            Assert.Contains(
                type,
                new[] { exception.InnerException, exception.InnerException?.InnerException }.Select(e => e?.GetType())
            );
            Assert.DoesNotContain("executed", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_progress_that_throws_does_not_hide_that_the_statement_was_executed()
    {
        var source = ScriptedDataSource.Empty(sql =>
            Responses.IsPoll(sql) ? Responses.Store("ready") : Responses.None()
        );

        var exception = await FailsAsync<StoreBackendException>(
            c => c.CreateAsync(Declarations.Kafka, new Broken()),
            source
        );

        Assert.Equal(StatementFate.Executed, exception.Statement);
        Assert.StartsWith(
            "The create of store 'orders' was executed, and then something else failed: unexpected FormatException",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("ERROR", StatementFate.Refused)]
    [InlineData("FATAL", StatementFate.Unknown)]
    [InlineData("PANIC", StatementFate.Unknown)]
    public async Task A_fatal_error_proves_nothing_whatever_its_sqlstate(string severity, StatementFate fate)
    {
        var source = ScriptedDataSource.WithStore(_ =>
            throw new PostgresException("limit reached", severity, severity, "53000")
        );

        var exception = await FailsAsync<StoreBackendException>(c => c.UpdateAsync(Declarations.Kafka), source);

        Assert.Equal(fate, exception.Statement);
    }

    [Theory]
    [InlineData("SELECT", StatementFate.NotSent, "No statement that changes the store was sent")]
    [InlineData("CREATE", StatementFate.Unknown, "It is not known whether the create was executed")]
    [InlineData("poll", StatementFate.Executed, "The create was executed")]
    public async Task Cancellation_says_what_became_of_the_statement(string at, StatementFate fate, string words)
    {
        using var cancellation = new CancellationTokenSource();
        var sent = false;
        var source = new ScriptedDataSource(
            async (sql, token) =>
            {
                var now = sent ? "poll" : sql[..6];
                sent |= !Responses.IsPoll(sql);
                if (now == at)
                {
                    await cancellation.CancelAsync();
                    token.ThrowIfCancellationRequested();
                }

                return Responses.None();
            }
        );

        var exception = await Assert.ThrowsAsync<StoreOperationCanceledException>(() =>
            Client(source).CreateAsync(Declarations.Kafka, cancellationToken: cancellation.Token)
        );

        Assert.Equal(("orders", fate), (exception.StoreName, exception.Statement));
        Assert.Equal(cancellation.Token, exception.CancellationToken);
        Assert.Contains(words, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_read_says_nothing_of_execution()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var client = Client(ScriptedDataSource.Responding(_ => Responses.None()));

        foreach (
            var read in new Func<Task>[]
            {
                () => client.GetAsync("orders", cancellationToken: cancelled.Token),
                () => client.WaitUntilReadyAsync("orders", cancellationToken: cancelled.Token),
                async () =>
                    await client.ListAsync(cancellationToken: cancelled.Token).GetAsyncEnumerator().MoveNextAsync(),
            }
        )
        {
            var exception = await Assert.ThrowsAsync<StoreOperationCanceledException>(read);
            Assert.Equal(StatementFate.NotSent, exception.Statement);
            Assert.DoesNotContain("executed", exception.Message, StringComparison.Ordinal);
        }
    }

    private static ScriptedDataSource Throws(Type type, string? state)
    {
        DataTable Rows() => state is null ? Responses.None() : Responses.Store(state);
        return new((sql, _) => Task.FromResult(Responses.IsPoll(sql) ? Rows() : throw Make(type))) { Before = Rows };
    }

    private static Exception Make(Type type) => (Exception)Activator.CreateInstance(type, "odd")!;

    private async Task<T> FailsAsync<T>(Func<StoreClient, Task> operation, ScriptedDataSource source)
        where T : Exception => await Assert.ThrowsAsync<T>(() => _clock.RunAsync(operation(Client(source))));

    private StoreClient Client(ScriptedDataSource source) =>
        new(source, new StoreClientOptions { TimeProvider = _clock });

    private sealed class Broken : IProgress<StoreReadiness>
    {
        public void Report(StoreReadiness value) => throw new FormatException("a progress line");
    }
}
