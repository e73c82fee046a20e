using DeltaStream.Data;
using DeltaStream.Pulumi.Tests.Provider;
using DeltaStream.Pulumi.Wire;
using DeltaStream.Sdk;
using DeltaStream.TestSupport;
using Google.Protobuf.WellKnownTypes;
using static DeltaStream.Pulumi.Wire.PropertyDiff.Types;

namespace DeltaStream.Pulumi.Tests;

/// <summary>Stores that somebody else changed, deleted, created anew, or made before.</summary>
public sealed class OutsideTests : DrivenTest
{
    private readonly Lazy<StoreClient> _outside;

    public OutsideTests() =>
        _outside = new Lazy<StoreClient>(() =>
            new StoreClient(
                DeltaStreamDataSource.Create(Emulator.RestConnectionString),
                new StoreClientOptions { TimeProvider = Clock }
            )
        );

    private StoreClient Outside => _outside.Value;

    [Fact]
    public async Task A_store_that_was_deleted_is_gone_when_it_is_read()
    {
        var (outputs, inputs) = await CreatedAsync(Kafka());
        await Clock.RunAsync(Outside.DeleteAsync("orders"));

        Assert.Empty((await Provider.ReadAsync(outputs, inputs)).Id);
        // An engine that does not read first still ends with the store.
        var updated = await Clock.RunAsync(Provider.UpdateAsync(outputs, inputs, inputs).ResponseAsync);
        Assert.Equal("ready", EngineValue.At(updated.Properties, "state")?.StringValue);
    }

    [Fact]
    public async Task A_store_that_was_updated_shows_what_is_told_and_sends_the_rest_again()
    {
        var (outputs, inputs) = await CreatedAsync(Kafka());
        await UpdateOutsideAsync("b-9.example.com:9092");

        var read = await Provider.ReadAsync(outputs, inputs);

        Assert.Equal("b-9.example.com:9092", EngineValue.At(read.Properties, "kafka.uris")?.StringValue);
        Assert.Equal("b-9.example.com:9092", EngineValue.At(read.Inputs, "kafka.uris")?.StringValue);
        var diff = await Provider.DiffAsync(read.Properties, inputs, read.Inputs);
        Assert.Equal(Kind.Update, diff.DetailedDiff["kafka.uris"].Kind);
        // Nobody can tell whether the password is still the one.
        Assert.Contains("kafka.saslPassword", diff.DetailedDiff.Keys);
        Assert.Empty(diff.Replaces);
        var updated = await Clock.RunAsync(Provider.UpdateAsync(read.Properties, read.Inputs, inputs).ResponseAsync);
        Assert.Equal(
            DiffResponse.Types.DiffChanges.DiffNone,
            (await Provider.DiffAsync(updated.Properties, inputs)).Changes
        );
        Assert.DoesNotContain("__described", updated.Properties.Fields.Keys);
    }

    [Fact]
    public async Task A_store_that_was_created_anew_is_not_touched()
    {
        var (outputs, inputs) = await CreatedAsync(Kafka());
        await Clock.RunAsync(Outside.DeleteAsync("orders"));
        Clock.Advance(TimeSpan.FromSeconds(1));
        await Clock.RunAsync(Outside.CreateAsync(Declared("b-1.example.com:9092")));
        var changes = Changes.Length;

        var read = await Provider.ReadAsync(outputs, inputs);
        Assert.Contains(
            Provider.Log.Lines,
            l => l.Severity == LogSeverity.Warning && l.Message.Contains("created it anew", StringComparison.Ordinal)
        );
        var message = await ProviderClient.RefusedAsync(() =>
            Clock.RunAsync(Provider.UpdateAsync(read.Properties, inputs, inputs).ResponseAsync)
        );
        Assert.Contains("pulumi import deltastream:index:Store NAME 'orders'", message, StringComparison.Ordinal);
        await Provider.DeleteAsync(read.Properties);
        Assert.Contains(
            Provider.Log.Lines,
            l => l.Message.StartsWith("Store 'orders' is not deleted: ", StringComparison.Ordinal)
        );

        Assert.Equal(changes, Changes.Length);
        Assert.NotNull(await Outside.GetAsync("orders"));
    }

