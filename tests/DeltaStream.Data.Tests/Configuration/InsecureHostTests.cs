using System.Net;
using System.Net.Sockets;
using DeltaStream.Data.Tests.Serving;

namespace DeltaStream.Data.Tests.Configuration;

/// <summary>Plain http to a host that is not this machine: only where the user named exactly this host (issue 11, number 19).</summary>
public sealed class InsecureHostTests
{
    private const string Pattern = "has a pattern, and a pattern could let the token go to anybody.";

    [Theory]
    [InlineData("http://emulator:8088", "emulator", "http://emulator:8088/v2")]
    [InlineData("http://emulator", " emulator ", "http://emulator/v2")]
    [InlineData("http://EMULATOR:8088", "emulator", "http://emulator:8088/v2")]
    [InlineData("http://emulator:8088", "Emulator", "http://emulator:8088/v2")]
    [InlineData("http://my_emulator-1.test:8088", "my_emulator-1.test", "http://my_emulator-1.test:8088/v2")]
    [InlineData("http://b:1", "a,b, c", "http://b:1/v2")]
    [InlineData("http://10.0.0.5:8088", "10.0.0.5", "http://10.0.0.5:8088/v2")]
    [InlineData("http://[fd00::1]:8088", "[fd00::1]", "http://[fd00::1]:8088/v2")]
    [InlineData("http://[fd00::1]:8088", "fd00:0::0:1", "http://[fd00::1]:8088/v2")]
    [InlineData("http://[fd00::80]", "fd00::80", "http://[fd00::80]/v2")]
    [InlineData("http://localhost:8088", "", "http://localhost:8088/v2")]
    [InlineData("https://api.deltastream.io", "emulator", "https://api.deltastream.io/v2")]
    [InlineData("https://emulator", "", "https://emulator/v2")]
    public void A_host_that_is_named_is_accepted_in_every_way_to_say_it(string server, string hosts, string expected)
    {
        var byString = DeltaStreamOptions.FromConnectionString(
            $"Token=t;Server={server};Allow Insecure Hosts='{hosts}'"
        );
        var byVariable = FromEnvironment(server, hosts);
        var byOptions = new DeltaStreamOptions
        {
            Server = new(server),
            Token = "t",
            AllowInsecureHosts = hosts.Length == 0 ? [] : hosts.Split(','),
        };

        foreach (var options in new[] { byString, byVariable, byOptions })
        {
            using var source = DeltaStreamDataSource.Create(options);
            // The list goes on to whoever reads the connection string.
            using var again = DeltaStreamDataSource.Create($"{source.ConnectionString};Token=t");
            var builder = new DeltaStreamConnectionStringBuilder(again.ConnectionString);

            Assert.Equal(expected, builder.Server);
            Assert.Equal(hosts.Length == 0 ? null : hosts.Trim(), builder.AllowInsecureHosts?.Trim());
        }
    }

    [Theory]
    [InlineData("http://emulator:8088", "", "emulator")]
    [InlineData("http://emulator.evil.example", "emulator", "emulator.evil.example")]
    [InlineData("http://evil-emulator", "emulator", "evil-emulator")]
    [InlineData("http://emulator", "emulator.", "emulator")]
    [InlineData("http://a.emulator", "emulator", "a.emulator")]
    [InlineData("http://10.0.0.50", "10.0.0.5", "10.0.0.50")]
    [InlineData("http://[fd00::2]", "fd00::1", "fd00::2")]
    public void Another_host_is_refused_and_the_remedy_works(string server, string hosts, string host)
    {
        var byString = Assert.Throws<ArgumentException>(() =>
            DeltaStreamDataSource.Create($"Token=t;Server={server};Allow Insecure Hosts={hosts}")
        );
        var byVariable = Assert.Throws<ArgumentException>(() => FromEnvironment(server, hosts));
        var byOptions = Assert.Throws<ArgumentException>(() =>
            DeltaStreamDataSource.Create(
                new DeltaStreamOptions
                {
                    Server = new(server),
                    Token = "t",
                    AllowInsecureHosts = hosts.Length == 0 ? [] : [hosts],
                }
            )
        );

        Assert.All(
            [byString, byVariable, byOptions],
            e =>
            {
                Assert.Contains("must be an https:// URL", e.Message, StringComparison.Ordinal);
                Assert.Contains($"'Allow Insecure Hosts={host}'", e.Message, StringComparison.Ordinal);
                Assert.Contains($"DELTASTREAM_ALLOW_INSECURE_HOSTS={host}", e.Message, StringComparison.Ordinal);
                Assert.Contains($"'{host}' to AllowInsecureHosts", e.Message, StringComparison.Ordinal);
            }
        );
        using var remedied = DeltaStreamDataSource.Create($"Token=t;Server={server};Allow Insecure Hosts={host}");
        Assert.NotNull(FromEnvironment(server, host));
    }

