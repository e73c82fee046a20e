using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Npgsql;

namespace DeltaStream.EndToEnd.Tests.Connections;

/// <summary>A server of the PostgreSQL protocol announces a row of 2 GB. The client says so, and waits for none of it.</summary>
public sealed class HugeRowTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();

    [Fact]
    public async Task A_row_of_2_GB_is_a_failure_of_the_service()
    {
        _listener.Start();
        var serving = ServeAsync();
        await using var dataSource = DeltaStreamNpgsql.CreateDataSource(
            FormattableString.Invariant($"Host=127.0.0.1;Port={((IPEndPoint)_listener.LocalEndpoint).Port};Username=u")
        );
        var client = new StoreClient(dataSource);

        var get = await Assert.ThrowsAsync<StoreBackendException>(() =>
            client.GetAsync("orders").WaitAsync(TimeSpan.FromSeconds(30))
        );
        var list = await Assert.ThrowsAsync<StoreBackendException>(() =>
            client.ListAsync().ToListAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30))
        );

        Assert.Contains("larger than the free memory", get.Message, StringComparison.Ordinal);
        Assert.Contains("larger than the free memory", list.Message, StringComparison.Ordinal);
        await _end.CancelAsync();
        await serving;
    }

    public void Dispose()
    {
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        var clients = new List<Task>();
        try
        {
            while (true)
            {
                clients.Add(RespondAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(clients);
        }
    }

    private async Task RespondAsync(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            var buffer = new byte[64 * 1024];
            try
            {
                while (await stream.ReadAsync(buffer, _end.Token) is var read and > 0)
                {
                    var said = Encoding.Latin1.GetString(buffer, 0, read);
                    byte[] response =
                        BinaryPrimitives.ReadInt32BigEndian(buffer.AsSpan(4)) == 80877103 ? [(byte)'N']
                        : said.Contains("user", StringComparison.Ordinal)
                            ?
                            [
                                .. Message('R', [0, 0, 0, 0]),
                                .. Message('S', [.. "server_version\u000015.0\0"u8]),
                                .. Message('Z', [(byte)'I']),
                            ]
                        : said.Contains("SELECT", StringComparison.Ordinal)
                            ?
                            [
                                .. Message('1', []),
                                .. Message('2', []),
                                .. Message(
                                    'T',
                                    [
                                        0,
                                        1,
                                        .. "name\0"u8,
                                        0,
                                        0,
                                        0,
                                        0,
                                        0,
                                        0,
                                        0,
                                        0,
                                        0,
                                        25,
                                        255,
                                        255,
                                        255,
                                        255,
                                        255,
                                        255,
                                        0,
                                        0,
                                    ]
                                ),
                                (byte)'D',
                                0x7F,
                                0xFF,
                                0xFF,
                                0xFF,
                                0,
                                1,
                                0x7F,
                                0xFF,
                                0xFF,
                                0xF0,
                            ]
                        :
                        [
                            .. Message('1', []),
                            .. Message('2', []),
                            .. Message('n', []),
                            .. Message('I', []),
                            .. Message('Z', [(byte)'I']),
                        ];
                    await stream.WriteAsync(response, _end.Token);
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The client is gone, or the test is over.
            }
        }
    }

    private static byte[] Message(char kind, byte[] body)
    {
        var message = new byte[body.Length + 5];
        message[0] = (byte)kind;
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), body.Length + 4);
        body.CopyTo(message, 5);
        return message;
    }
}
