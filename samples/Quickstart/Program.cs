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

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
var board = StoreBoard.OnConsole();
board.Say(server.Description);
var tour = new Tour(client, board);
try
{
    var refused = await tour.RunAsync(
        [orders, billing, lake],
        orders with
        {
            Uris = "b-3.example.com:9092",
        },
        billing with
        {
            Name = "billing_wrong",
            Password = "not the password",
        },
        stop.Token
    );
    if (!refused)
    {
        board.Say(
            server.IsOwn
                ? throw new InvalidOperationException("The local DeltaStream accepted a wrong password.")
                : "This server accepts any credentials, so there is no failure to show."
        );
    }

    return 0;
}
catch (Exception e) when (e is StoreException or StoreApplyException or OperationCanceledException)
{
    board.Failed(e);
    return 1;
}
finally
{
    await tour.DeleteAsync();
}
