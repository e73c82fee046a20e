using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using DeltaStream.TestSupport;
using Npgsql;

namespace DeltaStream.Emulator.Tests.Hosting;

/// <summary>With a certificate both protocols speak TLS, to clients that verify it in full (issue 11, number 19).</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData("RSA")]
    [InlineData("elliptic curve")]
    [InlineData("authority between")]
    [InlineData("one file")]
    public async Task Npgsql_and_https_verify_the_certificate_in_full(string kind)
    {
        await using var emulator = await StartAsync(Files(kind));
        await using var npgsql = NpgsqlDataSource.Create(Settings(emulator, SslMode.VerifyFull).ConnectionString);
        await using var command = npgsql.CreateCommand($"CREATE STORE s WITH ({LocalEmulator.Kafka})");

        await command.ExecuteNonQueryAsync();
        using var response = await HttpsAsync(emulator, "localhost");

        Assert.Equal("""{"major":2,"minor":0,"patch":0}""", await response.Content.ReadAsStringAsync());
        Assert.Equal(Uri.UriSchemeHttps, emulator.ServerUri.Scheme);
        Assert.StartsWith("Server=https://", emulator.RestConnectionString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SslMode.Disable)]
    [InlineData(SslMode.Prefer)]
    [InlineData(SslMode.Require)]
    [InlineData(SslMode.VerifyCA)]
    public async Task Clients_that_verify_less_connect_too(SslMode mode)
    {
        await using var emulator = await StartAsync(_authority.Issue("elsewhere.example"));

        await using var npgsql = NpgsqlDataSource.Create(Settings(emulator, mode).ConnectionString);
        await using var command = npgsql.CreateCommand("SELECT 1");

        Assert.Equal(1L, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Another_name_and_another_authority_are_refused_by_clients_that_verify()
    {
        using var other = new TestAuthority();
        await using var emulator = await StartAsync(_authority.Issue("elsewhere.example"));
        var byOther = Settings(emulator, SslMode.VerifyCA);
        byOther.RootCertificate = other.RootFile;

        foreach (var settings in new[] { Settings(emulator, SslMode.VerifyFull), byOther })
        {
            await using var npgsql = NpgsqlDataSource.Create(settings.ConnectionString);
            await Assert.ThrowsAsync<NpgsqlException>(async () => await npgsql.OpenConnectionAsync());
        }

        await Assert.ThrowsAsync<HttpRequestException>(() => HttpsAsync(emulator, "localhost"));
    }

    [Fact]
    public async Task Plain_http_is_not_served()
    {
        await using var emulator = await StartAsync(_authority.Issue("localhost"));
        using var client = new HttpClient();

        await Assert.ThrowsAsync<HttpRequestException>(() =>
            client.GetAsync(new Uri($"http://{emulator.HttpEndpoint}/healthz"))
        );
    }

    [Fact]
    public async Task Without_a_certificate_a_client_that_insists_on_TLS_is_refused()
    {
        await using var emulator = await DeltaStreamEmulator.StartAsync();

        await using var npgsql = NpgsqlDataSource.Create(Settings(emulator, SslMode.Require).ConnectionString);

        await Assert.ThrowsAsync<NpgsqlException>(async () => await npgsql.OpenConnectionAsync());
    }

    [Fact]
    public async Task Large_messages_cancels_and_many_connections_go_through_TLS()
    {
        await using var emulator = await StartAsync(_authority.Issue("localhost"));
        await using var npgsql = NpgsqlDataSource.Create(Settings(emulator, SslMode.VerifyFull).ConnectionString);
        var text = new string('x', 1_000_000);

        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(async _ =>
                {
                    await using var large = npgsql.CreateCommand("SELECT $1::text");
                    large.Parameters.Add(new NpgsqlParameter { Value = text });
                    Assert.Equal(text, await large.ExecuteScalarAsync());
                })
        );
        await using var endless = npgsql.CreateCommand(
            "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r"
        );
        using var stop = new CancellationTokenSource();
        var running = endless.ExecuteScalarAsync(stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => running);
    }

    /// <summary>What a client sends first, in hexadecimal and in pieces, and the bytes that come back for each.</summary>
    [Theory]
    [InlineData("0000000804D2162F", "S")]
    [InlineData("0000000804D21630 0000000804D2162F", "N S")]
    [InlineData("0000000804D21630 0000000804D21630 0000000804D2162F", "N N N")]
    [InlineData("00000008 04D2162F", " S")]
    [InlineData("0000000904D2162F00", "N")]
    public async Task Encryption_is_agreed_to_as_in_PostgreSQL(string sent, string received)
    {
        await using var emulator = await StartAsync(_authority.Issue("localhost"));
        using var client = new TcpClient();
        await client.ConnectAsync(emulator.PostgresEndpoint);
        var stream = client.GetStream();
        var responses = received.Split(' ');
        foreach (var (piece, response) in sent.Split(' ').Zip(responses))
        {
            await stream.WriteAsync(Convert.FromHexString(piece));
            var byteBack = new byte[response.Length];
            await stream.ReadExactlyAsync(byteBack).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Equal(response, Encoding.ASCII.GetString(byteBack));
        }
    }

    [Theory]
    [InlineData("0000000804D2162F", "no TLS at all")]
    [InlineData("0000000804D2162F", "")]
    [InlineData("0000", "")]
    [InlineData("0000000800030000", "")]
    [InlineData("FFFFFFFF04D2162F", "")]
    [InlineData("16030100", "")]
    public async Task What_a_client_breaks_is_its_own_connection(string sent, string rest)
    {
        await using var emulator = await StartAsync(_authority.Issue("localhost"));
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(emulator.PostgresEndpoint);
            var stream = client.GetStream();
            await stream.WriteAsync(Convert.FromHexString(sent));
            await stream.WriteAsync(Encoding.ASCII.GetBytes(rest));
            client.Client.Shutdown(SocketShutdown.Send);
            // The connection ends, in order or by a reset.
            await Task.WhenAny(stream.CopyToAsync(Stream.Null)).WaitAsync(TimeSpan.FromSeconds(30));
        }

        await using var npgsql = NpgsqlDataSource.Create(Settings(emulator, SslMode.VerifyFull).ConnectionString);
        await using var command = npgsql.CreateCommand("SELECT 1");
        Assert.Equal(1L, await command.ExecuteScalarAsync());
    }

    [PsqlFact]
    public async Task Psql_verifies_the_certificate_in_full()
    {
        await using var emulator = await StartAsync(_authority.Issue("localhost"));
        await using var elsewhere = await StartAsync(_authority.Issue("elsewhere.example"));

        Assert.Equal((0, "through\n"), await PsqlAsync(emulator, "verify-full"));
        Assert.Equal((0, "through\n"), await PsqlAsync(elsewhere, "verify-ca"));
        Assert.Equal((0, "through\n"), await PsqlAsync(emulator, "prefer"));
        Assert.Equal((0, "through\n"), await PsqlAsync(emulator, "disable"));
        Assert.Equal(2, (await PsqlAsync(elsewhere, "verify-full")).ExitCode);
    }

    public static TheoryData<string?, string?, string> Wrong =>
        new()
        {
            { "certificate", null, "TLS needs a certificate and its private key: give both files, or none." },
            { null, "key", "TLS needs a certificate and its private key: give both files, or none." },
            { "/none/cert.pem", "key", "The TLS certificate '/none/cert.pem' can't be read: Could not find" },
            { "certificate", "/none/key.pem", "The TLS key '/none/key.pem' can't be read: Could not find" },
            { "key", "key", "The TLS certificate 'key' is not a certificate as PEM: it has no BEGIN CERTIFICATE." },
            { "text", "key", "The TLS certificate 'text' is not a certificate as PEM: it has no BEGIN CERTIFICATE." },
            { "damaged", "key", "The TLS certificate 'damaged' is not a certificate as PEM: " },
            { "certificate", "other key", "The TLS key 'other key' is not the private key of 'certificate' as PEM" },
            {
                "certificate",
                "certificate",
                "The TLS key 'certificate' is not the private key of 'certificate' as PEM"
            },
            {
                "certificate",
                "encrypted",
                "The TLS key 'encrypted' is not the private key of 'certificate' as PEM, without a passphrase: "
            },
            { "certificate", "text", "The TLS key 'text' is not the private key of 'certificate' as PEM" },
        };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Wrong_files_are_named_with_the_reason(string? certificate, string? key, string message)
    {
        var (right, rightKey) = _authority.Issue("localhost");
        using var rsa = RSA.Create();
        rsa.ImportFromPem(await File.ReadAllTextAsync(rightKey));
        var files = new Dictionary<string, string>
        {
            ["certificate"] = right,
            ["key"] = rightKey,
            ["other key"] = _authority.Issue("localhost").Key,
            ["text"] = _authority.Write("hunter2"),
            ["damaged"] = _authority.Write(Pem.Certificate),
            ["encrypted"] = _authority.Write(
                rsa.ExportEncryptedPkcs8PrivateKeyPem(
                    "hunter2",
                    new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000)
                )
            ),
        };
        var options = new DeltaStreamEmulatorOptions
        {
            TlsCertificateFile = Named(certificate),
            TlsKeyFile = Named(key),
        };

        var e = await Assert.ThrowsAnyAsync<Exception>(() => DeltaStreamEmulator.StartAsync(options));

        Assert.True(e is ArgumentException or InvalidDataException or IOException, e.GetType().Name);
        var named = files.Aggregate(e.Message, (m, f) => m.Replace(f.Value, f.Key, StringComparison.Ordinal));
        Assert.StartsWith(message, named, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", e.ToString(), StringComparison.Ordinal);

        string? Named(string? name) => name is null ? null : files.GetValueOrDefault(name, name);
    }

    private (string Certificate, string Key) Files(string kind)
    {
        string[] names = ["localhost", "127.0.0.1"];
        if (kind != "one file")
        {
            return kind switch
            {
                "RSA" => _authority.Issue(names),
                "elliptic curve" => _authority.IssueEllipticCurve(names),
                _ => _authority.IssueBehindAnother(names),
            };
        }

        var (certificate, key) = _authority.Issue(names);
        var both = _authority.Write(File.ReadAllText(key) + "\n" + File.ReadAllText(certificate));
        return (both, both);
    }

    private static Task<DeltaStreamEmulator> StartAsync((string Certificate, string Key) files) =>
        DeltaStreamEmulator.StartAsync(new() { TlsCertificateFile = files.Certificate, TlsKeyFile = files.Key });

    private NpgsqlConnectionStringBuilder Settings(DeltaStreamEmulator emulator, SslMode mode) =>
        new(emulator.PostgresConnectionString)
        {
            Host = "localhost",
            SslMode = mode,
            RootCertificate = mode >= SslMode.VerifyCA ? _authority.RootFile : null,
            Pooling = false,
        };

    private async Task<HttpResponseMessage> HttpsAsync(DeltaStreamEmulator emulator, string host)
    {
        using var client = _authority.Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", emulator.Token);
        var response = await client.GetAsync(new Uri($"https://{host}:{emulator.HttpEndpoint.Port}/v2/version"));
        await response.Content.LoadIntoBufferAsync();
        return response;
    }

    private async Task<(int ExitCode, string Output)> PsqlAsync(DeltaStreamEmulator emulator, string mode)
    {
        var password = new NpgsqlConnectionStringBuilder(emulator.PostgresConnectionString).Password;
        var port = emulator.PostgresEndpoint.Port.ToString(CultureInfo.InvariantCulture);
        var (exitCode, output, _) = await PsqlTests.PsqlAsync(
            emulator,
            "SELECT 'through';",
            password,
            $"host=localhost port={port} user=deltastream dbname=deltastream sslmode={mode} sslrootcert={_authority.RootFile}"
        );
        return (exitCode, output);
    }
}
