using System.Collections.Concurrent;
using System.Net;
using DeltaStream.Data.Configuration;

namespace DeltaStream.Data.Wire;

/// <summary>Makes HTTP clients for this provider.</summary>
internal static class HttpClients
{
    private static readonly ConcurrentDictionary<TimeSpan, Lazy<HttpClient>> s_shared = new();

    /// <summary>The client of connections without a data source. It lives as long as the process. Each request has its own token.</summary>
    public static HttpClient Shared(TimeSpan connectTimeout) =>
        s_shared.GetOrAdd(connectTimeout, static t => new(() => Create(t))).Value;

    /// <param name="connectTimeout">How long to wait for a connection.</param>
    public static HttpClient Create(TimeSpan connectTimeout) =>
        new(new ServiceHandler(connectTimeout), disposeHandler: true)
        {
            // This provider has timeouts of its own, by its clock.
            Timeout = Timeout.InfiniteTimeSpan,
        };
}

/// <summary>
/// The system's proxy, but not for plain http, which carries the token to this machine and to the hosts that the user allowed: a
/// proxy is none of them. And not for this machine at all.
/// </summary>
internal sealed class ProxyBypass(IWebProxy proxy) : IWebProxy
{
    public ICredentials? Credentials
    {
        get => proxy.Credentials;
        set => proxy.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : proxy.GetProxy(destination);

    public bool IsBypassed(Uri host) =>
        host.Scheme == Uri.UriSchemeHttp || ServerAddress.IsLoopback(host) || proxy.IsBypassed(host);
}
