using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
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
    private readonly ConcurrentDictionary<Break, byte[]> _breaks = new();

    private int _connections;
    private int _unheard;

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

    /// <summary>How many connections clients have made.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>How many connections a client used in vain, because they were forgotten.</summary>
    public int Unheard => Volatile.Read(ref _unheard);

    /// <summary>How many breaks wait for their words.</summary>
    public int Armed => _breaks.Count;

    /// <summary>Breaks the conversation in which the client says certain words from now on, once.</summary>
    public void Arm(Break end) => _breaks[end] = Encoding.UTF8.GetBytes(end.Words);

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
        // Or the kernel waits for more words, 40 ms each time.
        server.NoDelay = client.NoDelay = true;
        using (client)
        {
            _clients[client] = false;
            Interlocked.Increment(ref _connections);
            var conversation = new Conversation();
            try
            {
                await server.ConnectAsync(_server, _stop.Token);
                await Task.WhenAny(UpAsync(client, server, conversation), DownAsync(server, client, conversation));
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

    private async Task UpAsync(Socket client, Socket server, Conversation conversation)
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
                Interlocked.Increment(ref _unheard);
                await Task.Delay(Timeout.Infinite, _stop.Token);
            }

            if (conversation.Hear(buffer.AsSpan(0, read), _breaks) is { ServerHears: false } end)
            {
                await EndAsync(client, end);
                return;
            }

            await server.SendAsync(buffer.AsMemory(0, read), _stop.Token);
        }
    }

    private async Task DownAsync(Socket server, Socket client, Conversation conversation)
    {
        var buffer = new byte[8192];
        while (await server.ReceiveAsync(buffer, _stop.Token) is var read and > 0)
        {
            if (conversation.Respond() is { } end)
            {
                await EndAsync(client, end);
                return;
            }

            await client.SendAsync(buffer.AsMemory(0, read), _stop.Token);
        }
    }

    private async Task EndAsync(Socket client, Break end)
    {
        end.Meanwhile?.Invoke();
        await client.SendAsync(end.LastWords, _stop.Token);
        client.LingerState = new LingerOption(end.Reset, 0);
    }

    /// <summary>What a client has said since the server's last words, and how the conversation ends, if it does.</summary>
    private sealed class Conversation
    {
        private readonly Lock _gate = new();
        private readonly List<byte> _said = [];
        private Break? _end;

        /// <summary>Returns the break that words of the client set off, or null.</summary>
        public Break? Hear(ReadOnlySpan<byte> words, ConcurrentDictionary<Break, byte[]> breaks)
        {
            lock (_gate)
            {
                _said.AddRange(words);
                var said = CollectionsMarshal.AsSpan(_said);
                foreach (var (armed, bytes) in breaks)
                {
                    if (said.IndexOf(bytes) >= 0 && breaks.TryRemove(armed, out _))
                    {
                        return _end = armed;
                    }
                }

                return null;
            }
        }

        /// <summary>Returns the break that takes the place of the server's words, or null.</summary>
        public Break? Respond()
        {
            lock (_gate)
            {
                _said.Clear();
                return _end;
            }
        }
    }
}

/// <summary>The end of a conversation in which the client says certain words.</summary>
/// <param name="words">The words, as they stand in the client's message.</param>
internal sealed class Break(string words)
{
    public string Words => words;

    /// <summary>Whether the server hears the words, and only its response is lost.</summary>
    public bool ServerHears { get; init; } = true;

    /// <summary>What happens before the conversation ends; null for nothing.</summary>
    public Action? Meanwhile { get; init; }

    /// <summary>What the client hears in place of the response.</summary>
    public byte[] LastWords { get; init; } = [];

    /// <summary>True for a reset (TCP RST), false for an orderly end.</summary>
    public bool Reset { get; init; }
}
