using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace DeltaStream.Emulator.Tests.Rest;

/// <summary>HTTP by hand, to send what no client would and to see how a connection ends.</summary>
internal sealed class RawHttp : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Socket _socket;
    private readonly StringBuilder _received = new();

    private RawHttp(Socket socket) => _socket = socket;

    public string Received => _received.ToString();

    public int ContentLength
    {
        get
        {
            const string Name = "Content-Length: ";
            var start = Received.IndexOf(Name, StringComparison.Ordinal) + Name.Length;
            return int.Parse(
                Received[start..Received.IndexOf('\r', start)],
                NumberStyles.None,
                CultureInfo.InvariantCulture
            );
        }
    }

    public int BodyLength => Received.Length - Received.IndexOf("\r\n\r\n", StringComparison.Ordinal) - 4;

    public static async Task<RawHttp> ConnectAsync(DeltaStreamEmulator emulator)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(emulator.HttpEndpoint);
        return new RawHttp(socket);
    }

    /// <summary>A POST of a JSON body, as a client writes it.</summary>
    public static string Post(DeltaStreamEmulator emulator, string body) =>
        Head(
            emulator,
            "POST /v2/statements",
            "Content-Type: application/json",
            string.Create(CultureInfo.InvariantCulture, $"Content-Length: {Encoding.UTF8.GetByteCount(body)}")
        ) + body;

    /// <summary>A request's line and headers, with the token.</summary>
    public static string Head(DeltaStreamEmulator emulator, string line, params string[] headers) =>
        $"{line} HTTP/1.1\r\nHost: {emulator.HttpEndpoint}\r\nAuthorization: Bearer {emulator.Token}\r\n"
        + string.Concat(headers.Select(h => h + "\r\n"))
        + "\r\n";

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _socket.SendAsync(bytes);

    /// <summary>Reads on until the text is there.</summary>
    public async Task UntilAsync(string text)
    {
        while (!Received.Contains(text, StringComparison.Ordinal))
        {
            Assert.True(await ReadAsync(), $"the connection ended after: {Received}");
        }
    }

    /// <summary>Reads to the connection's end: null for an orderly one, else what it ended with.</summary>
    public async Task<SocketError?> EndAsync()
    {
        try
        {
            while (await ReadAsync()) { }
            return null;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task<bool> ReadAsync()
    {
        var buffer = new byte[4096];
        using var limit = new CancellationTokenSource(s_patience);
        var count = await _socket.ReceiveAsync(buffer, limit.Token);
        _received.Append(Encoding.UTF8.GetString(buffer, 0, count));
        return count > 0;
    }
}
