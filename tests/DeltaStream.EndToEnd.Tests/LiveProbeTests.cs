using DeltaStream.Emulator;
using DeltaStream.Sdk;
using DeltaStream.TestSupport;

namespace DeltaStream.EndToEnd.Tests;

/// <summary>A real PostgreSQL server decides whether the credentials of a Postgres store are right.</summary>
public sealed class LiveProbeTests : EndToEndTest
{
    protected override DeltaStreamEmulatorOptions Options() =>
        new()
        {
            Password = Watch.Canary(),
            Token = Watch.Canary(),
            TimeProvider = Clock,
            LiveProbe = true,
            LoggerFactory = Watch.Logs,
        };

    [Requirement("FR-009")]
    [PostgresTheory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task Right_credentials_make_the_store_ready_and_wrong_ones_surface_the_servers_message(
        Transport transport
    )
    {
        var client = ClientOver(transport);
        await using var server = await PostgresServer.StartAsync();
        var postgres = new PostgresStoreArgs
        {
            Name = "billing",
            Uris = FormattableString.Invariant($"{server.Host}:{server.Port}/{server.Database}"),
            Username = server.Username,
            Password = server.Password,
            TlsDisabled = true,
        };

        var created = await ProbedAsync(client, default, client.CreateAsync(postgres));
        Assert.True(created.IsReady);
        var exception = await FailsAsync<StoreErroredException>(() =>
            ProbedAsync(
                client,
                created.UpdatedAt,
                client.UpdateAsync(postgres with { Password = Watch.Canary() }, postgres)
            )
        );

        Assert.Contains(
            "password authentication failed for user \"tester\"",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    /// <summary>Lets time pass only when the probe, which takes real time, has responded.</summary>
    private async Task<Store> ProbedAsync(StoreClient client, DateTimeOffset since, Task<Store> operation)
    {
        while (
            !operation.IsCompleted
            && (
                await client.GetAsync("billing") is not { } store
                || store.UpdatedAt <= since
                || store is { IsReady: false, IsErrored: false }
            )
        )
        {
            await Task.Yield();
        }

        return await Clock.RunAsync(operation);
    }
}
