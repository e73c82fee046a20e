using DeltaStream.Emulator;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Npgsql;
using DeltaStream.Testing;
using Npgsql;

namespace DeltaStream.EndToEnd.Tests;

/// <summary>A client and a local DeltaStream, with a clock that both go by and a watch over every secret.</summary>
/// <remarks>At the end of each test no secret may have shown up in any log, exception or activity (FR-007).</remarks>
public abstract class EndToEndTest : IAsyncLifetime
{
    protected static TimeSpan ProvisionDelay => TimeSpan.FromSeconds(12);

    protected DrivenClock Clock { get; } = new();

    protected CanaryWatch Watch { get; } = new();

    protected DeltaStreamEmulator Emulator { get; private set; } = null!;

    protected NpgsqlDataSource DataSource { get; private set; } = null!;

    protected StoreClient Client { get; private set; } = null!;

    protected Subtypes Subtypes { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Subtypes = new Subtypes(Watch);
        Emulator = await DeltaStreamEmulator.StartAsync(Options());
        DataSource = DeltaStreamNpgsql.CreateDataSource(Emulator.PostgresConnectionString, Watch.Logs);
        Client = ClientOf(DataSource);
    }

    public async Task DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await Emulator.DisposeAsync();
        Watch.Dispose();
        Assert.True(Watch.Seen > 0, "the watch saw nothing, so it proves nothing");
        Assert.Empty(Watch.Leaks);
    }

    protected virtual DeltaStreamEmulatorOptions Options() =>
        new()
        {
            Password = Watch.Canary(),
            TimeProvider = Clock,
            ProvisionDelay = ProvisionDelay,
            Accounts = Subtypes.Accounts,
            LoggerFactory = Watch.Logs,
        };

    protected StoreClient ClientOf(NpgsqlDataSource dataSource) =>
        new(dataSource, new StoreClientOptions { TimeProvider = Clock, LoggerFactory = Watch.Logs });

    /// <summary>Runs an operation with time passing, and looks at what it throws as a user would print it.</summary>
    protected async Task<TException> FailsAsync<TException>(Func<Task> operation)
        where TException : Exception
    {
        var exception = await Assert.ThrowsAsync<TException>(() => Clock.RunAsync(operation()));
        Watch.Look("the exception that reached the user", exception.ToString());
        return exception;
    }

    /// <summary>Sends SQL past the SDK, as somebody else would.</summary>
    protected async Task SendAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
