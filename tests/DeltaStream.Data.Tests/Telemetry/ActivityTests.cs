using System.Collections.Concurrent;
using System.Diagnostics;
using DeltaStream.Data.Tests.Serving;

namespace DeltaStream.Data.Tests.Telemetry;

public sealed class ActivityTests
{
    [Theory, BothWays]
    public async Task A_statement_is_one_activity_with_the_usual_names(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(202, Responses.Pending).Respond(Responses.Success);
        var clock = new SteppedClock();
        await using var source = Execution.Source(server.Address, o => o.TimeProvider = clock);
        await using var command = source.CreateCommand("CREATE STORE s WITH ('p' = 'hunter2')");
        using var seen = new Seen(server.Address);

        var execution = command.NonQueryAsync(async);
        await clock.PassSecondsAsync(1);
        await execution;

        var activity = Assert.Single(seen.Activities);
        Assert.Equal("CREATE STORE", activity.DisplayName);
        Assert.Equal(ActivityKind.Client, activity.Kind);
        Assert.Equal(ActivityStatusCode.Unset, activity.Status);
        Assert.Equal(
            [
                ("db.operation.name", "CREATE STORE"),
                ("db.response.status_code", "00000"),
                ("db.system.name", "deltastream"),
                ("server.address", "127.0.0.1"),
                ("server.port", server.Address.Port),
            ],
            activity.TagObjects.Select(t => (t.Key, t.Value!)).OrderBy(t => t.Key, StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData(200, """{"sqlState":"42P018","message":"hunter2"}""", "42P018", "42P018")]
    [InlineData(401, """{"message":"hunter2"}""", null, "401")]
    [InlineData(200, "<hunter2>", null, "DeltaStream.Data.DeltaStreamException")]
    public async Task A_failure_has_its_type_and_not_its_text(int status, string body, string? sqlState, string type)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(status, body);
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand("hunter2 STORE s");
        using var seen = new Seen(server.Address);

        await Assert.ThrowsAsync<DeltaStreamException>(() => command.ExecuteNonQueryAsync());

        var activity = Assert.Single(seen.Activities);
        Assert.Equal("deltastream", activity.DisplayName);
        Assert.Equal(ActivityStatusCode.Error, activity.Status);
        Assert.Null(activity.StatusDescription);
        Assert.Equal(sqlState, activity.GetTagItem("db.response.status_code"));
        Assert.Equal(type, activity.GetTagItem("error.type"));
        Assert.DoesNotContain(
            activity.TagObjects,
            t => t.Value?.ToString()?.Contains("hunter2", StringComparison.Ordinal) == true
        );
    }

    [Fact]
    public async Task A_timeout_and_a_cancellation_are_told_apart()
    {
        await using var server = new RawServer((connection, _) => connection.HangAsync());
        var clock = new SteppedClock();
        await using var source = Execution.Source(server.Address, o => o.TimeProvider = clock);
        await using var command = source.CreateCommand("LIST STORES");
        using var seen = new Seen(server.Address);

        var execution = command.ExecuteNonQueryAsync();
        await clock.PassSecondsAsync(300);
        await Assert.ThrowsAsync<DeltaStreamException>(() => execution);
        using var cancel = new CancellationTokenSource();
        execution = command.ExecuteNonQueryAsync(cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => execution);

        Assert.Equal(
            ["System.OperationCanceledException", "System.TimeoutException"],
            seen.Activities.Select(a => a.GetTagItem("error.type")!.ToString()).Order(StringComparer.Ordinal)
        );
    }

    /// <summary>The activities of one server; other tests run at the same time.</summary>
    private sealed class Seen : IDisposable
    {
        private readonly ActivityListener _listener;

        public Seen(Uri server)
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = s => s.Name == "DeltaStream.Data",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = a =>
                {
                    if (Equals(a.GetTagItem("server.port"), server.Port))
                    {
                        Activities.Add(a);
                    }
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public ConcurrentBag<Activity> Activities { get; } = [];

        public void Dispose() => _listener.Dispose();
    }
}
