using System.Data.Common;
using DeltaStream.Data;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Npgsql;
using Quickstart;

// A local DeltaStream starts with the sample, unless the environment names another one.
await using var server = await Server.ConnectAsync();
await using DbDataSource dataSource = server.IsRest
    ? DeltaStreamDataSource.FromEnvironment()
    : DeltaStreamNpgsql.CreateDataSource(server.ConnectionString);
var client = new StoreClient(dataSource);

var orders = new KafkaStoreArgs
{
    Name = "orders",
    Uris = "b-1.example.com:9092,b-2.example.com:9092",
    SaslHashFunction = KafkaSaslHashFunction.Sha512,
    SaslUsername = Demo.KafkaUsername,
    SaslPassword = Demo.KafkaPassword,
};
var billing = new PostgresStoreArgs
{
    Name = "billing",
    Uris = "db.example.com/demo",
    Username = Demo.PostgresUsername,
    Password = Demo.PostgresPassword,
};
var lake = new SnowflakeStoreArgs
{
    Name = "lake",
    Uris = "https://my-account.snowflakecomputing.com",
    AccountId = "my-account",
    CloudRegion = "AWS us-east-1",
    RoleName = "ACCOUNTADMIN",
    Username = Demo.SnowflakeUsername,
    WarehouseName = "COMPUTE_WH",
    ClientKey = Demo.SnowflakeKey,
};

return await Tour.RunAsync(client, server, orders, billing, lake);
