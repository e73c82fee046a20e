using System.Net;
using System.Security.Cryptography;
using DeltaStream.Emulator.Accounts;
using DeltaStream.Emulator.Catalog;
using DeltaStream.Emulator.Execution;
using DeltaStream.Emulator.Faults;
using DeltaStream.Emulator.Hosting;
using DeltaStream.Emulator.Identity;
using DeltaStream.Emulator.Limits;
using DeltaStream.Emulator.Logging;
using DeltaStream.Emulator.Probes;
using DeltaStream.Emulator.Protocol;
using DeltaStream.Emulator.Rest;
using DeltaStream.Emulator.Specs;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeltaStream.Emulator;

/// <summary>
/// A local DeltaStream for development and tests: it knows stores, their readiness and their catalog, and speaks the
/// PostgreSQL protocol and the REST API v2. Dispose it to stop it.
/// </summary>
public sealed class DeltaStreamEmulator : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly StoreCatalog _catalog;
    private readonly ProbeRunner? _probes;
    private readonly CancellationTokenSource _stopping;
    private int _disposed;

    private DeltaStreamEmulator(
        WebApplication server,
        StoreCatalog catalog,
        ProbeRunner? probes,
        CancellationTokenSource stopping,
        ListeningAt listening,
        string? password,
        string? token,
        EmulatorFaults faults
    )
    {
        _server = server;
        _catalog = catalog;
        _probes = probes;
        _stopping = stopping;
        PostgresEndpoint = listening.Postgres;
        PostgresConnectionString = listening.PostgresConnectionString(password);
        HttpEndpoint = listening.Http;
        ServerUri = listening.ServerUri;
        RestConnectionString = listening.RestConnectionString(token);
        Token = token;
        Faults = faults;
    }

    /// <summary>Where the emulator listens for the PostgreSQL protocol, with the port that it took.</summary>
    public IPEndPoint PostgresEndpoint { get; }

    /// <summary>How Npgsql connects to it, with the password, if there is one.</summary>
    public string PostgresConnectionString { get; }

    /// <summary>Where the emulator listens for the REST API, with the port that it took.</summary>
    public IPEndPoint HttpEndpoint { get; }

    /// <summary>The base address of the REST API, such as <c>http://127.0.0.1:8088/v2</c>; https with a certificate.</summary>
    public Uri ServerUri { get; }

    /// <summary>The bearer token of the REST API; null without authentication.</summary>
    public string? Token { get; }

    /// <summary>How a client of the REST API connects to it: <c>Server</c> and <c>Token</c>, which is <c>any</c> without authentication.</summary>
    public string RestConnectionString { get; }

    /// <summary>The faults that it injects; none at first.</summary>
    public EmulatorFaults Faults { get; }

    /// <summary>Starts an emulator. It listens when the task completes.</summary>
    /// <param name="options">Its options. Without them it takes free ports, makes up a password and a token, and keeps
    /// stores in memory.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="ArgumentException">An option is wrong.</exception>
    /// <exception cref="IOException">An endpoint is in use, or a file can't be used.</exception>
    /// <exception cref="InvalidDataException">A spec or the TLS certificate is not one.</exception>
    public static Task<DeltaStreamEmulator> StartAsync(
        DeltaStreamEmulatorOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        options ??= new DeltaStreamEmulatorOptions();
        return StartAsync(options, options.Specs, options.TimeProvider, cancellationToken);
    }

    /// <summary>Starts an emulator whose specs and clock are others than its options say.</summary>
    internal static async Task<DeltaStreamEmulator> StartAsync(
        DeltaStreamEmulatorOptions options,
        IEnumerable<string> ownSpecs,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        OptionsCheck.Check(options);
        var specs = StoreSpecs.BuiltIn.With(options.SpecFiles, ownSpecs);
        var accounts = new AccountBook(specs, options.Accounts);
        var keys = new KeyOverrides(specs, options.KeyOverrides);
        var loggers = options.LoggerFactory ?? NullLoggerFactory.Instance;
        var logger = loggers.CreateLogger("DeltaStream.Emulator");
        var password = options.NoAuth ? null : options.Password ?? MadeUp();
        var token = options.NoAuth ? null : options.Token ?? MadeUp();
        var roles = new RoleBook(options.Roles);
        var faults = new EmulatorFaults();
        var memory = new MemoryBudget();

        var catalog = new StoreCatalog(options.DataFile);
        var probes = options.LiveProbe ? new ProbeRunner(catalog, specs, logger) : null;
        var stopping = new CancellationTokenSource();
        try
        {
            var executor = new StatementExecutor(
                catalog,
                specs,
                accounts,
                keys,
                probes,
                new StoreAppearances(faults, time),
                options.ProvisionDelay,
                time
            );
            var postgres = new PostgresConnectionHandler(
                new Authenticator(password),
                executor,
                roles.Administrator,
                memory,
                logger,
                stopping.Token
            );
            var rest = new RestHandler(
                new Admission(token),
                new StatementRun(executor, roles, options.PartitionRows, time, logger),
                new KeptStatements(options.AsyncPolls),
                new RestFaults(faults, time),
                options.AsyncStatements,
                memory,
                logger,
                stopping.Token
            );
            var (server, listening) = await Listener
                .StartAsync(options, postgres, new TlsNegotiation(stopping.Token), rest, cancellationToken)
                .ConfigureAwait(false);
            Log.Listening(logger, listening.Postgres.ToString());
            Log.RestListening(logger, listening.Http.ToString());
            if (probes is null)
            {
                catalog.ForgetProbes();
            }

            probes?.Resume();
            return new DeltaStreamEmulator(server, catalog, probes, stopping, listening, password, token, faults);
        }
        catch
        {
            catalog.Dispose();
            stopping.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Ends every connection and stops listening. Stores in memory are gone, those in a data file stay.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        // Clients that send or take nothing are not waited for any longer than this.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _server.StopAsync(patience.Token).ConfigureAwait(false);
        await _server.DisposeAsync().ConfigureAwait(false);
        if (_probes is not null)
        {
            await _probes.DisposeAsync().ConfigureAwait(false);
        }

        _catalog.Dispose();
        _stopping.Dispose();
    }

    private static string MadeUp() => RandomNumberGenerator.GetHexString(24, lowercase: true);
}
