using DeltaStream.Emulator;
using DeltaStream.Sdk;
using DeltaStream.TestSupport;

namespace DeltaStream.EndToEnd.Tests.Planning;

/// <summary>
/// The acceptance scenarios and edge cases of the specification (section 6), through plan and apply: every subtype, both
/// transports.
/// </summary>
public sealed class AcceptanceTests : EndToEndTest
{
    // Longer than a wait lasts (D-012), and shorter than two.
    private static readonly TimeSpan s_slow = TimeSpan.FromMinutes(11);

    private TimeSpan _delay = ProvisionDelay;

    [Requirement("FR-001", "FR-003")]
    [Theory]
    [MemberData(nameof(Transports.BySubtype), MemberType = typeof(Transports))]
    public async Task Scenario_1_a_new_store_is_created_and_ready_before_apply_succeeds(
        string subtype,
        Transport transport
    )
    {
        var client = ClientOver(transport);
        var polls = new List<string?>();

        var plan = await client.PlanAsync([Subtypes[subtype].Good]);
        var events = await Clock.RunAsync(client.ApplyEventsAsync(plan).ToListAsync().AsTask());

        Assert.Equal(StoreAction.Create, Assert.Single(plan.Stores).Action);
        polls.AddRange(events.Where(e => e.Phase == StoreApplyPhase.Waiting).Select(e => e.Readiness!.State));
        Assert.Equal(Store.Ready, polls[^1]);
        Assert.True(polls.Count > 2, "it was ready at once, so nothing shows that apply waited");
        Assert.Equal(StoreApplyPhase.Done, events[^1].Phase);
        Assert.True((await client.GetAsync(Subtypes.Name))!.IsReady);
    }

    [Requirement("FR-003", "FR-011", "NFR-001")]
    [Theory]
    [MemberData(nameof(Transports.BySubtype), MemberType = typeof(Transports))]
    public async Task Scenario_2_a_store_that_is_still_provisioning_at_the_limit_fails_with_its_status(
        string subtype,
        Transport transport
    )
    {
        await SlowAsync();
        var client = ClientOver(transport);
        var declared = Subtypes[subtype].Good;
        var start = Clock.GetUtcNow();

        var result = await Clock.RunAsync(client.ApplyAsync(await client.PlanAsync([declared])));

        var failed = Assert.Single(result.Stores);
        var timeout = Assert.IsType<StoreReadinessTimeoutException>(failed.Exception);
        Assert.InRange(Clock.GetUtcNow() - start, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10.2));
        Assert.Equal("provisioning", timeout.LastState);
        foreach (var said in new[] { subtype, declared.Name, "600", "provisioning" })
        {
            Assert.Contains(said, timeout.Message, StringComparison.Ordinal);
        }

