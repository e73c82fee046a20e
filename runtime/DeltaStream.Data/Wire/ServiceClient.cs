using System.Globalization;
using System.Text.Json;
using DeltaStream.Data.Configuration;

namespace DeltaStream.Data.Wire;

/// <summary>The service under one set of settings. A data source's connections share it; it is safe for any thread.</summary>
internal sealed class ServiceClient(ConnectionSettings settings, HttpClient http, bool ownsHandler)
{
    private volatile bool _closed;

    public ConnectionSettings Settings => settings;

    public BearerToken Token { get; } = BearerToken.Of(settings);

    /// <summary>Where statements are submitted.</summary>
    public Uri Statements { get; } = new($"{settings.Server.AbsoluteUri}/statements");

    public RequestSender Sender { get; } = new(settings, http, ownsHandler);

    /// <exception cref="ObjectDisposedException">The data source is disposed of.</exception>
    public void ThrowIfClosed()
    {
        if (_closed)
        {
            throw new ObjectDisposedException(
                "DeltaStreamDataSource",
                "The data source is disposed of. Make another one."
            );
        }
    }

    public void Close() => _closed = true;

    /// <summary>Asks for the version of the API.</summary>
    public async ValueTask<string> ReadVersionAsync(bool async, CancellationToken cancellationToken)
    {
        var request = new ServiceRequest
        {
            Address = Address("version"),
            Token = Token,
            IsRead = true,
        };
        using var clock = Clock(settings.CommandTimeout, CancellationToken.None, cancellationToken);
        using var response = await RetryPolicy.SendAsync(Sender, request, clock, async).ConfigureAwait(false);
        try
        {
            var version = WireJson.Parse(response.Body, WireJson.Default.ApiVersion);
            // Any JSON service answers some object: without its numbers it is not the version.
            if (version is { Major: { } major, Minor: { } minor, Patch: { } patch })
            {
                return string.Create(CultureInfo.InvariantCulture, $"{major}.{minor}.{patch}");
            }
        }
        catch (JsonException)
        {
            // The exception below says it: this one would add only a position.
        }

        throw TransportFailure.Unreadable(request, response.Status, "it is not a version");
    }

    /// <summary>The query of a poll or of a partition's fetch.</summary>
    public string Query(int? partition)
    {
        var session = settings.SessionId is { } id ? $"sessionID={Uri.EscapeDataString(id)}&" : "";
        var which = partition is { } index ? string.Create(CultureInfo.InvariantCulture, $"partitionID={index}&") : "";
        return $"?{session}{which}timezone=UTC";
    }

    public Uri Address(string path) => new($"{settings.Server.AbsoluteUri}/{path}");

    public CommandClock Clock(TimeSpan timeout, CancellationToken cancelled, CancellationToken caller) =>
        new(settings.TimeProvider, timeout, cancelled, caller);
}
