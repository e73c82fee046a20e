using DeltaStream.Sdk.Tests.Scripted;
using DeltaStream.TestSupport;

namespace DeltaStream.Sdk.Tests.Client;

/// <summary>Somebody changed the owner of a store: a plan says so, and changes it only when the declaration names an owner.</summary>
public sealed class OwnerDriftTests
{
    private const string Said =
        "the owner was changed outside from 'team\\u001B' to 'sysadmin', and no update changes it";

    private readonly DrivenClock _clock = new();

    [Fact]
    public async Task It_is_said_until_an_apply_has_shown_it()
    {
        var client = Client();
        var created = await _clock.RunAsync(client.ApplyAsync(await client.PlanAsync([Declarations.Kafka], Owned())));
        Assert.Equal("sysadmin", created.State.Stores["orders"].ShownOwner);

        var plan = await client.PlanAsync([Declarations.Kafka], Owned());
        var again = await client.PlanAsync([Declarations.Kafka], created.State);

        var planned = Assert.Single(plan.Stores);
        Assert.Equal((StoreAction.None, Said), (planned.Action, planned.Drift));
        Assert.True(plan.IsEmpty);
        Assert.Equal(
            $"= orders (kafka): nothing, because it is as declared\n    ! {Said}\n1 nothing",
            plan.ToString(),
            ignoreLineEndingDifferences: true
        );
        Assert.Null(Assert.Single(again.Stores).Drift);
        Assert.Equal("1 nothing", again.ToString());
    }

    [Theory]
    [InlineData("sysadmin", StoreAction.None)]
    [InlineData("team\u001b", StoreAction.Replace)]
    public void It_is_no_drift_when_the_declaration_names_an_owner(string owner, StoreAction action)
    {
        var row = new Store
        {
            Name = "orders",
            Type = "Kafka",
            State = Store.Ready,
            Owner = "sysadmin",
            CreatedAt = Responses.CreatedAt,
            UpdatedAt = Responses.CreatedAt,
        };
        var planner = new Sdk.Planning.StorePlanner(Owned(), new StorePlanOptions(), null, []);
        var views = new Dictionary<string, Sdk.Planning.StoreView> { ["orders"] = new(row) };

        var planned = Assert.Single(planner.Plan([Declarations.Kafka with { Owner = owner }], views).Stores);

        Assert.Equal((action, null), (planned.Action, planned.Drift));
    }

    private StoreClient Client() =>
        new(ScriptedDataSource.Responding(_ => Responses.Store("ready")), new() { TimeProvider = _clock });

    private static StoreState Owned()
    {
        var state = new StoreState();
        return state.With(
            "orders",
            new StoreSnapshot
            {
                Subtype = "kafka",
                ShownOwner = "team\u001b",
                CreatedAt = Responses.CreatedAt,
                UpdatedAt = Responses.CreatedAt,
                Properties = StoreSnapshot.ValuesOf(Declarations.Kafka, state.Key),
            }
        );
    }
}
