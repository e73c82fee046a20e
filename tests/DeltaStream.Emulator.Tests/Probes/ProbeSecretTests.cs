using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Encodings.Web;
using DeltaStream.Emulator.Probes;

namespace DeltaStream.Emulator.Tests.Probes;

/// <summary>What a server says of a password, in any usual encoding, is hidden in what the live probe finds. Issue 11, number 2.</summary>
public sealed class ProbeSecretTests
{
    private const string Password = "a@b\"c'd e-canary";

    public static TheoryData<string> Messages =>
        [
            Password,
            Password.ToUpperInvariant(),
            Password.Replace("'", "''", StringComparison.Ordinal),
            Uri.EscapeDataString(Password),
            WebUtility.UrlEncode(Password),
            WebUtility.HtmlEncode(Password),
            JavaScriptEncoder.Default.Encode(Password),
            Convert.ToBase64String(Encoding.UTF8.GetBytes(Password)),
            $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"u:{Password}"))}",
            Convert.ToHexString(Encoding.UTF8.GetBytes(Password)),
        ];

    [Theory, MemberData(nameof(Messages))]
    public async Task A_password_is_hidden(string said)
    {
        var found = await ProbeAsync($"no entry for '{said}'");

        Assert.StartsWith("28P01: no entry for ", found, StringComparison.Ordinal);
        Assert.Contains("***", found, StringComparison.Ordinal);
        Assert.DoesNotContain(said, found, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", found, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_is_no_password_is_shown() =>
        Assert.Equal("28P01: no entry for user u, database d", await ProbeAsync("no entry for user u, database d"));

    /// <summary>A server that refuses everybody with a message.</summary>
    private static async Task<string?> ProbeAsync(string message)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var probe = PostgresProbe.TryAsync(
            new ProbeTarget
            {
                Address = string.Create(
                    CultureInfo.InvariantCulture,
                    $"postgresql://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}/d"
                ),
                Username = "u",
                Password = Password,
                TlsDisabled = true,
            },
            CancellationToken.None
        );
        using var client = await server.AcceptTcpClientAsync();
        var stream = client.GetStream();
        await stream.ReadAtLeastAsync(new byte[4096], 8);
        await stream.WriteAsync(Refusal(message));
        return await probe;
    }

    private static byte[] Refusal(string message)
    {
        var fields = Encoding.UTF8.GetBytes($"SFATAL\0VFATAL\0C28P01\0M{message}\0\0");
        var response = new byte[fields.Length + 5];
        response[0] = (byte)'E';
        BinaryPrimitives.WriteInt32BigEndian(response.AsSpan(1), fields.Length + 4);
        fields.CopyTo(response, 5);
        return response;
    }
}
