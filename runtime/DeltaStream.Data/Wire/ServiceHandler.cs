using System.Net;

namespace DeltaStream.Data.Wire;

/// <summary>The handler of this provider: it sends a request over a pooled connection, or over a new one where the request asks for it.</summary>
internal sealed class ServiceHandler(TimeSpan connectTimeout) : HttpMessageHandler
{
    /// <summary>Asks for a new connection.</summary>
    public static readonly HttpRequestOptionsKey<bool> NewConnection = new("DeltaStream.Data.NewConnection");

    private readonly HttpMessageInvoker _pooled = new(Create(connectTimeout, TimeSpan.FromMinutes(5)));
    private readonly HttpMessageInvoker _fresh = new(Create(connectTimeout, TimeSpan.Zero));

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    ) => Of(request).SendAsync(request, cancellationToken);

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Of(request).Send(request, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _pooled.Dispose();
            _fresh.Dispose();
        }

        base.Dispose(disposing);
    }

    private HttpMessageInvoker Of(HttpRequestMessage request) =>
        request.Options.TryGetValue(NewConnection, out var isFresh) && isFresh ? _fresh : _pooled;

    private static SocketsHttpHandler Create(TimeSpan connectTimeout, TimeSpan connectionLifetime) =>
        new()
        {
            ConnectTimeout = connectTimeout,
            // A response that is given up is not read on: closing the connection stops a synchronous read.
            MaxResponseDrainSize = 0,
            PooledConnectionLifetime = connectionLifetime,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            // The token must not follow a redirect.
            AllowAutoRedirect = false,
            UseCookies = false,
            Proxy = new ProxyBypass(HttpClient.DefaultProxy),
            AutomaticDecompression = DecompressionMethods.All,
        };
}
