using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace DeltaStream.TestSupport;

/// <summary>
/// A real PostgreSQL server of its own for a test: a fresh cluster in a temporary folder, on a free port of 127.0.0.1,
/// with a password. Dispose it to stop it and to delete the folder.
/// </summary>
/// <remarks>
/// The server is started through a small shell that waits for its standard input to end: when the test process dies,
/// however it dies, the pipe closes and the shell stops the server and deletes the folder. So no server is left
/// behind.
/// </remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Superuser = "tester";
    private const int Attempts = 3;

    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(20);

    // $1 postgres, $2 data folder, $3 port, $4 folder to delete, $5 folder of the certificate, if any. 'cat' ends when standard input does. A signal for the
    // whole process group, as Ctrl-C sends it, is left to the test process.
    private const string Watch = """
        trap '' INT HUP TERM
        { "$1" -D "$2" -p "$3" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
            ${5:+-c ssl=on -c "ssl_cert_file=$5/server.crt" -c "ssl_key_file=$5/server.key"} \
            -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=16MB \
            -c dynamic_shared_memory_type=mmap </dev/null >"$2/log" 2>&1; echo ended; } &
        run=$!
        cat >/dev/null
        while kill -0 $run && ! kill -INT "$(head -n 1 "$2/postmaster.pid")"; do sleep 0.1; done 2>/dev/null
        wait
        rm -rf "$4"
        """;

    private readonly string _folder;
    private readonly Process _watch;

    private PostgresServer(string folder, int port, string password, Process watch)
    {
        _folder = folder;
        _watch = watch;
        Port = port;
        Password = password;
    }

    public string Host => "127.0.0.1";

    public int Port { get; }

    public string Username => Superuser;

    public string Password { get; }

    public string Database => "postgres";

    /// <summary>For Npgsql.</summary>
    public string ConnectionString =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Host={Host};Port={Port};Username={Username};Password={Password};Database={Database}"
        );

    /// <summary>Starts a server; it takes connections when the task is done.</summary>
    /// <param name="tls">The certificate and the private key that the server shows, as PEM; null for no TLS.</param>
    public static async Task<PostgresServer> StartAsync((string Certificate, string Key)? tls = null)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("The test server is started by a POSIX shell.");
        }

        // Another program can take the free port before the server does.
        for (var attempt = 1; ; attempt++)
        {
            var server = await LaunchAsync(tls);
            try
            {
                await server.AcceptsConnectionsAsync();
                return server;
            }
            catch (InvalidOperationException) when (attempt < Attempts)
            {
                await server.DisposeAsync();
            }
            catch
            {
                await server.DisposeAsync();
                throw;
            }
        }
    }

    private static async Task<PostgresServer> LaunchAsync((string Certificate, string Key)? tls)
    {
        var folder = Directory.CreateTempSubdirectory("deltastream-postgres-").FullName;
        try
        {
            var password = RandomNumberGenerator.GetHexString(16, lowercase: true);
            if (tls is { } pair)
            {
                await File.WriteAllTextAsync(Path.Combine(folder, "server.crt"), pair.Certificate);
                var key = Path.Combine(folder, "server.key");
                await File.WriteAllTextAsync(key, pair.Key);
                // The server takes a key only if nobody else may read it.
                if (!OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
                }
            }

            await InitializeAsync(folder, password);
            var port = FreePort();
            var watch = Start(
                "sh",
                [
                    "-c",
                    Watch,
                    "sh",
                    Program("postgres"),
                    Data(folder),
                    Invariant(port),
                    folder,
                    tls is null ? "" : folder,
                ]
            );
            return new PostgresServer(folder, port, password, watch);
        }
        catch
        {
            Delete(folder);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _watch.StandardInput.Close();
        await _watch.WaitForExitAsync();
        _watch.Dispose();
        Delete(_folder);
    }

    private static async Task InitializeAsync(string folder, string password)
    {
        var passwordFile = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(passwordFile, password);
        if (Environment.UserName == "root")
        {
            await RunAsync("chown", ["-R", User, folder]);
        }

        await RunAsync(
            Program("initdb"),
            [
                "-D",
                Data(folder),
                "-U",
                Superuser,
                "--pwfile",
                passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync",
            ]
        );
    }

    /// <summary>Asks the network rather than the clock: tries until the server answers or has ended.</summary>
    private async Task AcceptsConnectionsAsync()
    {
        using var limit = new CancellationTokenSource(s_startLimit);
        var ended = _watch.StandardOutput.ReadLineAsync(CancellationToken.None).AsTask();
        while (true)
        {
            if (ended.IsCompleted || limit.IsCancellationRequested)
            {
                throw new InvalidOperationException($"PostgreSQL did not start: {await LogAsync()}");
            }

            if (await AnswersAsync(limit.Token))
            {
                return;
            }

            using var tick = new PeriodicTimer(s_tick);
            await tick.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>An SSLRequest is answered by one byte as soon as the server takes connections.</summary>
    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
            var stream = client.GetStream();
            // A StartupMessage of a wrong version would be logged; this is the request every driver begins with.
            await stream.WriteAsync(new byte[] { 0, 0, 0, 8, 4, 210, 22, 47 }, cancellationToken);
            var answer = new byte[1];
            if (await stream.ReadAsync(answer, cancellationToken) != 1)
            {
                return false;
            }

            return await ReadyAsync(cancellationToken);
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>postmaster.pid's last line says when the server is past its recovery.</summary>
    private async Task<bool> ReadyAsync(CancellationToken cancellationToken)
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(Data(_folder), "postmaster.pid"), cancellationToken);
        return lines.Length > 7 && lines[7].Trim() == "ready";
    }

    private async Task<string> LogAsync()
    {
        var log = Path.Combine(Data(_folder), "log");
        return File.Exists(log) ? await File.ReadAllTextAsync(log) : "it wrote no log";
    }

    private static async Task RunAsync(string program, IReadOnlyList<string> arguments)
    {
        using var process = Start(program, arguments);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} failed: {await error}");
        }
    }

    /// <summary>PostgreSQL refuses to run as root, so there it runs as another user.</summary>
    private static Process Start(string program, IReadOnlyList<string> arguments)
    {
        IEnumerable<string> all = [program, .. arguments];
        if (Environment.UserName == "root" && program != "chown")
        {
            all = ["runuser", "-u", User, "--", .. all];
        }

        var info = new ProcessStartInfo(all.First(), all.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        return Process.Start(info) ?? throw new Win32Exception($"{program} did not start");
    }

    private static string User { get; } =
        File.Exists("/etc/passwd")
        && File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal))
            ? "postgres"
            : "nobody";

    private static string Program(string name) =>
        PostgresBinaries.Find(name)
        ?? throw new InvalidOperationException(
            $"PostgreSQL's {name} is neither on PATH nor in /usr/lib/postgresql/*/bin."
        );

    private static string Data(string folder) => Path.Combine(folder, "data");

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