    [Fact]
    public async Task A_store_that_exists_is_a_conflict_and_can_be_imported()
    {
        await Clock.RunAsync(Outside.CreateAsync(Declared("b-1.example.com:9092")));
        var inputs = await Provider.CheckAsync(Kafka());

        var message = await ProviderClient.RefusedAsync(() => Clock.RunAsync(Provider.CreateAsync(Kafka())));
        Assert.Contains("pulumi import deltastream:index:Store NAME 'orders'", message, StringComparison.Ordinal);
        Assert.Contains("deleteBeforeReplace", message, StringComparison.Ordinal);

        // The engine imports by the ID alone.
        var imported = await Provider.Client.ReadAsync(new ReadRequest { Id = "orders", Urn = Urn() });
        Assert.Equal("orders", EngineValue.At(imported.Inputs, "name")?.StringValue);
        Assert.Equal("b-1.example.com:9092", EngineValue.At(imported.Inputs, "kafka.uris")?.StringValue);
        Assert.Equal("ready", EngineValue.At(imported.Properties, "state")?.StringValue);
        var diff = await Provider.DiffAsync(imported.Properties, inputs, imported.Inputs);
        Assert.Equal(DiffResponse.Types.DiffChanges.DiffSome, diff.Changes);
        Assert.Empty(diff.Replaces);
        Assert.Equal(Kind.Add, diff.DetailedDiff["kafka.saslPassword"].Kind);
        Assert.DoesNotContain("kafka.uris", diff.DetailedDiff.Keys);
        var updated = await Clock.RunAsync(
            Provider.UpdateAsync(imported.Properties, imported.Inputs, inputs).ResponseAsync
        );
        Assert.Equal(
            DiffResponse.Types.DiffChanges.DiffNone,
            (await Provider.DiffAsync(updated.Properties, inputs)).Changes
        );
    }

    [Fact]
    public async Task Importing_what_the_service_does_not_tell_never_replaces()
    {
        await Clock.RunAsync(Provider.CreateAsync(Databricks()));
        var inputs = await Provider.CheckAsync(Databricks());

        var imported = await Provider.Client.ReadAsync(new ReadRequest { Id = "orders", Urn = Urn() });

        Assert.Empty((await Provider.DiffAsync(imported.Properties, inputs, imported.Inputs)).Replaces);
    }

    [Fact]
    public async Task What_was_declared_after_an_import_replaces_when_it_is_changed()
    {
        await Clock.RunAsync(Provider.CreateAsync(Databricks()));
        var inputs = await Provider.CheckAsync(Databricks());
        var imported = await Provider.Client.ReadAsync(new ReadRequest { Id = "orders", Urn = Urn() });
        var updated = await Clock.RunAsync(
            Provider.UpdateAsync(imported.Properties, imported.Inputs, inputs).ResponseAsync
        );

        var diff = await Provider.DiffAsync(updated.Properties, inputs.With("databricks.cloudRegion", "us-west-2"));

        Assert.Equal(Kind.UpdateReplace, diff.DetailedDiff["databricks.cloudRegion"].Kind);
    }

    [Fact]
    public async Task A_password_in_somebody_elses_address_is_a_secret()
    {
        var (outputs, inputs) = await CreatedAsync(Kafka());
        // The service may show one; nobody can declare it here.
        var described = EngineValue.At((await Provider.ReadAsync(outputs, inputs)).Properties, "__described");
        Assert.True(EngineValue.IsSecret((await Provider.ReadAsync(outputs, inputs)).Properties.Fields["__described"]));
        Assert.NotNull(described);
        var secret = inputs.With("kafka.uris", EngineValue.Secret("b-1.example.com:9092"));
        await UpdateOutsideAsync("b-9.example.com:9092");

        var read = await Provider.ReadAsync(outputs, secret);

        Assert.True(EngineValue.IsSecret(EngineValue.At(read.Inputs, "kafka.uris")!));
    }

    [Fact]
    public async Task Importing_what_does_not_exist_finds_nothing() =>
        Assert.Empty((await Provider.Client.ReadAsync(new ReadRequest { Id = "nothing", Urn = Urn() })).Id);

    private async Task<(Struct Outputs, Struct Inputs)> CreatedAsync(Struct inputs)
    {
        var created = await Clock.RunAsync(Provider.CreateAsync(inputs));
        Clock.Advance(TimeSpan.FromSeconds(1));
        return (created.Properties, await Provider.CheckAsync(inputs));
    }

    private Task<Store> UpdateOutsideAsync(string uris) =>
        Clock.RunAsync(Outside.UpdateAsync(Declared(uris), Declared("b-1.example.com:9092")));

    private static KafkaStoreArgs Declared(string uris) =>
        new()
        {
            Name = "orders",
            Uris = uris,
            SaslHashFunction = KafkaSaslHashFunction.Sha512,
            SaslUsername = "other",
            SaslPassword = "other",
        };
}
