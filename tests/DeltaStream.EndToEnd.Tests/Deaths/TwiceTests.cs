using DeltaStream.Emulator;
using DeltaStream.Sdk;

namespace DeltaStream.EndToEnd.Tests.Deaths;

/// <summary>An apply ends twice before it is done, each time with another declaration: what the first one did is not forgotten.</summary>
public sealed class TwiceTests : EndToEndTest
{
    private static readonly PostgresStoreArgs s_first = new()
    {
        Name = "orders",
        Uris = "db.example.com/demo",
        Username = "deltastream",
        Password = "first",
        Description = "first",
    };

    private static readonly ClickhouseStoreArgs s_other = new()
    {
        Name = "orders",
        Uris = "https://views.example.com:8443",
        Username = "default",
        Password = "first",
    };

    // What a killed process left behind.
    private StoreState _kept = new();

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task What_an_update_may_have_changed_is_sent_again(Transport transport)
    {
        var client = ClientOver(transport);
        await ApplyAsync(client, s_first);
        await DieAsync(client, [s_first with { Description = "second" }], isSent: true);
        var changed = s_first with { Password = "second" };
        await DieAsync(client, [changed], isSent: false);

        var plan = await ApplyAsync(client, changed);

        Assert.Equal(StoreAction.Update, plan.Action);
        Assert.Contains(plan.Changes, c => c.Property == "description");
        Assert.Contains("'description' = 'first'", Assert.Single(plan.Statements), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task What_an_update_may_have_changed_is_sent_again_after_a_deletion(Transport transport)
    {
        var client = ClientOver(transport);
        await ApplyAsync(client, s_first);
        await DieAsync(client, [s_first with { Password = "second" }], isSent: true);
        await DieAsync(client, [], isSent: false);

        var plan = await ApplyAsync(client, s_first);

        Assert.Equal(StoreAction.Update, plan.Action);
        Assert.Contains(plan.Changes, c => c.Property == "password");
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task A_store_that_was_created_and_is_to_be_replaced_is_still_known(Transport transport)
    {
        var client = ClientOver(transport);
        await DieAsync(client, [s_first], isSent: true);
        await DieAsync(client, [s_other], isSent: false);

        var plan = await ApplyAsync(client, s_other);

        Assert.Equal(StoreAction.Replace, plan.Action);
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task A_store_that_was_created_and_is_no_longer_declared_is_still_known(Transport transport)
    {
        var client = ClientOver(transport);
        await DieAsync(client, [s_first], isSent: true);
        await DieAsync(client, [], isSent: false);

        var plan = await client.PlanAsync([], _kept, new StorePlanOptions { Delete = true });

        Assert.Equal("1 delete", plan.Summary());
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task A_store_of_somebody_else_is_a_conflict_after_an_interrupted_create(Transport transport)
    {
        var client = ClientOver(transport);
        await DieAsync(client, [s_first], isSent: false);
        await Clock.RunAsync(client.CreateAsync(s_first with { Uris = "db.example.com/another" }));

        var declared = await client.PlanAsync([s_first], _kept);
        var undeclared = await client.PlanAsync([], _kept, new StorePlanOptions { Delete = true });

        Assert.Equal(StoreAction.Conflict, Assert.Single(declared.Stores).Action);
        Assert.Equal(StoreAction.Conflict, Assert.Single(undeclared.Stores).Action);
        Assert.Contains("its uris is ", Assert.Single(undeclared.Stores).Reason, StringComparison.Ordinal);
    }

    // Every credential is accepted.
    protected override DeltaStreamEmulatorOptions Options() =>
        new()
        {
            Password = Watch.Canary(),
            Token = Watch.Canary(),
            TimeProvider = Clock,
            LoggerFactory = Watch.Logs,
        };

    private async Task<PlannedStore> ApplyAsync(StoreClient client, StoreArgs store)
    {
        var plan = await client.PlanAsync([store], _kept);
        var result = await Clock.RunAsync(client.ApplyAsync(plan));
        result.ThrowIfFailed();
        _kept = result.State;
        var again = await client.PlanAsync([store], _kept);
        Assert.True(again.IsEmpty, again.ToString());
        return Assert.Single(plan.Stores);
    }

    /// <summary>Ends after the intent is kept, or after the statement was executed and before that is kept.</summary>
    private async Task DieAsync(StoreClient client, StoreArgs[] stores, bool isSent)
    {
        var saves = 0;
        var plan = await client.PlanAsync(stores, _kept, new StorePlanOptions { Delete = true });
        var result = await Clock.RunAsync(client.ApplyAsync(plan, new StoreApplyOptions { SaveState = SaveAsync }));
        Assert.IsType<IOException>(Assert.Single(result.Stores).Exception);

        ValueTask SaveAsync(StoreState state, CancellationToken cancellationToken)
        {
            saves++;
            if (saves == 1)
            {
                _kept = state;
            }

            return saves == 1 && isSent ? default : throw new IOException("the process ended");
        }
    }
}
