using System.Data;
using DeltaStream.Sdk.Planning;
using DeltaStream.Sdk.Tests.Scripted;
using DeltaStream.TestSupport;

namespace DeltaStream.Sdk.Tests.Client;

/// <summary>The catalog shows the effect of a statement late: nothing that an apply began is lost, and nothing comes too early.</summary>
public sealed class LateEffectTests
{
    private readonly DrivenClock _clock = new();
    private readonly StoreState _interrupted = Interrupted();

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(59)]
    public async Task A_store_of_an_interrupted_create_that_comes_late_and_is_no_longer_declared_is_not_forgotten(
        int seconds
    )
    {
        var due = _clock.GetUtcNow() + TimeSpan.FromSeconds(seconds);
        var (isPlanned, isDropped) = (false, false);
        var source = ScriptedDataSource.Responding(sql =>
        {
            isDropped |= sql.StartsWith("DROP", StringComparison.Ordinal);
            return isDropped || !isPlanned || _clock.GetUtcNow() < due ? Responses.None() : Responses.Store("ready");
        });
        var client = new StoreClient(source, new() { TimeProvider = _clock });

        var plan = await client.PlanAsync([], _interrupted);
        isPlanned = true;
        var result = await _clock.RunAsync(client.ApplyAsync(plan));
        var next = await client.PlanAsync([], result.State, new() { Delete = true });
        var deleted = await _clock.RunAsync(client.ApplyAsync(next));

        var planned = Assert.Single(plan.Stores);
        Assert.Equal(StoreAction.Forget, planned.Action);
        Assert.Equal(
            "it is no longer declared, and the catalog shows none after an interrupted apply; apply polls for it for 60 s before it forgets it",
            planned.Reason
        );
        var outdated = Assert.IsType<StorePlanOutdatedException>(Assert.Single(result.Stores).Exception);
        Assert.Contains("a store of that name appeared", outdated.Message, StringComparison.Ordinal);
        Assert.Equal(StatementFate.NotSent, outdated.Statement);
        Assert.Equal(StoreAction.Delete, Assert.Single(next.Stores).Action);
        Assert.True(deleted.IsDone, deleted.ToString());
        Assert.Empty(deleted.State.Stores);
        Assert.Single(source.Statements, sql => !Responses.IsPoll(sql));
    }

    [Theory]
    [InlineData(StoreWait.Effect)]
    [InlineData(StoreWait.Started)]
    public async Task A_store_of_an_interrupted_create_that_does_not_come_in_a_minute_is_forgotten(StoreWait wait)
    {
        var source = ScriptedDataSource.Responding(_ => Responses.None());
        var client = new StoreClient(source, new() { TimeProvider = _clock });
        var startedAt = _clock.GetUtcNow();

        var plan = await client.PlanAsync([], _interrupted);
        var result = await _clock.RunAsync(client.ApplyAsync(plan, new() { Wait = wait }));

        Assert.True(result.IsDone, result.ToString());
        Assert.Empty(result.State.Stores);
        Assert.Equal(TimeSpan.FromSeconds(60), _clock.GetUtcNow() - startedAt);
        Assert.All(source.Statements, sql => Assert.True(Responses.IsPoll(sql), sql));
    }

    [Fact]
    public async Task A_store_of_an_interrupted_create_is_still_known_when_the_caller_stops_the_apply()
    {
        using var stop = new CancellationTokenSource();
        var client = Client(Responses.None);
        var options = new StoreApplyOptions { Progress = new OnWait(stop.Cancel) };

        var plan = await client.PlanAsync([], _interrupted);
        var result = await _clock.RunAsync(client.ApplyAsync(plan, options, stop.Token));

        Assert.Equal(
            "The caller stopped the wait for store 'orders'. It is not known whether the statement was executed: check the store before you try again",
            Assert.Single(result.Stores).Exception!.Message
        );
        Assert.Equal(_interrupted.Stores["orders"], result.State.Stores["orders"]);
    }

    [Fact]
    public async Task A_store_of_an_interrupted_create_is_still_known_when_the_catalog_can_not_be_read()
    {
        var isPlanned = false;
        var client = Client(() => isPlanned ? throw new ScriptedException("it broke", "XX000") : Responses.None());

        var plan = await client.PlanAsync([], _interrupted);
        isPlanned = true;
        var result = await _clock.RunAsync(client.ApplyAsync(plan));

        Assert.IsType<StoreBackendException>(Assert.Single(result.Stores).Exception);
        Assert.Equal(_interrupted.Stores["orders"], result.State.Stores["orders"]);
    }

    [Theory]
    [InlineData(StoreWait.Effect)]
    [InlineData(StoreWait.Started)]
    public async Task A_replacement_creates_when_the_old_store_is_gone_however_late(StoreWait wait)
    {
        var startedAt = _clock.GetUtcNow();
        DateTimeOffset? goneAt = null;
        DateTimeOffset? createdAt = null;
        var source = ScriptedDataSource.WithStore(sql =>
        {
            if (sql.StartsWith("CREATE", StringComparison.Ordinal))
            {
                createdAt = _clock.GetUtcNow();
            }
            else if (!Responses.IsPoll(sql))
            {
                goneAt = _clock.GetUtcNow() + TimeSpan.FromSeconds(12);
            }

            return createdAt is not null
                    ? Responses.Store(wait == StoreWait.Started ? "provisioning" : "ready", type: "Postgres")
                : _clock.GetUtcNow() < goneAt ? Responses.Store("ready")
                : Responses.None();
        });
        var client = new StoreClient(source, new() { TimeProvider = _clock });
        var known = new StoreSnapshot
        {
            Subtype = "kafka",
            CreatedAt = Responses.CreatedAt,
            UpdatedAt = Responses.CreatedAt,
            Properties = StoreSnapshot.ValuesOf(Declarations.Kafka, _interrupted.Key),
        };
        var declared = Declarations.Postgres with { Name = "orders" };

        var plan = await client.PlanAsync([declared], new StoreState(_interrupted.Key).With("orders", known));
        var result = await _clock.RunAsync(client.ApplyAsync(plan, new() { Wait = wait }));

        Assert.Equal(StoreAction.Replace, Assert.Single(plan.Stores).Action);
        Assert.True(result.IsDone, result.ToString());
        Assert.Equal(
            ["DROP", "CREATE"],
            source.Statements.Where(s => !Responses.IsPoll(s)).Select(s => s.Split(' ')[0])
        );
        // The third poll sees that it is gone.
        Assert.Equal(startedAt + TimeSpan.FromSeconds(15), createdAt);
        Assert.Equal("postgres", result.State.Stores["orders"].Subtype);
    }

    private StoreClient Client(Func<DataTable> catalog) =>
        new(ScriptedDataSource.Responding(_ => catalog()), new() { TimeProvider = _clock });

    /// <summary>What a process leaves that is killed after it noted its intent.</summary>
    private static StoreState Interrupted()
    {
        var state = new StoreState();
        return state.With(
            "orders",
            new StoreSnapshot
            {
                Subtype = "kafka",
                Attempt = StoreAttempt.Create,
                Attempted = StoreSnapshot.ValuesOf(Declarations.Kafka, state.Key),
            }
        );
    }

    private sealed class OnWait(Action action) : IProgress<StoreApplyEvent>
    {
        public void Report(StoreApplyEvent value)
        {
            if (value.Phase == StoreApplyPhase.Waiting)
            {
                action();
            }
        }
    }
}
