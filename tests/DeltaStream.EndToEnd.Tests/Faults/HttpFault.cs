using System.Text.Json;
using DeltaStream.TestSupport;

namespace DeltaStream.EndToEnd.Tests.Faults;

/// <summary>
/// An HTTP client's way to the service that replaces one response, as a proxy or a broken service does. Whatever the service is to
/// execute goes there over a real connection.
/// </summary>
internal sealed class HttpFault(HttpMessageInvoker service, DrivenClock clock, TimeSpan headerTimeout)
    : HttpMessageHandler
{
    private string _statement = "";
    private HttpReplacement? _armed;
    private Func<HttpResponseMessage>? _poll;

    /// <summary>Whether the statement has not come.</summary>
    public bool IsArmed => _armed is not null;

    /// <summary>Replaces the response to the next statement that begins so.</summary>
    public void Arm(string statement, HttpReplacement replacement) => (_statement, _armed) = (statement, replacement);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        if (_poll is not null && request.Method == HttpMethod.Get)
        {
            return _poll();
        }

        if (_armed is not { } replacement || !await IsItAsync(request, cancellationToken))
        {
            return await service.SendAsync(request, cancellationToken);
        }

        _armed = null;
        var real = replacement.Executed ? await service.SendAsync(request, cancellationToken) : null;
        switch (replacement.Headers)
        {
            case HttpHeaders.Late:
                clock.Advance(headerTimeout / 2);
                return real!;
            case HttpHeaders.Never:
                real?.Dispose();
                if (replacement.Meanwhile is { } meanwhile)
                {
                    meanwhile();
                }
                else
                {
                    clock.Advance(headerTimeout);
                }

                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
        }

        var polls = 0;
        _poll = () => replacement.Poll(++polls) ?? real!;
        return replacement.Response();
    }

    // Reading the body is sending it, for whoever counts.
    private async Task<bool> IsItAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await request.Content!.LoadIntoBufferAsync(cancellationToken);
        var body = await request.Content.ReadAsStringAsync(cancellationToken);
        return body.Contains(JsonEncodedText.Encode(_statement).Value, StringComparison.Ordinal);
    }
}

/// <summary>What a client gets in place of the response to one statement.</summary>
internal sealed record HttpReplacement
{
    /// <summary>Whether the service gets the statement.</summary>
    public required bool Executed { get; init; }

    public HttpHeaders Headers { get; init; } = HttpHeaders.AtOnce;

    /// <summary>What happens while the headers don't come; null for the passing of the time that the client gives them.</summary>
    public Action? Meanwhile { get; init; }

    public Func<HttpResponseMessage> Response { get; init; } = () => new HttpResponseMessage();

    /// <summary>The response to a poll, by its number from 1; null for the service's own to the statement.</summary>
    public Func<int, HttpResponseMessage?> Poll { get; init; } = _ => null;
}

/// <summary>When the headers of a response come.</summary>
internal enum HttpHeaders
{
    AtOnce,

    /// <summary>After half of the time that the client gives them. It is the service's own response.</summary>
    Late,

    Never,
}
