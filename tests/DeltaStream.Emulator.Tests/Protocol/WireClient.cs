using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace DeltaStream.Emulator.Tests.Protocol;

/// <summary>Speaks the protocol byte by byte, also where no driver would.</summary>
internal sealed class WireClient : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly TcpClient _client = new() { NoDelay = true };

    private WireClient() { }

    public NetworkStream Stream { get; private set; } = null!;

    public static async Task<WireClient> ConnectAsync(DeltaStreamEmulator emulator)
    {
        var client = new WireClient();
        await client._client.ConnectAsync(emulator.PostgresEndpoint);
        client.Stream = client._client.GetStream();
        return client;
    }

    /// <summary>Connects and logs in without a password.</summary>
    public static async Task<WireClient> LogInAsync(DeltaStreamEmulator emulator)
    {
        var client = await ConnectAsync(emulator);
        await client.SendAsync(Startup(("user", "u")));
        await client.UntilReadyAsync();
        return client;
    }

    public static byte[] Startup(params (string Name, string Value)[] options)
    {
        var body = new List<byte>(Int32(196608));
        foreach (var (name, value) in options)
        {
            body.AddRange([.. Text(name), .. Text(value)]);
        }

        body.Add(0);
        return [.. Int32(body.Count + 4), .. body];
    }

    public static byte[] Message(char type, params byte[][] parts)
    {
        var body = parts.SelectMany(p => p).ToArray();
        return [(byte)type, .. Int32(body.Length + 4), .. body];
    }

    public static byte[] Text(string text) => [.. Encoding.UTF8.GetBytes(text), 0];

    public static byte[] Int16(int value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteInt16BigEndian(bytes, (short)value);
        return bytes;
    }

    public static byte[] Int32(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    public Task SendAsync(params byte[][] messages) =>
        Stream.WriteAsync(messages.SelectMany(m => m).ToArray()).AsTask();

    /// <summary>The server's next message; null when it has closed the connection.</summary>
    public async Task<(char Type, byte[] Body)?> ReadAsync()
    {
        using var limit = new CancellationTokenSource(s_patience);
        try
        {
            var header = new byte[5];
            await Stream.ReadExactlyAsync(header, limit.Token);
            var body = new byte[BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(1)) - 4];
            await Stream.ReadExactlyAsync(body, limit.Token);
            return ((char)header[0], body);
        }
        catch (Exception e) when (e is EndOfStreamException or IOException)
        {
            return null;
        }
    }

    /// <summary>The messages up to the next ReadyForQuery: their types, and the status at the end.</summary>
    public async Task<(string Types, char Status)> UntilReadyAsync()
    {
        var types = new StringBuilder();
        while (await ReadAsync() is var (type, body))
        {
            types.Append(type);
            if (type == 'Z')
            {
                return (types.ToString(), (char)body[0]);
            }
        }

        throw new EndOfStreamException($"closed after {types}");
    }

    /// <summary>Reads until the server closes; the SQLSTATE of its last word, if it had one.</summary>
    public async Task<string?> UntilClosedAsync()
    {
        string? sqlState = null;
        while (await ReadAsync() is var (type, body))
        {
            if (type == 'E')
            {
                sqlState = Field(body, 'C');
            }
        }

        return sqlState;
    }

    public static string? Field(byte[] error, char code) =>
        Encoding.UTF8.GetString(error).Split('\0').FirstOrDefault(f => f.Length > 0 && f[0] == code)?[1..];

    public void Dispose() => _client.Dispose();
}
