using DeltaStream.Sdk.Planning;
using DeltaStream.Sdk.Snapshots;
using DeltaStream.Sdk.Tests.Overrides;

namespace DeltaStream.Sdk.Tests.Planning;

/// <summary>What an update of a plan sends and shows: what is taken away from a store that errored, and what became secret.</summary>
public sealed class StoreComparisonTests
{
    private static readonly StoreStateKey s_key = StoreStateKey.Create();
    private static readonly DateTimeOffset s_created = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly OwnStoreArgs s_bare = new()
    {
        Name = "orders",
        Note = "what it is for",
        Token = "no-secret",
    };

    [Fact]
    public void What_is_taken_away_from_a_store_that_errored_is_taken_away_by_the_retry()
    {
        var planned = Plan(s_bare, Known(s_bare with { Registry = "registry" }));

        AssertTakenAway(planned, StoreAction.Retry);
        Assert.Equal("- registry = 'registry'", Assert.Single(planned.Changes).ToString());
    }

    [Fact]
    public void What_an_interrupted_update_may_have_added_to_a_store_that_errored_is_taken_away_by_the_retry()
    {
        var known = Known(s_bare) with
        {
            Attempt = StoreAttempt.Update,
            Attempted = StoreSnapshot.ValuesOf(s_bare with { Registry = "registry" }, s_key),
        };

        AssertTakenAway(Plan(s_bare, known), StoreAction.Retry);
    }

    [Theory]
    [InlineData(StoreUnknownValues.SendAll)]
    [InlineData(StoreUnknownValues.Keep)]
    public void What_somebody_may_have_added_to_a_store_that_errored_is_taken_away_by_the_retry(
        StoreUnknownValues unknown
    )
    {
        var known = Known(s_bare) with { UpdatedAt = s_created.AddDays(-1) };

        AssertTakenAway(Plan(s_bare, known, unknown), StoreAction.Retry);
    }

    [Theory]
    [InlineData(StoreUnknownValues.SendAll)]
    [InlineData(StoreUnknownValues.Keep)]
    public void What_an_errored_store_may_have_is_taken_away_when_it_is_taken_over(StoreUnknownValues unknown) =>
        AssertTakenAway(Plan(s_bare, null, unknown), StoreAction.Adopt);

    [Fact]
    public void What_is_left_out_of_its_group_is_taken_away_from_a_kafka_store_that_errored()
    {
        var open = Declarations.Kafka with
        {
            SaslHashFunction = KafkaSaslHashFunction.None,
            SaslUsername = null,
            SaslPassword = null,
        };

        var planned = Plan(open, Known(Declarations.Kafka));

        Assert.Equal(StoreAction.Retry, planned.Action);
        var statement = Assert.Single(planned.Statements);
        Assert.Contains("'kafka.sasl.hash_function' = NONE", statement, StringComparison.Ordinal);
        Assert.DoesNotContain("kafka.sasl.username", statement, StringComparison.Ordinal);
    }

    [Fact]
    public void The_plain_value_of_a_property_that_became_secret_is_not_shown()
    {
        const string Old = "old-plain-token";
        var known = Known(s_bare);
        known = known with
        {
            Properties = new Dictionary<string, StoreSnapshotValue?>(known.Properties!)
            {
                ["token"] = new StoreSnapshotValue(Old),
            },
        };

        var planned = Plan(s_bare, known, state: Store.Ready);

        Assert.Equal(StoreAction.Update, planned.Action);
        Assert.Equal("~ token: *** -> ***", Assert.Single(planned.Changes).ToString());
        Assert.DoesNotContain(Old, System.Text.Json.JsonSerializer.Serialize(planned), StringComparison.Ordinal);
    }

    private static void AssertTakenAway(PlannedStore planned, StoreAction action)
    {
        Assert.Equal(action, planned.Action);
        Assert.DoesNotContain("registry", planned.Unknown);
        Assert.Contains("'registry.name' = NULL", Assert.Single(planned.Statements), StringComparison.Ordinal);
    }

    private static StoreSnapshot Known(StoreArgs store) =>
        new()
        {
            Subtype = store.Subtype.Name,
            CreatedAt = s_created,
            UpdatedAt = s_created,
            Properties = StoreSnapshot.ValuesOf(store, s_key),
        };

    private static PlannedStore Plan(
        StoreArgs declared,
        StoreSnapshot? known,
        StoreUnknownValues unknown = StoreUnknownValues.SendAll,
        string state = Store.Errored
    )
    {
        var row = new Store
        {
            Name = declared.Name,
            Type = declared.Subtype.Type,
            State = state,
            Owner = "sysadmin",
            CreatedAt = s_created,
            UpdatedAt = s_created,
        };
        var states = known is null ? new StoreState(s_key) : new StoreState(s_key).With(declared.Name, known);
        var options = new StorePlanOptions { Adopt = true, Unknown = unknown };
        var views = new Dictionary<string, StoreView> { [declared.Name] = new StoreView(row) };
        return Assert.Single(new StorePlanner(states, options, null, []).Plan([declared], views).Stores);
    }
}
