using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DeltaStream.TestSupport;

namespace DeltaStream.Emulator.Tests.Probes;

/// <summary>With live probes a PostgreSQL store is as good as the server that it declares.</summary>
public sealed class LiveProbeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deltastream-emulator-");

    private string DataFile => Path.Combine(_folder.FullName, "stores.db");

    public void Dispose() => _folder.Delete(recursive: true);

    private static string With(int port, string user, string password, string tls = ", 'tls.disabled' = TRUE") =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"'type' = POSTGRESQL, 'uris' = 'postgresql://127.0.0.1:{port}/postgres', 'postgres.username' = '{user}', 'postgres.password' = '{password}'{tls}"
        );

    private static string Group(int port, string user, string password) =>
        With(port, user, password, ", 'tls.disabled' = TRUE, 'tls.verify_server_hostname' = FALSE")
            .Replace("'type' = POSTGRESQL, ", "", StringComparison.Ordinal);

    /// <summary>Asks until the probe has answered; each question is a round trip, so nothing sleeps.</summary>
    internal static async Task<(string Status, string? Message)> SettledAsync(LocalEmulator emulator, string name)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var state = await emulator.StateAsync(name);
            if (state.Status != "provisioning")
            {
                return state;
            }

            limit.Token.ThrowIfCancellationRequested();
        }
    }

    [PostgresFact]
    public async Task The_servers_word_is_the_stores_state()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var emulator = await LocalEmulator.StartAsync(new() { NoAuth = true, LiveProbe = true });

        await emulator.RunAsync($"CREATE STORE good WITH ({With(server.Port, server.Username, server.Password)})");
        Assert.Equal(("ready", null), await SettledAsync(emulator, "good"));

        await emulator.RunAsync($"CREATE STORE bad WITH ({With(server.Port, server.Username, "hunter2")})");
        Assert.Equal(
            ("errored", $"28P01: password authentication failed for user \"{server.Username}\""),
            await SettledAsync(emulator, "bad")
        );

        await emulator.RunAsync($"UPDATE STORE bad WITH ({Group(server.Port, server.Username, server.Password)})");
        Assert.Equal(("ready", null), await SettledAsync(emulator, "bad"));

        var database = With(server.Port, server.Username, server.Password)
            .Replace("/postgres'", "/nope'", StringComparison.Ordinal);
        await emulator.RunAsync($"CREATE STORE nowhere WITH ({database})");
        Assert.Equal(("errored", "3D000: database \"nope\" does not exist"), await SettledAsync(emulator, "nowhere"));

        await emulator.RunAsync($"CREATE STORE tls WITH ({With(server.Port, server.Username, server.Password, "")})");
        var (status, message) = await SettledAsync(emulator, "tls");
        Assert.Equal("errored", status);
        Assert.Contains("SSL", message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_password_that_the_server_repeats_is_not()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var emulator = await LocalEmulator.StartAsync(new() { NoAuth = true, LiveProbe = true });

        await emulator.RunAsync($"CREATE STORE x WITH ({With(server.Port, "hunter2", "hunter2")})");
        Assert.Equal(
            ("errored", "28P01: password authentication failed for user \"***\""),
            await SettledAsync(emulator, "x")
        );
    }

    [Fact]
    public async Task Nobody_at_the_address_is_an_error_that_names_it()
    {
        var port = FreePort();
        await using var emulator = await LocalEmulator.StartAsync(new() { NoAuth = true, LiveProbe = true });

        await emulator.RunAsync($"CREATE STORE x WITH ({With(port, "u", "hunter2")})");
        var (status, message) = await SettledAsync(emulator, "x");

        Assert.Equal("errored", status);
        Assert.Contains($"127.0.0.1:{port}", message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_probe_that_a_restart_cut_off_runs_again()
    {
        var options = new DeltaStreamEmulatorOptions
        {
            NoAuth = true,
            LiveProbe = true,
            DataFile = DataFile,
        };

        // It takes the connection and says nothing, so the first probe has not ended when the emulator does.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        await using (var emulator = await LocalEmulator.StartAsync(options))
        {
            await emulator.RunAsync($"CREATE STORE x WITH ({With(port, "u", "hunter2-canary")})");
            using var caller = await silent.AcceptTcpClientAsync();
            Assert.Equal("provisioning", (await emulator.StateAsync("x")).Status);
        }

        var bytes = await File.ReadAllBytesAsync(options.DataFile);
        Assert.Equal(-1, bytes.AsSpan().IndexOf("hunter2-canary"u8));

        silent.Stop();
        await using (var emulator = await LocalEmulator.StartAsync(options))
        {
            Assert.Equal("errored", (await SettledAsync(emulator, "x")).Status);
        }
    }

    [Fact]
    public async Task Without_live_probes_a_probe_that_was_cut_off_is_forgotten()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        await using (
            var emulator = await LocalEmulator.StartAsync(
                new()
                {
                    NoAuth = true,
                    LiveProbe = true,
                    DataFile = DataFile,
                }
            )
        )
        {
            await emulator.RunAsync($"CREATE STORE x WITH ({With(port, "u", "p")})");
        }

        await using (var emulator = await LocalEmulator.StartAsync(new() { NoAuth = true, DataFile = DataFile }))
        {
            Assert.Equal(("ready", null), await emulator.StateAsync("x"));
        }
    }

    [Fact]
    public async Task A_probe_of_a_store_that_was_dropped_and_made_again_counts_for_nothing()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        await using var emulator = await LocalEmulator.StartAsync(new() { NoAuth = true, LiveProbe = true });

        await emulator.RunAsync($"CREATE STORE x WITH ({With(port, "u", "p")})");
        var first = await silent.AcceptTcpClientAsync();
        await emulator.RunAsync("DROP STORE x");
        await emulator.RunAsync($"CREATE STORE x WITH ({With(port, "u", "p")})");
        using var second = await silent.AcceptTcpClientAsync();
        // The first probe fails now; the second still waits.
        first.Dispose();

        Assert.Equal("provisioning", (await emulator.StateAsync("x")).Status);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
