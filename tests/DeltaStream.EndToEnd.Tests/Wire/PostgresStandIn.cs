using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DeltaStream.EndToEnd.Tests.Wire;

/// <summary>A server of the PostgreSQL protocol that says what a test wants. It knows as much of it as Npgsql asks for.</summary>
internal sealed class PostgresStandIn : IAsyncDisposable
{
    private const int SslRequest = 80877103;
    private const int GssRequest = 80877104;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string, byte[]> _response;
    private readonly Task _serving;

    /// <param name="response">Gives the response to a statement.</param>
    public PostgresStandIn(Func<string, byte[]> response)
    {
        _response = response;
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
                clients.Add(ConverseAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        finally
        {
            await Task.WhenAll(clients).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ConverseAsync(TcpClient client)
    {
        using var _ = client;
        var stream = client.GetStream();
        while (BinaryPrimitives.ReadInt32BigEndian(await BodyAsync(stream)) is SslRequest or GssRequest)
        {
            await stream.WriteAsync("N"u8.ToArray(), _stop.Token);
        }

        await stream.WriteAsync(PostgresMessage.Welcome, _stop.Token);
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
                var response = _response(sql);
                await stream.WriteAsync(response, _stop.Token);
                // After an error that nothing follows the server closes the connection.
                if (response[0] == 'E' && !response.AsSpan().EndsWith(PostgresMessage.Ready))
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
}
