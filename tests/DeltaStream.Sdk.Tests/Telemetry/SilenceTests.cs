using DeltaStream.Sdk.Statements;
using DeltaStream.Sdk.Telemetry;
using DeltaStream.Sdk.Tests.Scripted;

namespace DeltaStream.Sdk.Tests.Telemetry;

/// <summary>Traces and metrics cost nothing when nobody listens.</summary>
/// <remarks>Another test may listen, so no other runs meanwhile.</remarks>
[Collection(nameof(SilenceTests))]
[CollectionDefinition(nameof(SilenceTests), DisableParallelization = true)]
public sealed class SilenceTests
{
    [Fact]
    public async Task Nothing_is_allocated_when_nobody_listens()
    {
        await using var source = ScriptedDataSource.Responding(_ => Responses.None());
        await using var connection = await source.OpenConnectionAsync();
        var statement = StoreStatement.Create(Declarations.Kafka);
        var failure = new ScriptedException("no", "42601");
        // The first time makes the meter.
        Run();
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 100; i++)
        {
            Run();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run()
        {
            var activity = StoreTelemetry.Start("create", "orders", "kafka");
            using (var span = StatementSpan.Start(statement, connection))
            {
                span?.Failed(failure, failure.SqlState);
            }

            StoreTelemetry.WaitStarted();
            StoreTelemetry.Seen(activity, "ready", null);
            StoreTelemetry.Polled(1, failure);
            StoreTelemetry.Waited("kafka", StoreTelemetry.Ready, TimeSpan.FromSeconds(1));
            StoreTelemetry.WaitEnded();
            StoreTelemetry.End(activity, "create", "kafka", TimeSpan.FromSeconds(1), StoreTelemetry.Failed, failure);
        }
    }
}
