using System.Net;

namespace DeltaStream.Data.Configuration;

/// <summary>The base address of the API, and where the token may be sent.</summary>
internal static class ServerAddress
{
    public static readonly Uri Default = new("https://api.deltastream.io/v2");

    /// <summary>Reads an address as people copy it: with or without <c>/v2</c>, or with the endpoint behind it.</summary>
    /// <exception cref="ArgumentException">It is not an address to which a token may be sent.</exception>
    public static Uri Parse(string text, string source)
    {
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri))
        {
            throw InvalidSetting.Because(
                $"{source} is not an absolute URL. Write it as in {Default}, with https:// in front."
            );
        }

        return Normalize(uri, source);
    }

    public static Uri Normalize(Uri uri, string source)
    {
        if (!uri.IsAbsoluteUri)
        {
            throw InvalidSetting.Because($"{source} is not an absolute URL. Write it as in {Default}.");
        }

        if (uri.UserInfo.Length > 0)
        {
            throw InvalidSetting.Because(
                $"{source} holds a user name or password. Take it out of the URL and give the token by itself."
            );
        }

        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            throw InvalidSetting.Because(
                $"{source} has a query or a fragment. Give the base of the API only, such as {Default}."
            );
        }

        if (!MayCarrySecrets(uri))
        {
            throw InvalidSetting.Because(
                $"{source} must be an https:// URL: the token and the statements' secrets travel over it. Plain http:// is "
                    + "accepted for this machine only (localhost, 127.0.0.1, [::1])."
            );
        }

        var path = uri.AbsolutePath.TrimEnd('/');
        const string endpoint = "/statements";
        if (path.EndsWith("/v2" + endpoint, StringComparison.Ordinal))
        {
            path = path[..^endpoint.Length];
        }

        if (!path.EndsWith("/v2", StringComparison.Ordinal))
        {
            path += "/v2";
        }

        return new UriBuilder(uri) { Path = path }.Uri;
    }

    /// <summary>Whether what is sent there stays secret on its way.</summary>
    public static bool MayCarrySecrets(Uri uri) =>
        uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && IsLoopback(uri));

    /// <summary>Whether it is this machine.</summary>
    public static bool IsLoopback(Uri uri) =>
        uri.IsLoopback || (IPAddress.TryParse(uri.DnsSafeHost, out var address) && IPAddress.IsLoopback(address));
}
