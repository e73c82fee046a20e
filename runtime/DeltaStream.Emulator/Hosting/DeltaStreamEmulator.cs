using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using DeltaStream.Emulator.Accounts;
using DeltaStream.Emulator.Catalog;
using DeltaStream.Emulator.Execution;
using DeltaStream.Emulator.Hosting;
using DeltaStream.Emulator.Probes;
using DeltaStream.Emulator.Protocol;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace DeltaStream.Emulator;

/// <summary>
/// A local DeltaStream for development and tests: it knows stores, their readiness and their catalog, and speaks the
/// PostgreSQL protocol. Dispose it to stop it.
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
        IPEndPoint endpoint,
        string? password
    )
    {
        _server = server;
        _catalog = catalog;
        _probes = probes;
        _stopping = stopping;
        PostgresEndpoint = endpoint;
        PostgresConnectionString = ConnectionString(endpoint, password);
    }

    /// <summary>Where the emulator listens for the PostgreSQL protocol, with the port that it took.</summary>
    public IPEndPoint PostgresEndpoint { get; }

    /// <summary>How Npgsql connects to it; holds the password, if there is one.</summary>
    public string PostgresConnectionString { get; }

    /// <summary>Starts an emulator; it listens when the task is done.</summary>
    /// <param name="options">How it is set up, or null for the defaults: a free port, a made-up password, stores in
    /// memory.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="ArgumentException">An option is wrong.</exception>
    /// <exception cref="IOException">The endpoint is in use, or the data file can't be used.</exception>
    public static async Task<DeltaStreamEmulator> StartAsync(
        DeltaStreamEmulatorOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        options ??= new DeltaStreamEmulatorOptions();
        OptionsCheck.Check(options);
        var accounts = new AccountBook(options.Accounts);
        var loggers = options.LoggerFactory ?? NullLoggerFactory.Instance;
        var logger = loggers.CreateLogger("DeltaStream.Emulator");
        var password = options.NoAuth ? null : options.Password ?? MadeUpPassword();

        var catalog = StoreCatalog.Open(options.DataFile);
        var probes = options.LiveProbe ? new ProbeRunner(catalog, [new PostgresProbe()], logger) : null;
        var stopping = new CancellationTokenSource();
        try
        {
            var executor = new StatementExecutor(
                catalog,
                accounts,
                probes,
                options.ProvisionDelay,
                options.TimeProvider
            );
            var handler = new PostgresConnectionHandler(new Authenticator(password), executor, logger, stopping.Token);
            var (server, endpoint) = await ListenAsync(options.PostgresEndpoint, handler, loggers, cancellationToken)
                .ConfigureAwait(false);
            Log.Listening(logger, endpoint.ToString());
            catalog.ForgetProbesUnless(options.LiveProbe);
            probes?.Resume();
            return new DeltaStreamEmulator(server, catalog, probes, stopping, endpoint, password);
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
            return;
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _server.StopAsync().ConfigureAwait(false);
        await _server.DisposeAsync().ConfigureAwait(false);
        if (_probes is not null)
            await _probes.DisposeAsync().ConfigureAwait(false);
        _catalog.Dispose();
        _stopping.Dispose();
    }

    private static async Task<(WebApplication Server, IPEndPoint Endpoint)> ListenAsync(
        IPEndPoint wanted,
        PostgresConnectionHandler handler,
        ILoggerFactory loggers,
        CancellationToken cancellationToken
    )
    {
        // The empty builder reads neither environment nor settings files: what is in the options is all there is.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, SilentLifetime>();
        ListenOptions? listening = null;
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(
                wanted,
                listen =>
                {
                    listening = listen;
                    listen.Run(handler.OnConnectedAsync);
                }
            )
        );
        var server = builder.Build();
        try
        {
            await server.StartAsync(cancellationToken).ConfigureAwait(false);
            return (server, listening!.IPEndPoint!);
        }
        catch (Exception e) when (e is SocketException || e.InnerException is AddressInUseException)
        {
            await server.DisposeAsync().ConfigureAwait(false);
            var why = e is SocketException ? e.Message : "another program uses it";
            throw new IOException($"{wanted} can't be listened on: {why}.", e);
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static string MadeUpPassword() => RandomNumberGenerator.GetHexString(24, lowercase: true);

    private static string ConnectionString(IPEndPoint endpoint, string? password)
    {
        var address = endpoint.Address;
        if (address.Equals(IPAddress.Any))
            address = IPAddress.Loopback;
        else if (address.Equals(IPAddress.IPv6Any))
            address = IPAddress.IPv6Loopback;
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = address.ToString(),
            Port = endpoint.Port,
            Username = EmulatorIdentity.User,
            Password = password,
            Database = EmulatorIdentity.Database,
        };
        return settings.ToString();
    }
}
