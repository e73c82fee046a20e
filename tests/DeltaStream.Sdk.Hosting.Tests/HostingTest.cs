using System.Data.Common;
using DeltaStream.Emulator;
using DeltaStream.Sdk.Npgsql;
using DeltaStream.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DeltaStream.Sdk.Hosting.Tests;

/// <summary>The ways to the emulator.</summary>
public enum Transport
{
    Rest,
    Postgres,
}

/// <summary>An emulator, hosts with a configuration of their own, and a watch over every secret.</summary>
public abstract class HostingTest : IAsyncLifetime
{
    protected const string Org = "orders-org";

    private readonly List<IHost> _hosts = [];

    public static TheoryData<Transport> Transports => [.. Enum.GetValues<Transport>()];

    protected string Folder { get; } = Directory.CreateTempSubdirectory("deltastream-hosting").FullName;

    protected CanaryWatch Watch { get; } = new();

    protected DeltaStreamEmulator Emulator { get; private set; } = null!;

    /// <summary>What was logged, each line with its level in front.</summary>
    protected IReadOnlyList<string> Log
    {
        get
        {
            lock (_log)
            {
                return [.. _log];
            }
        }
    }

    /// <summary>Gets each line of the log.</summary>
    protected Action<string>? OnLog { get; set; }

    private readonly List<string> _log = [];

    public async Task InitializeAsync() => Emulator = await DeltaStreamEmulator.StartAsync(Options());

    public async Task DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            host.Dispose();
        }

        await Emulator.DisposeAsync();
        Watch.Dispose();
        Directory.Delete(Folder, recursive: true);
        Assert.Empty(Watch.Leaks);
    }

    protected virtual DeltaStreamEmulatorOptions Options() =>
        new()
        {
            Token = Watch.Canary(),
            Password = Watch.Canary(),
            SpecFiles = [Path.Combine(AppContext.BaseDirectory, "acme.store.json")],
        };

    /// <summary>Begins a host whose configuration is the given one only, and whose logs are watched.</summary>
    protected HostApplicationBuilder NewHost(params (string Key, string? Value)[] configuration)
    {
        var builder = new HostApplicationBuilder(
            new HostApplicationBuilderSettings { DisableDefaults = true, ContentRootPath = Folder }
        );
        builder.Configuration.AddInMemoryCollection(configuration.Select(c => KeyValuePair.Create(c.Key, c.Value)));
        builder.Services.AddSingleton(
            LoggerFactory.Create(logging =>
                logging
                    .SetMinimumLevel(LogLevel.Trace)
                    .AddProvider(new Forward(Watch.Logs))
                    .AddProvider(new LogHook(Keep))
            )
        );
        return builder;
    }

    /// <summary>Begins a host with a client of the emulator.</summary>
    protected HostApplicationBuilder NewHost(Transport transport, params (string Key, string? Value)[] configuration)
    {
        var builder = NewHost([($"ConnectionStrings:{Org}", ConnectionString(transport)), .. configuration]);
        Add(builder.Services, transport);
        return builder;
    }

    protected static DeltaStreamBuilder Add(IServiceCollection services, Transport transport) =>
        transport == Transport.Rest
            ? services.AddDeltaStream(Org)
            : services.AddDeltaStream(Org, DeltaStreamNpgsql.CreateDataSource);

    protected string ConnectionString(Transport transport) =>
        transport == Transport.Rest ? Emulator.RestConnectionString : Emulator.PostgresConnectionString;

    protected IHost Build(HostApplicationBuilder builder)
    {
        var host = builder.Build();
        _hosts.Add(host);
        return host;
    }

    /// <summary>Three stores, as a configuration has them.</summary>
    protected (string Key, string? Value)[] ThreeStores() =>
        [
            ("Stores:orders:kafka:uris", "b-1.example.com:9092"),
            ("Stores:orders:kafka:saslHashFunction", "Sha512"),
            ("Stores:orders:kafka:saslUsername", "deltastream"),
            ("Stores:orders:kafka:saslPassword", Watch.Canary()),
            ("Stores:billing:postgres:uris", "postgresql://db.example.com:5432/billing"),
            ("Stores:billing:postgres:username", "deltastream"),
            ("Stores:billing:postgres:password", Watch.Canary()),
            ("Stores:clicks:kinesis:uris", "https://kinesis.us-east-1.amazonaws.com"),
            ("Stores:clicks:kinesis:accessKeyId", "AKIAEXAMPLE"),
            ("Stores:clicks:kinesis:secretAccessKey", Watch.Canary()),
        ];

    /// <summary>The names of the stores that the emulator has, with their states.</summary>
    protected async Task<string[]> StoresAsync()
    {
        await using DbDataSource dataSource = DeltaStreamNpgsql.CreateDataSource(Emulator.PostgresConnectionString);
        var stores = new List<string>();
        await foreach (var store in new StoreClient(dataSource).ListAsync())
        {
            stores.Add($"{store.Name} {store.State}");
        }

        return [.. stores.Order(StringComparer.Ordinal)];
    }

    private void Keep(LogLevel level, EventId id, string text)
    {
        lock (_log)
        {
            _log.Add($"{level}: {text}");
        }

        OnLog?.Invoke(text);
    }

    private sealed class Forward(ILoggerFactory factory) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => factory.CreateLogger(categoryName);

        public void Dispose() { }
    }
}
