using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DeltaStream.Data.Tests.Serving;

/// <summary>A server below HTTP: each connection runs a script on the socket itself, to break off where a test wants it.</summary>
public sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _accepting;
    private int _connections;

    /// <param name="script">What to do with a connection, by its number from 0. The connection is closed at the end.</param>
    public RawServer(Func<RawConnection, int, Task> script)
    {
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync(script);
    }

    public Uri Address { get; }

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Head and body of each request that arrived whole.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>Done when a request arrived whole.</summary>
    public Task FirstRequest => _first.Task;

    public int Posts => _requests.Count(r => r.StartsWith("POST ", StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _listener.Dispose();
        _end.Dispose();
    }

    private void Record(string request)
    {
        _requests.Enqueue(request);
        _first.TrySetResult();
    }

    private async Task AcceptAsync(Func<RawConnection, int, Task> script)
    {
        var running = new List<Task>();
        try
        {
            while (!_end.IsCancellationRequested)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                running.Add(ServeAsync(client, Interlocked.Increment(ref _connections) - 1));
            }
        }
        catch (Exception e)
            when (_end.IsCancellationRequested
                && e is (OperationCanceledException or SocketException or InvalidOperationException)
            )
        {
            // The test is over.
        }
        await Task.WhenAll(running);

        async Task ServeAsync(TcpClient client, int number)
        {
            using (client)
            {
                try
                {
                    await script(new RawConnection(client, Record, _end.Token), number);
                }
                catch (Exception e)
                    when (e
                            is IOException
                                or OperationCanceledException
                                or SocketException
                                or System.Security.Authentication.AuthenticationException
                    )
                {
                    // The client went away, or the test is over.
                }
            }
        }
    }
}

/// <summary>A connection as a script sees it.</summary>
public sealed class RawConnection(TcpClient client, Action<string> record, CancellationToken end)
{
    private readonly NetworkStream _stream = client.GetStream();

    public Stream Stream => _stream;

    public CancellationToken End => end;

    /// <summary>Reads a whole request; null when the client closed instead.</summary>
    public async Task<string?> ReadRequestAsync()
    {
        var bytes = new List<byte>();
        var one = new byte[1];
        while (!EndsWithBlankLine(bytes))
        {
            if (await _stream.ReadAsync(one, end) == 0)
            {
                return null;
            }

            bytes.Add(one[0]);
        }
        var head = Encoding.ASCII.GetString([.. bytes]);
        var length = head.Split("\r\n")
            .Where(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            .Select(l => int.Parse(l.Split(':')[1], CultureInfo.InvariantCulture))
            .SingleOrDefault();
        var body = new byte[length];
        await _stream.ReadExactlyAsync(body, end);
        var request = head + Encoding.UTF8.GetString(body);
        record(request);
        return request;
    }

    public Task WriteAsync(string text) => _stream.WriteAsync(Encoding.UTF8.GetBytes(text), end).AsTask();

    public Task RespondAsync(string json, int status = 200) =>
        WriteAsync(
            $"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}"
        );

    /// <summary>Waits for the first byte of a request and reads no more.</summary>
    public async Task ReadByteAsync() => await _stream.ReadExactlyAsync(new byte[1], end);

    /// <summary>Closes in an orderly way.</summary>
    public void Close() => client.Close();

    /// <summary>Closes with a reset instead of an orderly end.</summary>
    public void Reset()
    {
        client.LingerState = new LingerOption(true, 0);
        client.Close();
    }

    /// <summary>Holds the connection until the test is over.</summary>
    public Task HangAsync() => Task.Delay(Timeout.Infinite, end);

    private static bool EndsWithBlankLine(List<byte> bytes) =>
        bytes.Count >= 4 && bytes[^4] == '\r' && bytes[^3] == '\n' && bytes[^2] == '\r' && bytes[^1] == '\n';
}
