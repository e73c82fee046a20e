using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DeltaStream.EndToEnd.Tests.Wire;

/// <summary>
/// A wire between a client and a server that remembers what the client said, and that can be cut in the middle of a conversation.
/// </summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly MemoryStream _said = new();
    private readonly IPEndPoint _server;
    private readonly Task _accepting;
    private readonly ConcurrentDictionary<Socket, bool> _clients = new();
    private int _saidBefore;

    /// <summary>
    /// When the client has said this from now on, the server's next words are swallowed and the connection is cut.
    /// </summary>
    public string? CutAfter
    {
        get;
        set
        {
            _saidBefore = Said.Length;
            field = value;
        }
    }

    /// <summary>When the client says this from now on, the server does not hear it, and the connection is cut.</summary>
    public string? CutBefore
    {
        get;
        set
        {
            _saidBefore = Said.Length;
            field = value;
        }
    }

    public Relay(IPEndPoint server)
    {
        _server = server;
        _listener.Start();
        EndPoint = (IPEndPoint)_listener.LocalEndpoint;
        _accepting = AcceptAsync();
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>All that clients said, in UTF-8.</summary>
    public string Said
    {
        get
        {
            lock (_gate)
            {
                return Encoding.UTF8.GetString(_said.ToArray());
            }
        }
    }

    /// <summary>Cuts all connections that there are.</summary>
    /// <param name="reset">True for a reset (TCP RST), false for an orderly end.</param>
    public void Cut(bool reset)
    {
        foreach (var client in _clients.Keys)
        {
            client.LingerState = new LingerOption(reset, 0);
            client.Close();
        }
    }

    /// <summary>Carries no more words over the connections that there are, and does not end them either.</summary>
    public void Forget()
    {
        foreach (var client in _clients.Keys)
        {
            _clients[client] = true;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var conversations = new List<Task>();
        try
        {
            while (true)
            {
                conversations.Add(ConverseAsync(await _listener.AcceptSocketAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(conversations);
        }
    }

    private async Task ConverseAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using (client)
        {
            _clients[client] = false;
            try
            {
                await server.ConnectAsync(_server, _stop.Token);
                await Task.WhenAny(UpAsync(client, server), DownAsync(server, client));
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One of the two is gone, and so is the conversation.
            }
            finally
            {
                _clients.TryRemove(client, out _);
            }
        }
    }

    private async Task UpAsync(Socket client, Socket server)
    {
        var buffer = new byte[8192];
        while (await client.ReceiveAsync(buffer, _stop.Token) is var read and > 0)
        {
            lock (_gate)
            {
                _said.Write(buffer, 0, read);
            }

            if (_clients.TryGetValue(client, out var forgotten) && forgotten)
            {
                await Task.Delay(Timeout.Infinite, _stop.Token);
            }

            if (CutBefore is { } words && Said[_saidBefore..].Contains(words, StringComparison.Ordinal))
            {
                CutBefore = null;
                return;
            }

            await server.SendAsync(buffer.AsMemory(0, read), _stop.Token);
        }
    }

    private async Task DownAsync(Socket server, Socket client)
    {
        var buffer = new byte[8192];
        while (await server.ReceiveAsync(buffer, _stop.Token) is var read and > 0)
        {
            if (CutAfter is { } words && Said[_saidBefore..].Contains(words, StringComparison.Ordinal))
            {
                CutAfter = null;
                return;
            }

            await client.SendAsync(buffer.AsMemory(0, read), _stop.Token);
        }
    }
}
