using System.Text.Json;
using DeltaStream.EndToEnd.Tests.Wire;
using DeltaStream.Sdk;

namespace DeltaStream.EndToEnd.Tests.Planning;

/// <summary>Plan and apply, as a program uses them: twice the same is once.</summary>
public sealed class PlanAndApplyTests : EndToEndTest
{
    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task Three_stores_are_created_and_the_second_time_nothing_is_to_do(Transport transport)
    {
        var client = ClientOver(transport);
        var declared = Three();

        var plan = await client.PlanAsync(declared);
        var result = await Clock.RunAsync(client.ApplyAsync(plan));

        Assert.All(plan.Stores, s => Assert.Equal(StoreAction.Create, s.Action));
        Assert.Equal("3 create", plan.Summary());
        Assert.True(result.IsDone, result.ToString());
        Assert.All(result.Stores, s => Assert.True(s.Store!.IsReady));

        var again = await client.PlanAsync(declared, result.State);

        Assert.True(again.IsEmpty, again.ToString());
        Assert.Equal("3 nothing", again.ToString());
    }

    [Fact]
    public async Task Applied_twice_the_second_run_sends_one_query_and_no_statement_that_changes_something()
    {
        using var wire = new RecordingHandler();
        await using var dataSource = DataSourceBy(wire);
        var client = ClientOf(dataSource);
        var declared = Three();
        var first = await Clock.RunAsync(client.ApplyAsync(await client.PlanAsync(declared)));
        first.ThrowIfFailed();
        var sent = wire.Statements.Count;

        var second = await client.ApplyAsync(await client.PlanAsync(declared, first.State));

        Assert.True(second.IsDone, second.ToString());
        Assert.Equal("SELECT", Assert.Single(wire.Statements.Skip(sent))[..6]);
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task A_store_deleted_outside_is_created_again(Transport transport)
    {
        var client = ClientOver(transport);
        var declared = Three();
        var first = await ApplyAsync(client, declared, null);
        await SendAsync("DROP STORE \"store 1\";");

        var plan = await client.PlanAsync(declared, first.State);
        var second = await Clock.RunAsync(client.ApplyAsync(plan));

        Assert.Equal([StoreAction.None, StoreAction.Recreate, StoreAction.None], plan.Stores.Select(s => s.Action));
        Assert.True(second.IsDone, second.ToString());
        Assert.True((await client.GetAsync("store 1"))!.IsReady);
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task A_store_that_exists_and_is_not_known_is_a_conflict_and_adopted_only_if_asked(Transport transport)
    {
        var client = ClientOver(transport);
        var declared = Three()[..1];
        await ApplyAsync(client, declared, null);

        var conflict = await client.PlanAsync(declared);
        var untouched = await client.ApplyAsync(conflict);
        var adoption = await client.PlanAsync(declared, options: new() { Adopt = true });
        var adopted = await Clock.RunAsync(client.ApplyAsync(adoption));
        var after = await client.PlanAsync(declared, adopted.State);

        Assert.True(conflict.HasConflicts);
        Assert.Equal(StoreApplyStatus.NotAttempted, Assert.Single(untouched.Stores).Status);
        Assert.Equal(StoreAction.Adopt, Assert.Single(adoption.Stores).Action);
        Assert.True(adopted.IsDone, adopted.ToString());
        Assert.True(after.IsEmpty, after.ToString());
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task A_changed_secret_is_one_update_and_the_plan_does_not_show_it(Transport transport)
    {
        var client = ClientOver(transport);
        var (good, changed, _) = Subtypes["kafka"];
        var first = await ApplyAsync(client, [good], null);

        var plan = await client.PlanAsync([changed!], first.State);
        var result = await Clock.RunAsync(client.ApplyAsync(plan));

        var json = JsonSerializer.Serialize(plan);
        Assert.Contains("\"Action\":\"Update\"", json, StringComparison.Ordinal);
        Watch.Look("the plan as JSON", json);
        Watch.Look("the plan", plan.ToString());
        Watch.Look("the state", result.State.ToJson());
        var planned = Assert.Single(plan.Stores);
        Assert.Equal(StoreAction.Update, planned.Action);
        Assert.StartsWith("UPDATE STORE ", Assert.Single(planned.Statements), StringComparison.Ordinal);
        Assert.True(result.IsDone, result.ToString());
        Assert.True((await client.PlanAsync([changed!], result.State)).IsEmpty);
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task Another_subtype_replaces_the_store(Transport transport)
    {
        var client = ClientOver(transport);
        var first = await ApplyAsync(client, [Subtypes["kafka"].Good], null);

        var plan = await client.PlanAsync([Subtypes["postgres"].Good], first.State);
        var result = await Clock.RunAsync(client.ApplyAsync(plan));

        Assert.Equal(StoreAction.Replace, Assert.Single(plan.Stores).Action);
        Assert.True(result.IsDone, result.ToString());
        Assert.Equal("postgres", (await client.GetAsync(Subtypes.Name))!.Subtype!.Name);
        Assert.True((await client.PlanAsync([Subtypes["postgres"].Good], result.State)).IsEmpty);
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task What_is_no_longer_declared_is_kept_and_deleted_only_if_asked(Transport transport)
    {
        var client = ClientOver(transport);
        var first = await ApplyAsync(client, Three(), null);
        var declared = Three()[..2];

        var kept = await client.PlanAsync(declared, first.State);
        var plan = await client.PlanAsync(declared, first.State, new() { Delete = true });
        var result = await Clock.RunAsync(client.ApplyAsync(plan));

        Assert.True(kept.IsEmpty, kept.ToString());
        Assert.Equal("2 nothing, 1 delete", plan.Summary());
        Assert.True(result.IsDone, result.ToString());
        Assert.Null(await client.GetAsync("store 2"));
        Assert.Equal(["store 0", "store 1"], result.State.Stores.Keys);
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task A_plan_that_is_out_of_date_is_refused_store_by_store(Transport transport)
    {
        var client = ClientOver(transport);
        var plan = await client.PlanAsync(Three());
        await Clock.RunAsync(client.CreateAsync(Three()[1]));

        var result = await Clock.RunAsync(client.ApplyAsync(plan));

        Assert.Equal(
            [StoreApplyStatus.Done, StoreApplyStatus.Failed, StoreApplyStatus.Done],
            result.Stores.Select(s => s.Status)
        );
        var outdated = Assert.IsType<StorePlanOutdatedException>(result.Stores[1].Exception);
        Assert.Contains("was created at", outdated.Message, StringComparison.Ordinal);
        Assert.Equal(StatementFate.NotSent, outdated.Statement);
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task A_failed_update_and_the_old_password_again_is_an_update(Transport transport)
    {
        var client = ClientOver(transport);
        var (good, _, bad) = Subtypes["postgres"];
        var first = await ApplyAsync(client, [good], null);

        var failed = await Clock.RunAsync(client.ApplyAsync(await client.PlanAsync([bad!], first.State)));
        var back = await client.PlanAsync([good], failed.State);
        var mended = await Clock.RunAsync(client.ApplyAsync(back));

        Assert.IsType<StoreErroredException>(Assert.Single(failed.Stores).Exception);
        Assert.Equal(StoreAction.Retry, Assert.Single(back.Stores).Action);
        Assert.True(mended.IsDone, mended.ToString());
        Assert.True((await client.PlanAsync([good], mended.State)).IsEmpty);
    }

    private async Task<StoreApplyResult> ApplyAsync(StoreClient client, StoreArgs[] declared, StoreState? known)
    {
        var result = await Clock.RunAsync(client.ApplyAsync(await client.PlanAsync(declared, known)));
        result.ThrowIfFailed();
        return result;
    }

    private StoreArgs[] Three() =>
        [
            .. new[] { "kafka", "postgres", "snowflake" }.Select(
                (subtype, i) => Subtypes[subtype].Good with { Name = FormattableString.Invariant($"store {i}") }
            ),
        ];
}
