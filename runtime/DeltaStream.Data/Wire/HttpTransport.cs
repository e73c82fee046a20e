using System.Collections.Concurrent;
using System.Net;

namespace DeltaStream.Data.Wire;

/// <summary>HTTP clients as this provider makes them.</summary>
internal static class HttpTransport
{
    private static readonly ConcurrentDictionary<TimeSpan, Lazy<HttpClient>> s_sharedClients = new();

    /// <summary>The client of connections that have no data source. It lives as long as the process; the token is each request's own.</summary>
    public static HttpClient Shared(TimeSpan connectTimeout) =>
        s_sharedClients.GetOrAdd(connectTimeout, static t => new(() => Create(t))).Value;

    public static HttpClient Create(TimeSpan connectTimeout) =>
        new(
            new SocketsHttpHandler
            {
                ConnectTimeout = connectTimeout,
                // An answer that is given up is not read on: sync reads are stopped by closing the connection.
                MaxResponseDrainSize = 0,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
                // The token must not follow to where someone points.
                AllowAutoRedirect = false,
                UseCookies = false,
                Proxy = new LoopbackBypass(HttpClient.DefaultProxy),
                AutomaticDecompression = DecompressionMethods.All,
            },
            disposeHandler: true
        )
        {
            // Timeouts are this provider's own, by its clock.
            Timeout = Timeout.InfiniteTimeSpan,
        };
}
