using DeltaStream.Sdk.Tests.Scripted;
using DeltaStream.TestSupport;

namespace DeltaStream.Sdk.Tests.Client;

/// <summary>What was read a moment ago is not read again, and polls that come one after another are one query.</summary>
public sealed class FewReadsTests
{
    private readonly DrivenClock _clock = new();

    [Theory]
    [InlineData(4, 0)]
    [InlineData(5, 1)]
    public async Task A_create_of_an_apply_reads_the_catalog_by_itself_only_five_seconds_after_all_were_read(
        int seconds,
        int reads
    )
    {
        var isCreated = false;
        var source = ScriptedDataSource.Responding(sql =>
        {
            if (sql.StartsWith("CREATE", StringComparison.Ordinal))
            {
                isCreated = true;
                _clock.Advance(TimeSpan.FromSeconds(seconds));
            }

            var isFirst = sql.Contains("'orders'", StringComparison.Ordinal);
            return isCreated && isFirst ? Responses.Store("ready") : Responses.None();
        });
        var client = new StoreClient(source, new() { TimeProvider = _clock });

        var plan = await client.PlanAsync([Declarations.Kafka, Declarations.Kafka with { Name = "second" }]);
        await _clock.RunAsync(client.ApplyAsync(plan, new() { MaxStatements = 1, Wait = StoreWait.Started }));

        var beforeSecond = source
            .Statements.SkipWhile(s => !s.StartsWith("CREATE", StringComparison.Ordinal))
            .TakeWhile(s => !s.StartsWith("CREATE STORE \"second\"", StringComparison.Ordinal));
        Assert.Equal(reads, beforeSecond.Count(s => s.EndsWith("WHERE name = 'second';", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_wait_that_begins_while_statements_are_sent_waits_a_quarter_second_for_others()
    {
        var (reached, sent) = (new TaskCompletionSource(), new TaskCompletionSource());
        var source = new ScriptedDataSource(
            async (sql, _) =>
            {
                if (!Responses.IsPoll(sql))
                {
                    reached.SetResult();
                    await sent.Task;
                }

                var names = new[] { "one", "two", "orders" };
                return Responses.Store("ready", name: names.First(n => sql.Contains(n, StringComparison.Ordinal)));
            }
        )
        {
            Before = Responses.None,
        };
        var client = new StoreClient(source, new() { TimeProvider = _clock });
        var creation = client.CreateAsync(Declarations.Kafka);
        await reached.Task;
        await client.WaitUntilReadyAsync("one");
        var begun = _clock.GetUtcNow();

        await _clock.RunAsync(client.WaitUntilReadyAsync("two"));

        Assert.Equal(TimeSpan.FromMilliseconds(250), _clock.GetUtcNow() - begun);
        sent.SetResult();
        Assert.True((await _clock.RunAsync(creation)).IsReady);
    }
}