    [Theory]
    [InlineData("*", Pattern)]
    [InlineData("*.svc.cluster.local", Pattern)]
    [InlineData("emulator?", Pattern)]
    [InlineData(".local", Pattern)]
    [InlineData("emulator:8088", "has a port, and it is about hosts: write 'emulator'.")]
    [InlineData("emulator:80", "has a port, and it is about hosts: write 'emulator'.")]
    [InlineData("[fd00::1]:8088", "has a port, and it is about hosts: write 'fd00::1'.")]
    [InlineData("http://emulator", "has an address where the name of a host belongs.")]
    [InlineData("10.0.0.0/8", "has an address where the name of a host belongs.")]
    [InlineData("u:canary@emulator", "has an address where the name of a host belongs.")]
    [InlineData("a,,b", "has an entry that is empty.")]
    [InlineData("a,", "has an entry that is empty.")]
    [InlineData("a b", "has an entry that is not the name of a host.")]
    [InlineData("emulator:", "has an entry that is not the name of a host.")]
    [InlineData("emu[lator", "has an entry that is not the name of a host.")]
    public void What_is_not_the_name_of_one_host_is_refused(string hosts, string why)
    {
        var byString = Assert.Throws<ArgumentException>(() =>
            DeltaStreamDataSource.Create($"Token=t;Allow Insecure Hosts='{hosts}'")
        );
        var byVariable = Assert.Throws<ArgumentException>(() => FromEnvironment("https://h", hosts));
        var options = new DeltaStreamOptions { Token = "t", AllowInsecureHosts = hosts.Split(',') };
        var byOptions = Assert.Throws<ArgumentException>(() => DeltaStreamDataSource.Create(options));

        Assert.StartsWith($"'Allow Insecure Hosts' {why} Name each host", byString.Message, StringComparison.Ordinal);
        Assert.StartsWith($"DELTASTREAM_ALLOW_INSECURE_HOSTS {why}", byVariable.Message, StringComparison.Ordinal);
        Assert.StartsWith($"AllowInsecureHosts {why}", byOptions.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", $"{byString}{byVariable}{byOptions}{options}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://emulator")]
    [InlineData("ws://emulator")]
    [InlineData("file:///emulator")]
    public void It_is_about_http_only(string server)
    {
        var e = Assert.Throws<ArgumentException>(() =>
            DeltaStreamDataSource.Create($"Token=t;Server={server};Allow Insecure Hosts=emulator")
        );

        Assert.EndsWith("Plain http:// is accepted for this machine (localhost, 127.0.0.1, [::1]) only.", e.Message);
    }

    [Theory, BothWays]
    public async Task Statements_reach_the_host(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Success);
        using var network = new HttpClient(Network(server.Address.Port));
        await using var source = Source(server, network, "emulator");
        await using var command = source.CreateCommand("SELECT 1");

        await command.NonQueryAsync(async);

        var request = Assert.Single(server.Requests);
        Assert.Equal($"Bearer {Execution.Token}", request.Headers["Authorization"]);
        Assert.Equal($"emulator:{server.Address.Port}", request.Headers["Host"]);
    }

    [Theory]
    [InlineData("emulator-2", true)]
    [InlineData("EMULATOR-2", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("emulator-3", false)]
    [InlineData("emulator-2.evil.example", false)]
    [InlineData("emulator-20", false)]
    [InlineData("10.0.0.5", false)]
    public async Task A_dataplane_needs_to_be_named_too(string host, bool isNamed)
    {
        await using var control = await ScriptedServer.StartAsync();
        await using var dataplane = await ScriptedServer.StartAsync();
        control.Respond(Responses.Dataplane($"http://{host}:{dataplane.Address.Port}/v2", "dp-token-0123456789"));
        dataplane.Respond(Responses.Partition(1, """[["7"]]"""));
        using var network = new HttpClient(Network(null));
        await using var source = Source(control, network, "emulator", "emulator-2");
        await using var command = source.CreateCommand("SELECT n FROM t");

        var reading = command.ResultAsync(true);

        if (isNamed)
        {
            using var result = await reading;
            Assert.Equal("""[["7"]]""", await result.TextAsync(0, true));
            return;
        }

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => reading);
        Assert.Contains("name its host in 'Allow Insecure Hosts'", failure.Message, StringComparison.Ordinal);
        Assert.Empty(dataplane.Requests);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed_even_to_a_host_that_is_named(int status)
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var other = await ScriptedServer.StartAsync();
        server.Respond(status, "", headers: ("Location", $"http://localhost:{other.Address.Port}/v2/statements"));
        other.Respond(Responses.Success);
        await using var source = Execution.Source(server.Address, o => o.AllowInsecureHosts = ["localhost"]);
        await using var command = source.CreateCommand("SELECT 1");

        await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(true));

        Assert.Empty(other.Requests);
    }

    private static DeltaStreamOptions FromEnvironment(string server, string hosts) =>
        DeltaStreamOptions.FromEnvironment(name =>
            name switch
            {
                "DELTASTREAM_SERVER" => server,
                "DELTASTREAM_API_KEY" => "t",
                "DELTASTREAM_ALLOW_INSECURE_HOSTS" => hosts,
                _ => null,
            }
        );

    private static DeltaStreamDataSource Source(ScriptedServer server, HttpClient network, params string[] hosts) =>
        Execution.Source(
            new($"http://emulator:{server.Address.Port}"),
            o =>
            {
                o.HttpClient = network;
                o.AllowInsecureHosts = hosts;
            }
        );

    /// <summary>A network in which every name leads to this machine, as a container's names lead to others.</summary>
    private static SocketsHttpHandler Network(int? port) =>
        new()
        {
            AllowAutoRedirect = false,
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, port ?? context.DnsEndPoint.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
}
