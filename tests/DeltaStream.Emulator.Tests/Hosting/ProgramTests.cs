using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using DeltaStream.Emulator.Tests.Rest;
using DeltaStream.TestSupport;
using Npgsql;

namespace DeltaStream.Emulator.Tests.Hosting;

/// <summary>The program as a user meets it: its lines, its exit codes, its end.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deltastream-emulator-");

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<NpgsqlConnection> ConnectAsync(int port, string? password)
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = "deltastream",
            Password = password,
            Database = "deltastream",
            Pooling = false,
        };
        var connection = new NpgsqlConnection(settings.ToString());
        await connection.OpenAsync();
        return connection;
    }

    [Fact]
    public async Task It_says_where_it_listens_and_ends_when_told_to()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await using var program = EmulatorProcess.Start(["--postgres", "127.0.0.1:0", "--http", "127.0.0.1:0"]);
        var (port, line, rest) = await program.ListeningAsync();
        Assert.Matches(
            $"^PostgreSQL protocol: 127\\.0\\.0\\.1:{port} \\(user deltastream, database deltastream, password made up: [0-9a-f]{{24}}\\)$",
            line
        );

        Assert.Matches("^REST API: http://127\\.0\\.0\\.1:[0-9]+/v2 \\(token made up: [0-9a-f]{24}\\)$", rest);
        using (var http = new HttpClient())
        {
            http.DefaultRequestHeaders.Authorization = new("Bearer", rest[^25..^1]);
            var version = await http.GetStringAsync(new Uri(rest.Split(' ')[2] + "/version"));
            Assert.Equal("""{"major":2,"minor":0,"patch":0}""", version);
        }

        await using (var connection = await ConnectAsync(port, line[^25..^1]))
        await using (var command = new NpgsqlCommand("SELECT 1", connection))
        {
            Assert.Equal(1L, await command.ExecuteScalarAsync());
        }

        program.Terminate();
        Assert.Equal((0, "", ""), await program.EndAsync());
    }

    [Fact]
    public async Task A_password_that_was_given_is_not_shown()
    {
        await using var program = EmulatorProcess.Start(
            ["--postgres", "127.0.0.1:0", "--http=127.0.0.1:0"],
            ("DELTASTREAM_EMULATOR_PASSWORD", "hunter2"),
            ("DELTASTREAM_EMULATOR_TOKEN", "hunter3")
        );
        var (port, line, rest) = await program.ListeningAsync();
        Assert.EndsWith("(user deltastream, database deltastream, password as given)", line, StringComparison.Ordinal);
        Assert.EndsWith("/v2 (token as given)", rest, StringComparison.Ordinal);
        await using var connection = await ConnectAsync(port, "hunter2");
    }

    [Fact]
    public async Task Faults_and_roles_come_from_the_command_line()
    {
        await using var program = EmulatorProcess.Start([
            "--postgres=127.0.0.1:0",
            "--http=127.0.0.1:0",
            "--no-auth",
            "--async-statements",
            "--role=admin",
            "--role=dev",
            "--fault=service-unavailable,statement=LIST STORES,retry-after=2s",
        ]);
        var (_, _, rest) = await program.ListeningAsync();
        Assert.EndsWith("/v2 (no authentication)", rest, StringComparison.Ordinal);
        using var http = new HttpClient { BaseAddress = new Uri(rest.Split(' ')[2] + "/") };
        var statements = new Uri("statements", UriKind.Relative);
        using var first = await http.PostAsync(statements, RestEmulator.Json("""{"statement":"LIST STORES"}"""));
        Assert.Equal("503 2", $"{(int)first.StatusCode} {Assert.Single(first.Headers.GetValues("Retry-After"))}");
        using var second = await http.PostAsync(
            statements,
            RestEmulator.Json("""{"statement":"LIST STORES","role":"dev"}""")
        );
        Assert.Equal(HttpStatusCode.Accepted, second.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stores_survive_the_program_and_accounts_judge_them(bool told)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var accounts = Path.Combine(_folder.FullName, "accounts.json");
        await File.WriteAllTextAsync(
            accounts,
            """[{ "type": "KAFKA", "parameters": { "kafka.sasl.username": "ingest", "kafka.sasl.password": "other" } }]"""
        );
        string[] arguments =
        [
            "--postgres=127.0.0.1:0",
            "--http=127.0.0.1:0",
            "--no-auth",
            "--provision-delay=0s",
            "--data-file",
            Path.Combine(_folder.FullName, "stores.db"),
            "--accounts",
            accounts,
        ];

        await using (var first = EmulatorProcess.Start(arguments))
        {
            var (port, line, _) = await first.ListeningAsync();
            Assert.EndsWith("(no authentication, any user)", line, StringComparison.Ordinal);
            await using (var connection = await ConnectAsync(port, null))
            await using (var create = new NpgsqlCommand($"CREATE STORE x WITH ({LocalEmulator.Kafka})", connection))
            {
                await create.ExecuteNonQueryAsync();
            }
            // Otherwise it is killed.
            if (told)
            {
                first.Terminate();
                Assert.Equal(0, (await first.EndAsync()).ExitCode);
            }
        }

        await using (var second = EmulatorProcess.Start(arguments))
        {
            var (port, _, _) = await second.ListeningAsync();
            await using var connection = await ConnectAsync(port, null);
            await using var select = new NpgsqlCommand("SELECT status FROM deltastream.sys.\"stores\"", connection);
            Assert.Equal("errored", await select.ExecuteScalarAsync());
        }
    }

    [Theory]
    [InlineData("--postgres", "--http", "PostgreSQL protocol")]
    [InlineData("--http", "--postgres", "REST API")]
    public async Task A_port_in_use_is_one_line_and_1(string option, string otherOption, string protocol)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var endpoint = other.LocalEndpoint.ToString();
        await using var program = EmulatorProcess.Start([option, endpoint!, otherOption, "127.0.0.1:0", "--no-auth"]);
        Assert.Equal(
            (
                1,
                "",
                $"{endpoint} can't be listened on for the {protocol}: another program uses it. Choose another port.{Environment.NewLine}"
            ),
            await program.EndAsync()
        );
    }

    [Theory]
    [InlineData(
        "--postgre",
        2,
        "'--postgre' was not matched. Did you mean one of the following?\n--postgres\n\nUnrecognized command or argument '--postgre'.\n"
    )]
    [InlineData("--no-auth --token=hunter2", 2, "A token has no effect without authentication: give one or the other.")]
    [InlineData(
        "--postgres=0.0.0.0:0 --no-auth",
        2,
        "Without authentication the emulator listens on loopback only, and 0.0.0.0 can be reached from other machines. Set a password, or listen on 127.0.0.1."
    )]
    [InlineData(
        "--fault=503",
        2,
        "--fault: unknown kind of fault '503'; there are service-unavailable, too-many-requests, slow-headers, truncated-body, reset-before-execution, reset-after-execution, row-not-yet-visible, state-flapping, sql-error-before-execution, sql-error-after-execution.\n"
    )]
    [InlineData(
        "--no-auth --http=0.0.0.0:0",
        2,
        "Without authentication the emulator listens on loopback only, and 0.0.0.0 can be reached from other machines. Set a token, or listen on 127.0.0.1."
    )]
    [InlineData(
        "--no-auth --accounts=/none/accounts.json",
        1,
        "Could not find a part of the path '/none/accounts.json'."
    )]
    public async Task What_is_wrong_is_said_and_a_code(string arguments, int exitCode, string error)
    {
        await using var program = EmulatorProcess.Start(arguments.Split(' '));
        Assert.Equal((exitCode, "", error.ReplaceLineEndings() + Environment.NewLine), await program.EndAsync());
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("--no-auth --version")]
    [InlineData("--version --token=hunter2")]
    [InlineData("--version --spec=/none/acme.store.json")]
    [InlineData("--version --tls-cert=/none/cert.pem")]
    public async Task The_version_is_one_line_and_0_and_nothing_starts(string arguments)
    {
        await using var program = EmulatorProcess.Start(arguments.Split(' '));
        var version = typeof(DeltaStreamEmulator)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion;
        Assert.Equal((0, version + Environment.NewLine, ""), await program.EndAsync());
        Assert.Matches(@"^\d+\.\d+\.\d+", version);
    }

    [Fact]
    public async Task Own_specs_and_TLS_come_from_the_command_line()
    {
        using var authority = new TestAuthority();
        var (certificate, key) = authority.Issue("127.0.0.1");
        var spec = Path.Combine(Repository.Root, "tests", "DeltaStream.Packages.Tests", "Sources", "acme.store.json");
        await using var program = EmulatorProcess.Start([
            "--postgres=127.0.0.1:0",
            "--http=127.0.0.1:0",
            "--spec",
            spec,
            "--tls-cert",
            certificate,
            "--tls-key",
            key,
            "--no-auth",
        ]);
        var (_, _, rest) = await program.ListeningAsync();
        Assert.StartsWith("REST API: https://", rest, StringComparison.Ordinal);
        using var http = authority.Client();
        using var response = await http.PostAsync(
            new Uri(rest.Split(' ')[2] + "/statements"),
            RestEmulator.Json("""{"statement":"CREATE STORE x WITH ('type' = ACME, 'uris' = 'h:1')"}""")
        );
        Assert.Contains("\"sqlState\":\"00000\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--spec", "The spec 'FILE' is not understood at line 1: ")]
    [InlineData("--tls-key=FILE --tls-cert", "The TLS certificate 'FILE' is not a certificate as PEM: it has no BEGIN")]
    public async Task A_wrong_file_is_one_line_and_1(string option, string message)
    {
        var file = Path.Combine(_folder.FullName, "wrong");
        await File.WriteAllTextAsync(file, "hunter2");
        var arguments = $"{option} FILE".Split(' ').Select(a => a.Replace("FILE", file, StringComparison.Ordinal));
        await using var program = EmulatorProcess.Start([.. arguments]);
        var (exitCode, output, error) = await program.EndAsync();
        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith(message.Replace("FILE", file, StringComparison.Ordinal), error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }

    [Fact]
    public async Task Help_names_every_option()
    {
        await using var program = EmulatorProcess.Start(["--help"]);
        var (exitCode, output, error) = await program.EndAsync();
        Assert.Equal((0, ""), (exitCode, error));
        foreach (
            var option in "postgres http password token no-auth async-statements role fault provision-delay data-file accounts spec tls-cert tls-key live verbose version help".Split(
                ' '
            )
        )
        {
            Assert.Contains(
                string.Create(CultureInfo.InvariantCulture, $"--{option} "),
                output,
                StringComparison.Ordinal
            );
        }
    }
}
