// A program compiled ahead of time: it creates stores at an emulator in another process, by both ways.
using System;
using System.IO;
using System.Threading.Tasks;
using DeltaStream.Data;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Npgsql;
using Microsoft.Extensions.Configuration;

var configuration = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(args[2])).Build();
var bound = KafkaStoreArgs.FromValues(configuration.GetSection("Stores:Orders").AsEnumerable(makePathsRelative: true));
var options = configuration.GetSection("DeltaStream").Get<DeltaStreamOptions>()!;
Console.WriteLine(
    $"configured: {bound.Name} {bound.SaslHashFunction} {bound.SaslPassword} {bound.SaslPassword?.Reveal().Length} {bound.TlsCaCertFile} {bound.Validate().Count}"
);
Console.WriteLine(
    $"configured: {options.Server} {options.Token?.Length} {options.CommandTimeout} {options.HttpClient is null}"
);

await using (var rest = DeltaStreamDataSource.Create(args[0]))
{
    await LiveAsync(
        "REST",
        new StoreClient(rest),
        StoreFile.FromText("-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n")
    );
}

await using (var npgsql = DeltaStreamNpgsql.CreateDataSource(args[1]))
{
    await LiveAsync("PostgreSQL", new StoreClient(npgsql), null);
}

static async Task LiveAsync(string way, StoreClient client, StoreFile? file)
{
    var kafka = new KafkaStoreArgs
    {
        Name = "orders",
        Uris = "b-1.example.com:9092",
        SaslHashFunction = KafkaSaslHashFunction.Sha512,
        SaslUsername = Environment.UserName,
        SaslPassword = Guid.NewGuid().ToString(),
        TlsCaCertFile = file,
    };
    var store = await client.CreateAsync(kafka);
    Console.WriteLine($"{way}: {store.Name} {store.State}");
    store = await client.UpdateAsync(kafka with { Uris = "b-2.example.com:9092" }, kafka);
    await foreach (var listed in client.ListAsync())
    {
        Console.WriteLine(
            $"{way}: {listed.Name} is of type {listed.Type}, {(await client.GetAsync(listed.Name))?.State}"
        );
    }

    try
    {
        // Where the analyzer can see it, this does not compile.
        await client.CreateAsync(kafka with { Uris = string.Concat("no", "where") });
    }
    catch (StoreValidationException e)
    {
        Console.WriteLine($"{way}: refused, {e.Failures.Count} failure");
    }

    Console.WriteLine($"{way}: deleted {await client.DeleteAsync("orders")}");
}
