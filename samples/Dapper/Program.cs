// Dapper over the ADO.NET provider, without the SDK. It needs an emulator, or the service:
//   deltastream-emulator --token any
//   DELTASTREAM_SERVER=http://127.0.0.1:8088/v2 DELTASTREAM_API_KEY=any dotnet run --project samples/Dapper
using Dapper;
using DeltaStream.Data;

await using var dataSource = DeltaStreamDataSource.FromEnvironment();
await using var connection = await dataSource.OpenConnectionAsync();

// A statement that changes something.
foreach (var name in new[] { "orders", "o'hare" })
{
    await connection.ExecuteAsync(
        $"""CREATE STORE "{name}" WITH ('type' = KAFKA, 'uris' = 'b:9092', 'kafka.sasl.hash_function' = NONE);"""
    );
}

// A list of records.
var all = await connection.QueryAsync<StoreRow>(
    """SELECT name, type, status, created_at AS createdAt FROM deltastream.sys."stores" ORDER BY name;"""
);
foreach (var store in all)
{
    Console.WriteLine($"{store.Name}, a {store.Type} store, is {store.Status}");
}

// A parameter is a value, whatever it holds.
var one = await connection.QuerySingleAsync<StoreRow>(
    """SELECT name, type, status, created_at AS createdAt FROM deltastream.sys."stores" WHERE name = @name;""",
    new { name = "o'hare" }
);
Console.WriteLine($"{one.Name} was created within the last hour: {one.CreatedAt > DateTimeOffset.UtcNow.AddHours(-1)}");

// A list as a parameter.
var count = await connection.ExecuteScalarAsync<long>(
    """SELECT COUNT(*) FROM deltastream.sys."stores" WHERE name IN @names;""",
    new { names = new[] { "orders", "o'hare", "nobody" } }
);
Console.WriteLine($"{count} of the names are taken");

/// <summary>A row of the catalog.</summary>
internal sealed record StoreRow(string Name, string Type, string Status, DateTimeOffset CreatedAt);
