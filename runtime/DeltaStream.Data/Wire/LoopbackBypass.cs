using System.Net;
using DeltaStream.Data.Configuration;

namespace DeltaStream.Data.Wire;

/// <summary>The system's proxy, except for this machine: plain http to it may carry the token just because it stays here.</summary>
internal sealed class LoopbackBypass(IWebProxy proxy) : IWebProxy
{
    public ICredentials? Credentials
    {
        get => proxy.Credentials;
        set => proxy.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : proxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => ServerAddress.IsLoopback(host) || proxy.IsBypassed(host);
}
