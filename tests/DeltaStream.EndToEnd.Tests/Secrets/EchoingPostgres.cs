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

    /// <param name="says">What it says to a statement with this first word; empty for a probe.</param>
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
                // In front is the name of the statement, which is empty.
                sql = Encoding.UTF8.GetString(body).TrimStart('\0');
            }
            else if (kind[0] == 'S')
            {
                var word = string.Concat(sql.TakeWhile(char.IsAsciiLetter));
                var echo = _says(word);
                await stream.WriteAsync(Response(echo, word is "SELECT" or "DESCRIBE"), _stop.Token);
                if (echo.Carrier == Carrier.Fatal)
                {
                    return;
                }
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
        if (echo.Carrier is Carrier.Error or Carrier.SqlState or Carrier.Fatal or Carrier.Notice)
        {
            // Everywhere where an error may have text.
            byte[] fields = [.. "SVCMDHWqRFsctdn".SelectMany(field => Field(field, Said(field, echo))), 0];
            return
            [
                .. echo.Carrier == Carrier.Notice ? Message('N', fields) : [],
                .. Message('E', fields),
                .. echo.Carrier == Carrier.Fatal ? [] : ready,
            ];
        }

        byte[] begin = [.. Message('1'), .. Message('2')];
        if (!isRead)
        {
            return [.. begin, .. Message('n'), .. Message('C', Text("CREATE STORE")), .. ready];
        }

        string[] columns = [.. echo.Columns.Select(c => c.Name), "created_at", "updated_at"];
        byte[] time = [0, 0, 0, 8, 0, 2, 0, 0, 0, 0, 0, 0];
        return
        [
            .. begin,
            .. Message(
                'T',
                [
                    .. Short(columns.Length),
                    .. columns.SelectMany((name, i) => Column(name, i < columns.Length - 2 ? TextType : TimestampType)),
                ]
            ),
            .. echo.IsRow
                ? Message(
                    'D',
                    [.. Short(columns.Length), .. echo.Columns.SelectMany(c => Cell(c.Value)), .. time, .. time]
                )
                : [],
            .. Message('C', Text(echo.IsRow ? "SELECT 1" : "SELECT 0")),
            .. ready,
        ];
    }

    private static string Said(char field, Echo echo) =>
        field switch
        {
            'S' or 'V' => echo.Carrier == Carrier.Fatal ? "FATAL" : "ERROR",
            'C' => echo.Carrier == Carrier.SqlState ? echo.Text : "42601",
            _ => echo.Text,
        };

    private static byte[] Field(char field, string text) => [(byte)field, .. Text(text)];

    private static byte[] Column(string name, int type) =>
        [.. Text(name), .. Int(0), .. Short(0), .. Int(type), .. Short(-1), .. Int(-1), .. Short(1)];

    private static byte[] Cell(string text) =>
        [.. Int(Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

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
