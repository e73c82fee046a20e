using System.Globalization;
using DeltaStream.Pulumi.Wire;
using Grpc.Core;
using Grpc.Net.Client;

namespace DeltaStream.Pulumi.Protocol;

/// <summary>Tells the engine what its user should see.</summary>
internal sealed class EngineLog : IAsyncDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private GrpcChannel? _channel;
    private Task _last = Task.CompletedTask;

    /// <summary>The engine's address, such as <c>127.0.0.1:50123</c>; null before it is known.</summary>
    public string? Address { get; private set; }

    /// <summary>Says where the engine is.</summary>
    /// <exception cref="FormatException">The address is none.</exception>
    public void Connect(string address)
    {
        if (
            !Uri.TryCreate($"http://{address}", UriKind.Absolute, out var uri)
            || address != string.Create(CultureInfo.InvariantCulture, $"{uri.Host}:{uri.Port}")
        )
        {
            throw new FormatException("The engine's address is no host and port, such as 127.0.0.1:50123.");
        }

        lock (_gate)
        {
            if (address != Address)
            {
                _channel?.Dispose();
                (Address, _channel) = (address, GrpcChannel.ForAddress(uri));
            }
        }
    }

    /// <summary>A line that the next one replaces: how far something is.</summary>
    public void Status(string urn, string message) => Send(LogSeverity.Info, urn, message, isEphemeral: true);

    public void Warn(string urn, string message) => Send(LogSeverity.Warning, urn, message, isEphemeral: false);

    /// <summary>Waits until the engine has what was sent so far, or for 5 seconds: an operation does not fail because nobody listens.</summary>
    public async Task FlushAsync()
    {
        Task last;
        lock (_gate)
        {
            last = _last;
        }

        await last.WaitAsync(s_limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await FlushAsync().ConfigureAwait(false);
        _channel?.Dispose();
    }

    // One after the other, so that an older line never replaces a newer one.
    private void Send(LogSeverity severity, string urn, string message, bool isEphemeral)
    {
        var request = new LogRequest
        {
            Severity = severity,
            Urn = urn,
            Message = message,
            Ephemeral = isEphemeral,
        };
        lock (_gate)
        {
            if (_channel is not null)
            {
                _last = SendAfterAsync(_last, new Engine.EngineClient(_channel), request);
            }
        }
    }

    private static async Task SendAfterAsync(Task before, Engine.EngineClient engine, LogRequest request)
    {
        await before.ConfigureAwait(false);
        try
        {
            await engine.LogAsync(request, deadline: DateTime.UtcNow + s_limit).ConfigureAwait(false);
        }
        catch (Exception e) when (e is RpcException or ObjectDisposedException)
        {
            // What the plugin writes goes to the engine's debug log.
            await Console.Error.WriteLineAsync($"The engine took no log line: {e.GetType()}").ConfigureAwait(false);
        }
    }
}
