using DeltaStream.Pulumi.Protocol;
using DeltaStream.Pulumi.Stores;
using DeltaStream.Pulumi.Tests.Provider;
using DeltaStream.Pulumi.Wire;
using DeltaStream.Sdk.Statements;
using DeltaStream.TestSupport;
using Google.Protobuf.WellKnownTypes;

namespace DeltaStream.Pulumi.Tests;

/// <summary>Stores that are never ready: nothing is orphaned, and the next run goes on.</summary>
public sealed class FailureTests : DrivenTest
{
    protected override TimeSpan ProvisionDelay => TimeSpan.FromMinutes(30);

    [Requirement("FR-003", "FR-011", "NFR-001")]
    [Fact]
    public async Task A_store_that_is_not_ready_in_time_is_kept_and_waited_for_again()
    {
        var inputs = await Provider.CheckAsync(Kafka());

        var failed = await ProviderClient.FailAsync(() => Clock.RunAsync(Provider.CreateAsync(Kafka())));

        Assert.Equal("orders", failed.Id);
        Assert.True(failed.RefreshBeforeUpdate);
        Assert.Equal("provisioning", EngineValue.At(failed.Properties, "state")?.StringValue);
        Assert.Equal("Kafka", EngineValue.At(failed.Properties, "type")?.StringValue);
        Assert.Contains(
            "Store 'orders' (kafka) was not ready after 600 s; last state: provisioning, ",
            Assert.Single(failed.Reasons),
            StringComparison.Ordinal
        );
        // How far it is shows while it waits.
        Assert.Contains(
            Provider.Log.Lines,
            l => l.Ephemeral && l.Urn == Urn() && l.Message.StartsWith("provisioning, ", StringComparison.Ordinal)
        );

        // The next run reads, finds a difference, and updates: nothing is sent, and the wait goes on.
        var read = await Provider.ReadAsync(failed.Properties, inputs);
        Assert.Equal(
            DiffResponse.Types.DiffChanges.DiffSome,
            (await Provider.DiffAsync(read.Properties, inputs)).Changes
        );
        Clock.Advance(TimeSpan.FromMinutes(25));
        var updated = await Clock.RunAsync(Provider.UpdateAsync(read.Properties, inputs, inputs).ResponseAsync);

        Assert.Equal("ready", EngineValue.At(updated.Properties, "state")?.StringValue);
        Assert.Single(Changes);
        Assert.Equal(
            DiffResponse.Types.DiffChanges.DiffNone,
            (await Provider.DiffAsync(updated.Properties, inputs)).Changes
        );
    }

    [Fact]
    public async Task Cancel_ends_the_wait_and_says_what_is_left()
    {
        var creation = Provider.CreateAsync(Kafka());
        while (Provider.Log.Lines.IsEmpty)
        {
            await Task.Yield();
        }

        await Provider.Client.CancelAsync(new Empty());
        var failed = await ProviderClient.FailAsync(() => creation);

        Assert.Equal("orders", failed.Id);
        Assert.Contains("orders", Assert.Single(failed.Reasons), StringComparison.Ordinal);
        Assert.Single(Changes);
        // Nothing is begun after that, until another engine comes.
        await ProviderClient.RefusedAsync(() => Provider.CreateAsync(Postgres("others")));
        Assert.Single(Changes);
    }

    [Fact]
    public async Task A_store_that_is_kept_can_be_deleted()
    {
        var failed = await ProviderClient.FailAsync(() => Clock.RunAsync(Provider.CreateAsync(Kafka())));

        await Clock.RunAsync(Provider.DeleteAsync(failed.Properties));

        Assert.Contains("DROP STORE", Changes[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_service_repeats_of_an_older_password_is_hidden()
    {
        var failed = await ProviderClient.FailAsync(() => Clock.RunAsync(Provider.CreateAsync(Kafka())));
        // A deletion has no declaration, and the outputs repeat the one of before.
        var declared = StoreInputs.Declared(PropertyCodec.Read(failed.Properties));

        Assert.NotNull(declared);
        Assert.Equal(
            "bad password '***'",
            StoreStatement.Redaction(declared).Redact($"bad password '{Mark}-password'")
        );
    }

    [Fact]
    public async Task A_preview_asks_nobody_and_leaves_open_what_only_the_service_knows()
    {
        var inputs = await Provider.CheckAsync(Kafka());

        var created = await Provider.Client.CreateAsync(
            new CreateRequest
            {
                Urn = Urn(),
                Properties = inputs,
                Preview = true,
            }
        );

        Assert.Empty(created.Id);
        foreach (var name in (string[])["type", "state", "owner", "createdAt", "updatedAt"])
        {
            Assert.Equal(EngineValue.Unknown, created.Properties.Fields[name]);
        }

        Assert.Equal(EngineValue.At(inputs, "kafka"), EngineValue.At(created.Properties, "kafka"));
        Assert.Empty(Changes);
    }
}
