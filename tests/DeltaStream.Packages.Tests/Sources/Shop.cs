// A project of an app host. It says by its exit code that it created a store.
using System;
using DeltaStream.Data;
using DeltaStream.Sdk;

var connectionString = Environment.GetEnvironmentVariable("ConnectionStrings__deltastream");
await using var dataSource = DeltaStreamDataSource.Create(connectionString!);
var store = await new StoreClient(dataSource).CreateAsync(
    new KafkaStoreArgs
    {
        Name = "orders",
        Uris = "b-1.example.com:9092",
        SaslHashFunction = KafkaSaslHashFunction.None,
    }
);
return store.State == "ready" ? 42 : 1;
