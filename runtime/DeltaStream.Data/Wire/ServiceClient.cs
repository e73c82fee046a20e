using System.Globalization;
using System.Text.Json;
using DeltaStream.Data.Configuration;
using DeltaStream.Data.Errors;
using DeltaStream.Data.Resilience;

namespace DeltaStream.Data.Wire;

/// <summary>The service as one set of settings reaches it. Shared by the connections of a data source; safe for any thread.</summary>
internal sealed class ServiceClient(ConnectionSettings settings, HttpClient http, bool ownsHandler)
{
    private volatile bool _closed;

    public ConnectionSettings Settings => settings;

    public HttpExchange Http { get; } = new(settings, http, ownsHandler);

    /// <exception cref="ObjectDisposedException">The data source is disposed of.</exception>
    public void ThrowIfClosed() => ObjectDisposedException.ThrowIf(_closed, typeof(DeltaStreamDataSource));

    public void Close() => _closed = true;

    /// <summary>Executes a statement, to its end.</summary>
    public ValueTask<StatementResult> ExecuteAsync(
        StatementCall call,
        bool async,
        CancellationToken cancellationToken
    ) => new StatementExecution(this, call).ExecuteAsync(async, cancellationToken);

    /// <summary>The version of the API.</summary>
    public async ValueTask<string> ReadVersionAsync(bool async, CancellationToken cancellationToken)
    {
        var exchange = new Exchange
        {
            Address = Address("version"),
            Token = settings.Token,
            IsRead = true,
        };
        using var clock = new CommandClock(
            settings.TimeProvider,
            settings.CommandTimeout,
            CancellationToken.None,
            cancellationToken
        );
        using var answer = await RetryPolicy.ExecuteAsync(Http, exchange, clock, async).ConfigureAwait(false);
        try
        {
            var version = JsonSerializer.Deserialize(answer.Body, WireJson.Default.ApiVersion);
            // Any JSON service answers some object: without its numbers it is not the version.
            if (version is { Major: { } major, Minor: { } minor, Patch: { } patch })
            {
                return string.Create(CultureInfo.InvariantCulture, $"{major}.{minor}.{patch}");
            }
        }
        catch (JsonException)
        {
            // Told below: the exception would add nothing but a position.
        }
        throw TransportFailure.Unreadable(exchange, answer.Status, "it is not a version");
    }

    /// <summary>A poll's or a partition's query, behind a statement's address.</summary>
    public string Query(int? partition)
    {
        var session = settings.SessionId is { } id ? $"sessionID={Uri.EscapeDataString(id)}&" : "";
        var which = partition is { } index ? string.Create(CultureInfo.InvariantCulture, $"partitionID={index}&") : "";
        return $"?{session}{which}timezone=UTC";
    }

    public Uri Address(string path) => new($"{settings.Server.AbsoluteUri}/{path}");
}
