using Acme;
using DeltaStream.Sdk;
using DeltaStream.Testing;

// acme.store.json became AcmeStoreArgs when this was built. The local DeltaStream has the spec, too.
await using var deltaStream = await DeltaStreamFixture.StartAsync(new() { OwnSubtypes = Acme.StoreSubtypes.All });
var client = deltaStream.Client;

var orders = new AcmeStoreArgs
{
    Name = "orders",
    Uris = "q-1.acme.example:7000,q-2.acme.example:7000",
    Queue = "orders",
    Token = Guid.NewGuid().ToString(),
};
Console.WriteLine($"Declared:  {orders}");

// 'Tls = false' beside a token would not compile (DS2002). What only the program knows is checked before anything is sent.
try
{
    await client.CreateAsync(orders with { Uris = args.FirstOrDefault("q-1.acme.example") });
}
catch (StoreValidationException e)
{
    Console.WriteLine($"Refused:   {e.Failures[0]}");
}

var first = await client.ApplyAsync(await client.PlanAsync([orders]));
Console.WriteLine($"Created:   {first}");

var plan = await client.PlanAsync([orders with { Queue = "orders-v2" }], first.State);
Console.WriteLine($"Planned:   {plan}");

(await client.ApplyAsync(plan)).ThrowIfFailed();
Console.WriteLine($"Described: {await client.DescribeAsync("orders")}");
