using System.Data.Common;
using DeltaStream.Data;
using DeltaStream.Emulator;
using DeltaStream.EndToEnd.Tests.Wire;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Npgsql;
using DeltaStream.TestSupport;
using Npgsql;

namespace DeltaStream.EndToEnd.Tests;

/// <summary>A local DeltaStream, the transports to it, one clock for all, and a watch over every secret.</summary>
/// <remarks>Each test fails when a secret appears in a log, an exception or an activity (FR-007).</remarks>
public abstract class EndToEndTest : IAsyncLifetime
{
    private readonly Dictionary<Transport, DbDataSource> _dataSources = [];

    protected static TimeSpan ProvisionDelay => TimeSpan.FromSeconds(12);

    /// <summary>Longer than the clock moves by itself, so that it expires only when a test wants it.</summary>
    protected static TimeSpan HeaderTimeout => 2 * DrivenClock.LongestWait;

    protected DrivenClock Clock { get; } = new();

    protected CanaryWatch Watch { get; } = new();

    protected DeltaStreamEmulator Emulator { get; private set; } = null!;

    protected Subtypes Subtypes { get; private set; } = null!;

    public virtual async Task InitializeAsync()
    {
        Subtypes = new Subtypes(Watch);
        await StartAsync(Options());
    }

    public virtual async Task DisposeAsync()
    {
        await StopAsync();
        Watch.Dispose();
        Assert.True(Watch.Seen > 0, "the watch saw nothing, so it proves nothing");
        Assert.Empty(Watch.Leaks);
    }

    /// <summary>Starts an emulator and stops the one before.</summary>
    protected async Task StartAsync(DeltaStreamEmulatorOptions options)
    {
        await StopAsync();
        Emulator = await DeltaStreamEmulator.StartAsync(options);
    }

    protected virtual DeltaStreamEmulatorOptions Options() =>
        new()
        {
            Password = Watch.Canary(),
            Token = Watch.Canary(),
            TimeProvider = Clock,
            ProvisionDelay = ProvisionDelay,
            Accounts = Subtypes.Accounts,
            LoggerFactory = Watch.Logs,
        };

    /// <summary>The data source of the test's emulator.</summary>
    protected DbDataSource DataSourceOver(Transport transport)
    {
        if (!_dataSources.TryGetValue(transport, out var dataSource))
        {
            _dataSources[transport] = dataSource = DataSourceOver(transport, Emulator);
        }

        return dataSource;
    }

    /// <summary>Makes a data source of an emulator. The caller disposes it.</summary>
    protected DbDataSource DataSourceOver(Transport transport, DeltaStreamEmulator emulator) =>
        transport == Transport.Postgres
            ? DeltaStreamNpgsql.CreateDataSource(emulator.PostgresConnectionString, Watch.Logs)
            : DeltaStreamDataSource.Create(RestOptions(emulator.ServerUri, emulator.Token));

    /// <summary>A closed data source: every statement over it fails.</summary>
    protected DbDataSource ClosedDataSource(Transport transport)
    {
        var dataSource = DataSourceOver(transport, Emulator);
        dataSource.Dispose();
        return dataSource;
    }

    /// <summary>Makes a data source over REST whose requests are recorded. The caller disposes it.</summary>
    private protected DeltaStreamDataSource DataSourceBy(RecordingHandler wire)
    {
        var options = RestOptions(Emulator.ServerUri, Emulator.Token);
        options.HttpClient = new HttpClient(wire, disposeHandler: false);
        return DeltaStreamDataSource.Create(options);
    }

    /// <summary>Makes a data source over the PostgreSQL protocol that is recorded and can be cut. The caller disposes it.</summary>
    private protected NpgsqlDataSource DataSourceBy(Relay relay) =>
        DeltaStreamNpgsql.CreateDataSource(
            new NpgsqlConnectionStringBuilder(Emulator.PostgresConnectionString)
            {
                Port = relay.EndPoint.Port,
            }.ConnectionString,
            Watch.Logs
        );

    /// <summary>Makes a data source by way of a relay. The caller disposes it.</summary>
    private protected DbDataSource DataSourceBy(Relay relay, Transport transport) =>
        transport == Transport.Postgres
            ? DataSourceBy(relay)
            : DeltaStreamDataSource.Create(
                RestOptions(new UriBuilder(Emulator.ServerUri) { Port = relay.EndPoint.Port }.Uri, Emulator.Token)
            );

    protected DeltaStreamOptions RestOptions(Uri server, string? token) =>
        new()
        {
            Server = server,
            Token = token,
            TimeProvider = Clock,
            ResponseHeaderTimeout = HeaderTimeout,
        };

    protected StoreClient ClientOver(Transport transport) => ClientOf(DataSourceOver(transport));

    protected StoreClient ClientOf(DbDataSource dataSource) =>
        new(dataSource, new StoreClientOptions { TimeProvider = Clock, LoggerFactory = Watch.Logs });

    /// <summary>Runs an operation with time passing, and checks what it throws, as a user would print it, for secrets.</summary>
    protected async Task<TException> FailsAsync<TException>(Func<Task> operation)
        where TException : Exception
    {
        var exception = await Assert.ThrowsAsync<TException>(() => Clock.RunAsync(operation()));
        Watch.Look("the exception that reached the user", exception.ToString());
        return exception;
    }

    /// <summary>Sends SQL without the SDK, as another user does.</summary>
    protected async Task SendAsync(string sql)
    {
        await using var command = DataSourceOver(Transport.Postgres).CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task StopAsync()
    {
        foreach (var dataSource in _dataSources.Values)
        {
            await dataSource.DisposeAsync();
        }

        _dataSources.Clear();
        if (Emulator is not null)
        {
            await Emulator.DisposeAsync();
        }
    }
}
