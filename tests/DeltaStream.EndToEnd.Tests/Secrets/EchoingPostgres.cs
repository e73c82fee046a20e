using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DeltaStream.EndToEnd.Tests.Secrets;

/// <summary>A server of the PostgreSQL protocol that says what a test wants. It knows as much of it as Npgsql asks for.</summary>
internal sealed class EchoingPostgres : IAsyncDisposable
{
    private const int SslRequest = 80877103;
    private const int GssRequest = 80877104;
    private const int TextType = 25;
    private const int TimestampType = 1184;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string, Echo> _says;
    private readonly Task _serving;

    public EchoingPostgres(Func<string, Echo> says)
    {
        _says = says;
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var clients = new List<Task>();
        try
        {
            while (true)
            {
                clients.Add(TalkAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        finally
        {
            await Task.WhenAll(clients).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var _ = client;
        var stream = client.GetStream();
        while (BinaryPrimitives.ReadInt32BigEndian(await BodyAsync(stream)) is SslRequest or GssRequest)
        {
            await stream.WriteAsync("N"u8.ToArray(), _stop.Token);
        }

        await stream.WriteAsync(
            (byte[])
                [
                    .. Message('R', Int(0)),
                    .. Message('S', Text("server_version"), Text("16.0")),
                    .. Message('S', Text("client_encoding"), Text("UTF8")),
                    .. Message('S', Text("standard_conforming_strings"), Text("on")),
                    .. Message('K', Int(1), Int(1)),
                    .. Message('Z', "I"u8.ToArray()),
                ],
            _stop.Token
        );

        var sql = "";
        var kind = new byte[1];
        while (await stream.ReadAtLeastAsync(kind, 1, throwOnEndOfStream: false, _stop.Token) == 1 && kind[0] != 'X')
        {
            var body = await BodyAsync(stream);
            if (kind[0] == 'P')
            {
                sql = Encoding.UTF8.GetString(body);
            }
            else if (kind[0] == 'S')
            {
                var isRead = sql.Contains("SELECT ", StringComparison.Ordinal);
                await stream.WriteAsync(Response(_says(isRead ? "SELECT" : "CREATE"), isRead), _stop.Token);
            }
        }
    }

    private async Task<byte[]> BodyAsync(NetworkStream stream)
    {
        var length = new byte[4];
        await stream.ReadExactlyAsync(length, _stop.Token);
        var body = new byte[BinaryPrimitives.ReadInt32BigEndian(length) - 4];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return body;
    }

    private static byte[] Response(Echo echo, bool isRead)
    {
        var ready = Message('Z', "I"u8.ToArray());
        if (echo.Error is { } error)
        {
            // Everywhere where an error may have text.
            return
            [
                .. Message('E', [.. "SVCMDHWqRF".SelectMany(field => Field(field, Said(field, error))), 0]),
                .. ready,
            ];
        }

        byte[] begin = [.. Message('1'), .. Message('2')];
        if (!isRead)
        {
            return [.. begin, .. Message('n'), .. Message('C', Text("CREATE STORE")), .. ready];
        }

        string?[] texts = [Subtypes.Name, "Kafka", "errored", echo.StatusMessage, "sysadmin"];
        string[] columns = ["name", "type", "status", "status_message", "owner", "created_at", "updated_at"];
        byte[] time = [0, 0, 0, 8, 0, 2, 0, 0, 0, 0, 0, 0];
        return
        [
            .. begin,
            .. Message(
                'T',
                [
                    .. Short(columns.Length),
                    .. columns.SelectMany((name, i) => Column(name, i < texts.Length ? TextType : TimestampType)),
                ]
            ),
            .. Message('D', [.. Short(columns.Length), .. texts.SelectMany(Cell), .. time, .. time]),
            .. Message('C', Text("SELECT 1")),
            .. ready,
        ];
    }

    private static string Said(char field, string error) =>
        field switch
        {
            'S' or 'V' => "ERROR",
            'C' => "42601",
            _ => error,
        };

    private static byte[] Field(char field, string text) => [(byte)field, .. Text(text)];

    private static byte[] Column(string name, int type) =>
        [.. Text(name), .. Int(0), .. Short(0), .. Int(type), .. Short(-1), .. Int(-1), .. Short(1)];

    private static byte[] Cell(string? text) =>
        text is null ? Int(-1) : [.. Int(Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Message(char kind, params byte[][] parts)
    {
        byte[] body = [.. parts.SelectMany(part => part)];
        return [(byte)kind, .. Int(body.Length + 4), .. body];
    }

    private static byte[] Text(string text) => [.. Encoding.UTF8.GetBytes(text), 0];

    private static byte[] Int(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Short(int value) => Int(value)[2..];
}
