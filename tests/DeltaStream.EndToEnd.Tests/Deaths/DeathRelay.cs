using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace DeltaStream.EndToEnd.Tests.Deaths;

/// <summary>A wire that counts the messages between a client and a server, in both directions, and kills the client at one of them.</summary>
/// <param name="server">The server.</param>
/// <param name="kills">Whether the client dies at a message, by its number from 1, before or after it is carried.</param>
internal sealed class DeathRelay(IPEndPoint server, Func<int, bool, bool> kills) : IAsyncDisposable
{
    // A request that was cut gets no response.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _conversations = [];
    private readonly ConcurrentBag<StringBuilder> _heard = [];
    private Task _accepting = Task.CompletedTask;
    private int _messages;

    /// <summary>Kills the client, and returns when it is dead.</summary>
    public Func<Task> KillAsync { get; set; } = () => Task.CompletedTask;

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many messages there were.</summary>
    public int Messages => Volatile.Read(ref _messages);

    public void Start()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>How often the server heard a statement about a store. In JSON a quote may be escaped.</summary>
    public int Heard(string statement, string store) =>
        _heard.Sum(h => Regex.Count(h.ToString(), $@"{statement} (""|\\u0022){Regex.Escape(store)}(""|\\u0022)"));

    /// <summary>Waits until the server has responded to all that it heard, and no client is connected.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        await Task.WhenAll(_conversations);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _conversations.Add(ConverseAsync(await _listener.AcceptSocketAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            // The client is gone.
        }
    }

    private async Task ConverseAsync(Socket client)
    {
        using var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
        far.NoDelay = client.NoDelay = true;
        using (client)
        {
            await far.ConnectAsync(server);
            var conversation = new Conversation(client, far);
            _heard.Add(conversation.Heard);
            var down = CarryAsync(conversation, isUp: false);
            if (await Task.WhenAny(CarryAsync(conversation, isUp: true), down) != down)
            {
                // The client is gone, and the server still works on what it heard.
                await Task.WhenAny(down, conversation.Quiet, Task.Delay(s_patience));
            }
        }
    }

    private async Task CarryAsync(Conversation conversation, bool isUp)
    {
        var (from, to) = isUp ? (conversation.Client, conversation.Server) : (conversation.Server, conversation.Client);
        var buffer = new byte[65536];
        try
        {
            while (await from.ReceiveAsync(buffer) is var read and > 0)
            {
                var message = Interlocked.Increment(ref _messages);
                if (kills(message, false))
                {
                    await KillAsync();
                    return;
                }

                conversation.Carried(buffer.AsSpan(0, read), isUp);
                await to.SendAsync(buffer.AsMemory(0, read));
                if (kills(message, true))
                {
                    await KillAsync();
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One of the two is gone, and so is the conversation.
        }
    }

    private sealed class Conversation(Socket client, Socket server)
    {
        private volatile TaskCompletionSource _quiet = Done();

        public Socket Client => client;

        public Socket Server => server;

        public StringBuilder Heard { get; } = new();

        /// <summary>Completes when the server has responded to what it heard last.</summary>
        public Task Quiet => _quiet.Task;

        public void Carried(ReadOnlySpan<byte> message, bool isUp)
        {
            if (isUp)
            {
                Heard.Append(Encoding.Latin1.GetString(message));
                _quiet = new TaskCompletionSource();
            }
            else
            {
                _quiet.TrySetResult();
            }
        }

        private static TaskCompletionSource Done()
        {
            var done = new TaskCompletionSource();
            done.SetResult();
            return done;
        }
    }
}
