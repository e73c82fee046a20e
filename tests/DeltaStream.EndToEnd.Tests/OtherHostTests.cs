using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using DeltaStream.Data;
using DeltaStream.Emulator;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Npgsql;
using DeltaStream.TestSupport;
using Npgsql;

namespace DeltaStream.EndToEnd.Tests;

/// <summary>Client and emulator on two hosts, as in two containers (issue 11, number 19).</summary>
public sealed class OtherHostTests : EndToEndTest
{
    [Theory]
    [InlineData("emulator")]
    [InlineData("my_emulator")]
    [InlineData("EMULATOR")]
    [InlineData("emulator.svc.cluster.local")]
    [InlineData("10.0.0.5")]
    [InlineData("[fd00::1]")]
    public async Task By_environment_variables_over_plain_http(string host)
    {
        using var network = Network();
        var options = DeltaStreamOptions.FromEnvironment(name =>
            name switch
            {
                "DELTASTREAM_SERVER" => $"http://{host}:{Emulator.HttpEndpoint.Port}",
                "DELTASTREAM_API_KEY" => Emulator.Token,
                "DELTASTREAM_ALLOW_INSECURE_HOSTS" => host,
                _ => null,
            }
        );
        options.HttpClient = network;
        (options.TimeProvider, options.ResponseHeaderTimeout) = (Clock, HeaderTimeout);
        await using var dataSource = DeltaStreamDataSource.Create(options);

        await LivesAsync(ClientOf(dataSource));
    }

    [OwnAddressFact]
    public async Task Over_this_machines_network_as_the_emulator_says()
    {
        var address = OwnAddressFactAttribute.Address!;
        await StartAsync(Reachable(address));

        // The emulator names its host, because without it nobody could use what it says.
        Assert.Contains($"Allow Insecure Hosts={address}", Emulator.RestConnectionString, StringComparison.Ordinal);
        var refused = Assert.Throws<ArgumentException>(() =>
            DeltaStreamDataSource.Create(RestOptions(Emulator.ServerUri, Emulator.Token))
        );
        Assert.Contains($"'Allow Insecure Hosts={address}'", refused.Message, StringComparison.Ordinal);
        var options = DeltaStreamOptions.FromConnectionString(Emulator.RestConnectionString);
        (options.TimeProvider, options.ResponseHeaderTimeout) = (Clock, HeaderTimeout);
        await using var dataSource = DeltaStreamDataSource.Create(options);
        await LivesAsync(ClientOf(dataSource));
    }

    [OwnAddressFact]
    public async Task Over_this_machines_network_by_TLS_over_both_protocols()
    {
        var address = OwnAddressFactAttribute.Address!;
        using var authority = new TestAuthority();
        var (certificate, key) = authority.Issue(address.ToString());
        await StartAsync(Reachable(address, certificate, key));

        using var trusting = authority.Client();
        var options = DeltaStreamOptions.FromConnectionString(Emulator.RestConnectionString);
        Assert.Empty(options.AllowInsecureHosts);
        options.HttpClient = trusting;
        (options.TimeProvider, options.ResponseHeaderTimeout) = (Clock, HeaderTimeout);
        await using var rest = DeltaStreamDataSource.Create(options);
        await LivesAsync(ClientOf(rest));

        // The SDK's data sources verify in full, unless the connection string says otherwise.
        var settings = new NpgsqlConnectionStringBuilder(Emulator.PostgresConnectionString)
        {
            RootCertificate = authority.RootFile,
        };
        await using var postgres = DeltaStreamNpgsql.CreateDataSource(settings.ConnectionString, Watch.Logs);
        await LivesAsync(ClientOf(postgres));
    }

    [Fact]
    public async Task Anauthority_that_the_client_does_not_trust_gets_no_token()
    {
        using var authority = new TestAuthority();
        var (certificate, key) = authority.Issue("localhost", "127.0.0.1");
        await StartAsync(Reachable(IPAddress.Loopback, certificate, key));
        await using var dataSource = DeltaStreamDataSource.Create(RestOptions(Emulator.ServerUri, Emulator.Token));

        var exception = await FailsAsync<StoreBackendException>(() => ClientOf(dataSource).GetAsync("orders"));

        Assert.Contains("SSL", exception.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    private async Task LivesAsync(StoreClient client)
    {
        var declaration = Subtypes["kafka"].Good;
        var store = await Clock.RunAsync(client.CreateAsync(declaration));
        Assert.True(store.IsReady);
        await Clock.RunAsync(client.DeleteAsync(declaration.Name));
        Assert.Null(await Clock.RunAsync(client.GetAsync(declaration.Name)));
    }

    private DeltaStreamEmulatorOptions Reachable(IPAddress address, string? certificate = null, string? key = null) =>
        new()
        {
            Password = Watch.Canary(),
            Token = Watch.Canary(),
            TimeProvider = Clock,
            Accounts = Subtypes.Accounts,
            LoggerFactory = Watch.Logs,
            HttpEndpoint = new IPEndPoint(address, 0),
            PostgresEndpoint = new IPEndPoint(address, 0),
            TlsCertificateFile = certificate,
            TlsKeyFile = key,
        };

    /// <summary>A network in which every name leads to this machine, as a container's names lead to others.</summary>
    private static HttpClient Network() =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                ConnectCallback = async (context, cancellationToken) =>
                {
                    var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                    await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellationToken);
                    return new NetworkStream(socket, ownsSocket: true);
                },
            }
        );
}

/// <summary>A test that needs an address by which other machines could reach this one; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OwnAddressFactAttribute : FactAttribute
{
    public OwnAddressFactAttribute() => Skip = Address is null ? "This machine has no address but loopback." : null;

    public static IPAddress? Address { get; } =
        NetworkInterface
            .GetAllNetworkInterfaces()
            .Where(i => i.OperationalStatus == OperationalStatus.Up)
            .SelectMany(i => i.GetIPProperties().UnicastAddresses)
            .Select(a => a.Address)
            .FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a));
}