        // The store exists, and the state knows it: the next plan goes on with it.
        var again = await client.PlanAsync([declared], result.State);
        Assert.Equal(StoreAction.Wait, Assert.Single(again.Stores).Action);
    }

    [Requirement("FR-005")]
    [Theory]
    [MemberData(nameof(Transports.BySubtype), MemberType = typeof(Transports))]
    public async Task Scenario_3_a_mutable_field_is_updated_in_place(string subtype, Transport transport)
    {
        var client = ClientOver(transport);
        var (good, changed, _) = Subtypes[subtype];
        // A subtype of which the service updates nothing has only replacements.
        Assert.Equal(good.Subtype.Properties.Any(p => p.Mutable), changed is not null);
        if (changed is null)
        {
            return;
        }

        var first = await AppliedAsync(client, good, null);
        var created = (await client.GetAsync(good.Name))!.CreatedAt;

        var plan = await client.PlanAsync([changed], first.State);
        var result = await Clock.RunAsync(client.ApplyAsync(plan));

        var planned = Assert.Single(plan.Stores);
        Assert.Equal(StoreAction.Update, planned.Action);
        Assert.All(planned.Changes, c => Assert.True(c.InPlace));
        Assert.True(result.IsDone, result.ToString());
        Assert.Equal(created, (await client.GetAsync(good.Name))!.CreatedAt);
    }

    [Requirement("FR-003", "FR-004")]
    [Theory]
    [MemberData(nameof(Transports.BySubtype), MemberType = typeof(Transports))]
    public async Task Scenario_4_a_store_deleted_outside_is_recreated_and_ready(string subtype, Transport transport)
    {
        var client = ClientOver(transport);
        var declared = Subtypes[subtype].Good;
        var first = await AppliedAsync(client, declared, null);
        await Clock.RunAsync(client.DeleteAsync(declared.Name));

        var plan = await client.PlanAsync([declared], first.State);
        var result = await Clock.RunAsync(client.ApplyAsync(plan));

        Assert.Equal(StoreAction.Recreate, Assert.Single(plan.Stores).Action);
        Assert.True(result.IsDone, result.ToString());
        Assert.True(Assert.Single(result.Stores).Store!.IsReady);
    }

    [Requirement("FR-006")]
    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task Edge_case_1_an_unsupported_subtype_is_a_validation_error(Transport transport)
    {
        var unsupported = Assert.Throws<StoreValidationException>(() => StoreSubtypes.Get("mysql"));
        Assert.Equal(StoreValidationCodes.UnsupportedSubtype, Assert.Single(unsupported.Failures).Code);
        Assert.Contains("use one of ", unsupported.Message, StringComparison.Ordinal);

        // The state of a newer version: its store is replaced if it is declared otherwise, and deleted if it is not declared.
        var client = ClientOver(transport);
        var first = await AppliedAsync(client, Subtypes["kafka"].Good, null);
        var newer = StoreState.Parse(
            first.State.ToJson().Replace("\"kafka\"", "\"mysql\"", StringComparison.Ordinal),
            first.State.Key
        );
        var other = await client.PlanAsync([Subtypes["kafka"].Good], newer);
        var none = await client.PlanAsync([], newer, new StorePlanOptions { Delete = true });

        Assert.Equal(StoreAction.Replace, Assert.Single(other.Stores).Action);
        Assert.Equal(StoreAction.Delete, Assert.Single(none.Stores).Action);
    }

    [Requirement("FR-011")]
    [Theory]
    [MemberData(nameof(Transports.BySubtype), MemberType = typeof(Transports))]
    public async Task Edge_case_2_an_update_that_never_ends_is_a_timeout_error(string subtype, Transport transport)
    {
        var client = ClientOver(transport);
        var (good, changed, _) = Subtypes[subtype];
        if (changed is null)
        {
            return;
        }

        await SlowAsync();
        client = ClientOver(transport);
        var slow = await Clock.RunAsync(client.ApplyAsync(await client.PlanAsync([good])));
        Assert.IsType<StoreReadinessTimeoutException>(Assert.Single(slow.Stores).Exception);
        // Applied again, it goes on waiting.
        var first = await AppliedAsync(client, good, slow.State);

        var result = await Clock.RunAsync(client.ApplyAsync(await client.PlanAsync([changed], first.State)));

        var timeout = Assert.IsType<StoreReadinessTimeoutException>(Assert.Single(result.Stores).Exception);
        Assert.Equal(StatementFate.Executed, timeout.Statement);
    }

    [Requirement("FR-008", "FR-009")]
    [Theory]
    [MemberData(nameof(Transports.BySubtype), MemberType = typeof(Transports))]
    public async Task Edge_case_3_invalid_credentials_fail_a_create_and_an_update_with_the_services_words(
        string subtype,
        Transport transport
    )
    {
        var client = ClientOver(transport);
        var (good, _, bad) = Subtypes[subtype];
        if (bad is null)
        {
            return;
        }

        var create = await Clock.RunAsync(client.ApplyAsync(await client.PlanAsync([bad])));
        await Clock.RunAsync(client.DeleteAsync(bad.Name));
        var first = await AppliedAsync(client, good, null);
        var update = await Clock.RunAsync(client.ApplyAsync(await client.PlanAsync([bad], first.State)));

        foreach (var result in new[] { create, update })
        {
            var errored = Assert.IsType<StoreErroredException>(Assert.Single(result.Stores).Exception);
            Assert.Contains("authentication failed", errored.StatusMessage, StringComparison.Ordinal);
            Assert.Contains(errored.StatusMessage!, errored.Message, StringComparison.Ordinal);
            Assert.Contains(errored.StatusMessage!, result.ToString(), StringComparison.Ordinal);
        }
    }

    protected override DeltaStreamEmulatorOptions Options() =>
        new()
        {
            Password = Watch.Canary(),
            Token = Watch.Canary(),
            TimeProvider = Clock,
            ProvisionDelay = _delay,
            Accounts = Subtypes.Accounts,
            LoggerFactory = Watch.Logs,
        };

    private Task SlowAsync()
    {
        _delay = s_slow;
        return StartAsync(Options());
    }

    private async Task<StoreApplyResult> AppliedAsync(StoreClient client, StoreArgs declared, StoreState? known)
    {
        var result = await Clock.RunAsync(client.ApplyAsync(await client.PlanAsync([declared], known)));
        result.ThrowIfFailed();
        return result;
    }
}
