// A program that has the packages DeltaStream.Sdk.Npgsql and DeltaStream.Emulator: a store's life, by both ways.
using System;
using System.Threading.Tasks;
using DeltaStream.Data;
using DeltaStream.Emulator;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Npgsql;

await using var emulator = await DeltaStreamEmulator.StartAsync();
await using (var rest = DeltaStreamDataSource.Create(emulator.RestConnectionString))
{
    await LiveAsync("REST", new StoreClient(rest));
}

await using (var npgsql = DeltaStreamNpgsql.CreateDataSource(emulator.PostgresConnectionString))
{
    await LiveAsync("PostgreSQL", new StoreClient(npgsql));
}

static async Task LiveAsync(string way, StoreClient client)
{
    var store = await client.CreateAsync(
        new KafkaStoreArgs
        {
            Name = "orders",
            Uris = "b-1.example.com:9092",
            SaslHashFunction = KafkaSaslHashFunction.None,
        }
    );
    Console.WriteLine($"{way}: {store.Name} {store.State}, deleted {await client.DeleteAsync("orders")}");
}
