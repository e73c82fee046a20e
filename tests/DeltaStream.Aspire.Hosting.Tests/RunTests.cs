using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using DeltaStream.Data;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Npgsql;
using DeltaStream.TestSupport;

namespace DeltaStream.Aspire.Hosting.Tests;

/// <summary>App hosts that really run: Aspire's orchestrator starts the emulator, and the SDK reaches it.</summary>
public sealed class RunTests : IDisposable
{
    // Far more than a start needs; one that hangs must not hang the tests.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deltastream-aspire-");

    [OrchestratorFact]
    public async Task Stores_made_by_both_protocols_are_there_when_the_app_host_starts_again()
    {
        using var patience = new CancellationTokenSource(s_patience);
        File.Copy(
            Path.Combine(Repository.Root, "tests/DeltaStream.Packages.Tests/Sources/acme.store.json"),
            Path.Combine(_folder.FullName, "acme.store.json")
        );

        await RunAsync(
            async (rest, postgres) =>
            {
                await rest.CreateAsync(Store("by-rest"), cancellationToken: patience.Token);
                await postgres.CreateAsync(Store("by-postgres"), cancellationToken: patience.Token);
            },
            patience.Token
        );
        await RunAsync(
            async (rest, postgres) =>
            {
                Assert.Equal("ready", (await rest.GetAsync("by-postgres", cancellationToken: patience.Token))?.State);
                Assert.Equal("ready", (await postgres.GetAsync("by-rest", cancellationToken: patience.Token))?.State);
            },
            patience.Token
        );
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task RunAsync(Func<StoreClient, StoreClient, Task> use, CancellationToken cancellationToken)
    {
        var builder = AppHost.Create(_folder.FullName);
        var emulator = builder
            .AddDeltaStreamEmulator("deltastream")
            .WithDataFile("stores.db")
            .WithSpecs("acme.store.json")
            .WithArgs("--provision-delay", "0s");
        await using var app = builder.Build();
        await app.StartAsync(cancellationToken);
        await app.ResourceNotifications.WaitForResourceHealthyAsync(
            "deltastream",
            WaitBehavior.StopOnResourceUnavailable,
            cancellationToken
        );

        var resource = emulator.Resource;
        var byRest = await resource.ConnectionStringExpression.GetValueAsync(cancellationToken);
        var byPostgres = await resource.PostgresConnectionStringExpression.GetValueAsync(cancellationToken);
        await using var rest = DeltaStreamDataSource.Create(byRest!);
        await using var postgres = DeltaStreamNpgsql.CreateDataSource(byPostgres!);
        await use(new StoreClient(rest), new StoreClient(postgres));
        await app.StopAsync(cancellationToken);
    }

    private static KafkaStoreArgs Store(string name) =>
        new()
        {
            Name = name,
            Uris = "b-1.example.com:9092",
            SaslHashFunction = KafkaSaslHashFunction.None,
        };
}
