using DeltaStream.Emulator;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Statements;

namespace DeltaStream.EndToEnd.Tests.Planning;

/// <summary>Whose store it is, while plans are made and applied: proved, or a conflict; the one that was planned, or left alone.</summary>
public sealed class WhoseStoreTests : EndToEndTest
{
    private StoreArgs Ours => Subtypes["kafka"].Good;

    // The spec of iceberg-glue names no addresses, so nothing that the service shows proves whose store it is.
    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task A_lost_store_without_addresses_is_not_proved_and_so_a_conflict(Transport transport)
    {
        var glue = Subtypes["iceberg-glue"].Good;
        Emulator.Faults.Add(
            new EmulatorFault
            {
                Kind = EmulatorFaultKind.SqlErrorAfterExecution,
                SqlState = "57014",
                Statement = "CREATE STORE",
            }
        );
        var client = ClientOver(transport);

        var result = await Clock.RunAsync(client.ApplyAsync(await client.PlanAsync([glue])));
        var next = Assert.Single((await client.PlanAsync([glue], result.State)).Stores);
        var adoption = await client.PlanAsync([glue], result.State, new StorePlanOptions { Adopt = true });

        var lost = Assert.IsType<StoreConflictException>(Assert.Single(result.Stores).Exception);
        Assert.Equal(StatementFate.Unknown, lost.Statement);
        Assert.Contains("it is not known whose store", lost.Message, StringComparison.Ordinal);
        Assert.Equal(StoreAction.Conflict, next.Action);
        Assert.Contains("the service does not show its addresses", next.Reason, StringComparison.Ordinal);
        Assert.Equal(StoreAction.Adopt, Assert.Single(adoption.Stores).Action);
    }

    [Theory]
    [InlineData(StoreAction.Update, Transport.Postgres)]
    [InlineData(StoreAction.Update, Transport.Rest)]
    [InlineData(StoreAction.Delete, Transport.Postgres)]
    [InlineData(StoreAction.Delete, Transport.Rest)]
    [InlineData(StoreAction.Replace, Transport.Postgres)]
    [InlineData(StoreAction.Replace, Transport.Rest)]
    [InlineData(StoreAction.Wait, Transport.Postgres)]
    [InlineData(StoreAction.Wait, Transport.Rest)]
    public async Task A_store_that_took_the_name_while_the_plan_was_applied_is_left_alone(
        StoreAction action,
        Transport transport
    )
    {
        var client = ClientOver(transport);
        var wait = action == StoreAction.Wait ? StoreWait.Started : StoreWait.Effect;
        var first = await Clock.RunAsync(
            client.ApplyAsync(await client.PlanAsync([Ours]), new StoreApplyOptions { Wait = wait })
        );
        first.ThrowIfFailed();
        StoreArgs[] declared = action switch
        {
            StoreAction.Update => [Subtypes["kafka"].Changed!],
            StoreAction.Replace => [Subtypes["postgres"].Good],
            StoreAction.Delete => [],
            _ => [Ours],
        };
        var plan = await client.PlanAsync(declared, first.State, new StorePlanOptions { Delete = true });
        Assert.Equal(action, Assert.Single(plan.Stores).Action);

        var options = new StoreApplyOptions { Progress = new OnStart(Recreate) };
        var result = await Clock.RunAsync(client.ApplyAsync(plan, options));

        var failure = Assert.IsAssignableFrom<StoreException>(Assert.Single(result.Stores).Exception);
        Assert.Equal(
            action == StoreAction.Wait ? typeof(StoreNotFoundException) : typeof(StorePlanOutdatedException),
            failure.GetType()
        );
        Assert.Equal(StatementFate.NotSent, failure.Statement);
        var theirs = await client.GetAsync(Subtypes.Name);
        Assert.Equal(theirs!.CreatedAt, theirs.UpdatedAt);
        // What is known is still about the store before.
        Assert.Equal(plan.Stores[0].Found!.CreatedAt, result.State.Stores[Subtypes.Name].CreatedAt);
        Assert.NotEqual(theirs.CreatedAt, result.State.Stores[Subtypes.Name].CreatedAt);
    }

    private void Recreate()
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        foreach (var statement in new[] { StoreStatement.Drop(Subtypes.Name), StoreStatement.Create(Ours) })
        {
            using var command = DataSourceOver(Transport.Postgres).CreateCommand(statement.Reveal());
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Does something when the turn of the store has come, before its statement is sent.</summary>
    private sealed class OnStart(Action action) : IProgress<StoreApplyEvent>
    {
        public void Report(StoreApplyEvent value)
        {
            if (value.Phase == StoreApplyPhase.Started)
            {
                action();
            }
        }
    }
}
