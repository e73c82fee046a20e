using System.Data.Common;
using DeltaStream.Data;
using DeltaStream.Emulator;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Npgsql;
using Npgsql;

namespace DeltaStream.Testing;

/// <summary>
/// A local DeltaStream in the process of the tests, a client of it, and a clock on which no test waits. Any test framework can share
/// it between tests: it starts in its constructor, and stops when it is disposed.
/// </summary>
/// <remarks>
/// Derive from it for options: <c>sealed class AcmeFixture() : DeltaStreamFixture(new() { OwnSubtypes = StoreSubtypes.All });</c>.
/// Tests that share a fixture share its stores. One for each test costs milliseconds.
/// </remarks>
public class DeltaStreamFixture : IDisposable, IAsyncDisposable
{
    private readonly IReadOnlyList<StoreSubtype> _ownSubtypes;
    private readonly Lazy<NpgsqlDataSource> _postgres;

    /// <summary>Starts a DeltaStream that knows the built-in subtypes.</summary>
    public DeltaStreamFixture()
        : this(new DeltaStreamFixtureOptions()) { }

    // A constructor can't wait otherwise. On a thread of the pool no context of a test framework can be needed to go on.
    /// <summary>Starts a DeltaStream.</summary>
    /// <param name="options">Its options.</param>
    /// <exception cref="ArgumentException">An option is wrong.</exception>
    /// <exception cref="IOException">An endpoint is in use, or a file can't be used.</exception>
    /// <exception cref="InvalidDataException">A spec or the TLS certificate is not one.</exception>
    protected DeltaStreamFixture(DeltaStreamFixtureOptions options)
        : this(options, Task.Run(() => StartEmulatorAsync(options, default)).GetAwaiter().GetResult()) { }

    private DeltaStreamFixture(
        DeltaStreamFixtureOptions options,
        (DrivenClock Clock, DeltaStreamEmulator Emulator) started
    )
    {
        (Clock, Emulator) = started;
        _ownSubtypes = options.OwnSubtypes;
        var rest = DeltaStreamOptions.FromConnectionString(Emulator.RestConnectionString);
        rest.TimeProvider = new RequestClock(Clock);
        RestDataSource = DeltaStreamDataSource.Create(rest);
        _postgres = new(() => DeltaStreamNpgsql.CreateDataSource(Emulator.PostgresConnectionString));
        Client = CreateClient(RestDataSource);
        Clock.StartMoving();
    }

    /// <summary>The client of the REST API, for the code that you test.</summary>
    public StoreClient Client { get; }

    /// <summary>The way to the emulator over the REST API.</summary>
    public DeltaStreamDataSource RestDataSource { get; }

    /// <summary>The way to the emulator over the PostgreSQL protocol.</summary>
    public NpgsqlDataSource PostgresDataSource => _postgres.Value;

    /// <summary>The emulator: its faults, its endpoints, its connection strings.</summary>
    public DeltaStreamEmulator Emulator { get; }

    /// <summary>
    /// The clock of emulator and clients. Polls, delays and the ten minutes of a wait pass on it in milliseconds. Give it to your own
    /// code, too: on another clock a store stays <c>provisioning</c>, because nobody waits on this one.
    /// </summary>
    public DrivenClock Clock { get; }

    /// <summary>Starts a DeltaStream, without blocking a thread.</summary>
    /// <param name="options">Its options; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <returns>The fixture, which you dispose.</returns>
    /// <exception cref="ArgumentException">An option is wrong.</exception>
    /// <exception cref="IOException">An endpoint is in use, or a file can't be used.</exception>
    /// <exception cref="InvalidDataException">A spec or the TLS certificate is not one.</exception>
    public static async Task<DeltaStreamFixture> StartAsync(
        DeltaStreamFixtureOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        options ??= new DeltaStreamFixtureOptions();
        return new DeltaStreamFixture(
            options,
            await StartEmulatorAsync(options, cancellationToken).ConfigureAwait(false)
        );
    }

    /// <summary>Makes another client on the fixture's clock, which knows the same subtypes.</summary>
    /// <param name="dataSource">Its way to the emulator, such as <see cref="PostgresDataSource"/>.</param>
    /// <returns>The client.</returns>
    public StoreClient CreateClient(DbDataSource dataSource) =>
        new(dataSource, new StoreClientOptions { TimeProvider = Clock, OwnSubtypes = _ownSubtypes });

    /// <summary>Stops everything, and blocks until it has stopped.</summary>
    public void Dispose()
    {
        Task.Run(async () => await DisposeAsync().ConfigureAwait(false)).GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops everything. A second call does nothing.</summary>
    /// <returns>A task that ends when everything has stopped.</returns>
    public virtual async ValueTask DisposeAsync()
    {
        Clock.StopMoving();
        // The emulator waits for clients that are still connected.
        await RestDataSource.DisposeAsync().ConfigureAwait(false);
        if (_postgres.IsValueCreated)
        {
            await _postgres.Value.DisposeAsync().ConfigureAwait(false);
        }

        await Emulator.DisposeAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    private static async Task<(DrivenClock, DeltaStreamEmulator)> StartEmulatorAsync(
        DeltaStreamFixtureOptions options,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Emulator.TimeProvider != TimeProvider.System)
        {
            throw new ArgumentException(
                "The emulator of a fixture has the fixture's clock: leave out its TimeProvider.",
                nameof(options)
            );
        }

        if (options.OwnSubtypes.FirstOrDefault(s => s.Spec is null) is { } builtIn)
        {
            throw new ArgumentException(
                $"The subtype '{builtIn}' has no spec, because it is built in: OwnSubtypes are the All of your own project's StoreSubtypes.",
                nameof(options)
            );
        }

        var clock = new DrivenClock();
        var emulator = await DeltaStreamEmulator
            .StartAsync(
                options.Emulator,
                [.. options.Emulator.Specs, .. options.OwnSubtypes.Select(s => s.Spec!)],
                new StatementClock(clock),
                cancellationToken
            )
            .ConfigureAwait(false);
        return (clock, emulator);
    }
}
