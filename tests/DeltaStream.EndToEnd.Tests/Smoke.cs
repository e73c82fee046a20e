using DeltaStream.Emulator;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Npgsql;
using DeltaStream.Testing;

namespace DeltaStream.EndToEnd.Tests;

public sealed class Smoke
{
    [Fact]
    public async Task Works()
    {
        var clock = new DrivenClock();
        await using var emulator = await DeltaStreamEmulator.StartAsync(
            new DeltaStreamEmulatorOptions { TimeProvider = clock, ProvisionDelay = TimeSpan.FromSeconds(12) }
        );
        await using var data = DeltaStreamNpgsql.CreateDataSource(emulator.PostgresConnectionString);
        var client = new StoreClient(data, new StoreClientOptions { TimeProvider = clock });
        var args = new KafkaStoreArgs
        {
            Name = "we\"ird 东西",
            Uris = "b:9092",
            SaslHashFunction = KafkaSaslHashFunction.Sha512,
            SaslUsername = "u",
            SaslPassword = "a'b\"c\\d",
        };
        var store = await clock.RunAsync(client.CreateAsync(args));
        Assert.True(store.IsReady);
        store = await clock.RunAsync(client.UpdateAsync(args with { Uris = "c:9092" }, args));
        Assert.True(store.IsReady);
        Assert.True(await clock.RunAsync(client.DeleteAsync(args.Name)));
        Assert.False(await clock.RunAsync(client.DeleteAsync(args.Name)));
    }
}
