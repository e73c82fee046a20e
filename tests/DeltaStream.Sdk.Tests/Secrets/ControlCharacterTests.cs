using System.Data;
using System.Data.Common;
using DeltaStream.Sdk.Tests.Scripted;
using DeltaStream.TestSupport;

namespace DeltaStream.Sdk.Tests.Secrets;

/// <summary>
/// No text of the service reaches a message, a log or a text form raw: it could write lines of its own. Values stay as they are.
/// </summary>
public sealed class ControlCharacterTests
{
    private readonly DrivenClock _clock = new();

    /// <summary>A line break, an escape, a bell, a direction mark, a line separator, a sign without width.</summary>
    public static TheoryData<string> Texts =>
        [
            "a\nFORGED",
            "a\r\nFORGED",
            "a\u001b[31mFORGED",
            "a\u0007FORGED",
            "a\u202eFORGED",
            "a\u2028FORGED",
            "a\u200bFORGED",
        ];

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_cause_with_such_a_text_is_left_out(string text)
    {
        foreach (
            var cause in new Exception[]
            {
                new ScriptedException(text, "42601"),
                new ScriptedException("x", "42601") { Data = { ["MessageText"] = text } },
                new InvalidOperationException(text),
                new InvalidOperationException("x", new InvalidOperationException(text)),
                new AggregateException("x", new InvalidOperationException(), new InvalidOperationException(text)),
            }
        )
        {
            var client = Client(ScriptedDataSource.Responding(_ => throw cause));

            var exception = await Assert.ThrowsAsync<StoreBackendException>(() => client.GetAsync("orders"));

            Assert.Null(exception.InnerException);
            IsClean(exception.Message);
        }
    }

    [Fact]
    public async Task A_cause_whose_own_message_has_several_lines_is_kept()
    {
        // As Npgsql makes it of a text and a position.
        var cause = new ScriptedException("42601: no such key\n\nPOSITION: 12", "42601")
        {
            Data = { ["MessageText"] = "no such key", ["Position"] = 12 },
        };
        var client = Client(ScriptedDataSource.Responding(_ => throw cause));

        var exception = await Assert.ThrowsAsync<StoreBackendException>(() => client.GetAsync("orders"));

        Assert.Same(cause, exception.InnerException);
        IsClean(exception.Message);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_cancellation_with_such_a_cause_leaves_it_out(string text)
    {
        using var stop = new CancellationTokenSource();
        var source = ScriptedDataSource.Responding(_ =>
        {
            stop.Cancel();
            throw new OperationCanceledException(text, stop.Token);
        });

        var exception = await Assert.ThrowsAsync<StoreOperationCanceledException>(() =>
            Client(source).GetAsync("orders", cancellationToken: stop.Token)
        );

        Assert.Null(exception.InnerException);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Names_and_owners_are_exact_as_values_and_escaped_as_text(string text)
    {
        var source = ScriptedDataSource.Responding(_ => Row("ready", text));

        var store = Assert.Single(await Client(source).ListAsync().ToListAsync());

        Assert.Equal((text, text), (store.Name, store.Owner));
        IsClean(store.ToString());
        IsClean(store.State);
        IsClean(store.StatusMessage!);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Messages_logs_and_progress_escape_what_a_row_holds(string text)
    {
        List<string> lines = [];
        using var log = new LogHook((_, _, line) => lines.Add(line));
        var client = new StoreClient(
            ScriptedDataSource.Responding(_ => Row("errored", text)),
            new StoreClientOptions { TimeProvider = _clock, LoggerFactory = log }
        );
        var errored = await Assert.ThrowsAsync<StoreErroredException>(() => client.WaitUntilReadyAsync("orders"));
        var conflict = await Assert.ThrowsAsync<StoreConflictException>(() => client.CreateAsync(Declarations.Kafka));
        IsClean(errored.ToString().Replace(errored.StackTrace!, "", StringComparison.Ordinal).TrimEnd());
        IsClean(conflict.Message);
        Assert.All(lines, IsClean);

        var waiting = new StoreClient(
            ScriptedDataSource.Responding(_ => Row(text, text)),
            new StoreClientOptions { TimeProvider = _clock }
        );
        var timeout = await Assert.ThrowsAsync<StoreReadinessTimeoutException>(() =>
            _clock.RunAsync(waiting.WaitUntilReadyAsync("orders"))
        );
        IsClean(timeout.Message);
        IsClean(timeout.LastState!);
        IsClean(timeout.LastStatusMessage!);
        IsClean(timeout.Subtype);
    }

    [Fact]
    public async Task A_secret_in_the_state_is_hidden_in_the_timeout()
    {
        var source = ScriptedDataSource.Empty(sql =>
            Responses.IsPoll(sql) ? Responses.Store("waiting for kafka-password") : Responses.None()
        );
        var seen = new List<StoreReadiness>();

        var timeout = await Assert.ThrowsAsync<StoreReadinessTimeoutException>(() =>
            _clock.RunAsync(Client(source).CreateAsync(Declarations.Kafka, new Each(seen.Add)))
        );

        Assert.Equal("waiting for ***", timeout.LastState);
        Assert.DoesNotContain("kafka-password", timeout.ToString(), StringComparison.Ordinal);
        Assert.All(seen, s => Assert.Equal("waiting for ***", s.State));
    }

    private static DataTable Row(string state, string text)
    {
        var table = Responses.Store(state, text, text, text);
        table.Rows[0]["owner"] = text;
        return table;
    }

    private static void IsClean(string text) =>
        Assert.DoesNotContain(text, c => char.IsControl(c) || c is '\u202e' or '\u2028' or '\u200b');

    private StoreClient Client(DbDataSource source) => new(source, new StoreClientOptions { TimeProvider = _clock });

    private sealed class Each(Action<StoreReadiness> action) : IProgress<StoreReadiness>
    {
        public void Report(StoreReadiness value) => action(value);
    }
}
