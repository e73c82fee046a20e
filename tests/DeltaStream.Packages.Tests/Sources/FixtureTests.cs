// Tests with xunit 3 that have the package DeltaStream.Testing, of a project with a spec of its own.
using System;
using System.Threading.Tasks;
using Acme;
using DeltaStream.Sdk;
using DeltaStream.Testing;
using Xunit;

public sealed class AcmeFixture()
    : DeltaStreamFixture(
        new()
        {
            OwnSubtypes = Acme.StoreSubtypes.All,
            Emulator = new() { ProvisionDelay = TimeSpan.FromMinutes(9) },
        }
    );

public sealed class FixtureTests(AcmeFixture deltaStream) : IClassFixture<AcmeFixture>
{
    [Fact]
    public async Task A_store_of_the_own_spec_is_ready()
    {
        var store = new AcmeStoreArgs { Name = "queue", Uris = "q.acme.example:7000" };

        Assert.True(
            (
                await deltaStream.Client.CreateAsync(
                    store,
                    null,
                    StoreWait.Effect,
                    TestContext.Current.CancellationToken
                )
            ).IsReady
        );
    }

    [Fact]
    public async Task A_store_of_a_built_in_spec_is_ready_over_the_other_protocol()
    {
        var store = new KafkaStoreArgs
        {
            Name = "orders",
            Uris = "b:9092",
            SaslHashFunction = KafkaSaslHashFunction.None,
        };
        var client = deltaStream.CreateClient(deltaStream.PostgresDataSource);

        Assert.True(
            (await client.CreateAsync(store, null, StoreWait.Effect, TestContext.Current.CancellationToken)).IsReady
        );
    }
}
