using System.Net;

namespace DeltaStream.Data.Configuration;

/// <summary>The base address of the API, and where the token may be sent.</summary>
internal static class ServerAddress
{
    public static readonly Uri Default = new("https://api.deltastream.io/v2");

    /// <summary>Reads an address as people copy it: with or without <c>/v2</c>, or with <c>/v2/statements</c>.</summary>
    /// <exception cref="ArgumentException">It is not an address, or the token must not go there.</exception>
    public static Uri Parse(string text, string source, InsecureHosts insecure) =>
        Normalize(Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri) ? uri : null, source, insecure);

    public static Uri Normalize(Uri? uri, string source, InsecureHosts insecure)
    {
        var fault =
            uri is not { IsAbsoluteUri: true }
                ? $"is not an absolute URL. Write it as in {Default}, with https:// in front."
            : uri.UserInfo.Length > 0
                ? "holds a user name or password. Take it out of the URL and give the token by itself."
            : uri.Query.Length > 0 || uri.Fragment.Length > 0
                ? $"has a query or a fragment. Give the base of the API only, such as {Default}."
            : !MayCarrySecrets(uri, insecure)
                ? "must be an https:// URL: the token and the statements' secrets travel over it. Plain http:// is accepted for "
                    + $"this machine (localhost, 127.0.0.1, [::1]){OptIn(uri)}."
            : null;
        if (fault is not null)
        {
            throw InvalidSetting.Because($"{source} {fault}");
        }

        var path = uri!.AbsolutePath.TrimEnd('/');
        const string endpoint = "/statements";
        if (path.EndsWith("/v2" + endpoint, StringComparison.Ordinal))
        {
            path = path[..^endpoint.Length];
        }

        var end = path.EndsWith("/v2", StringComparison.Ordinal) ? "" : "/v2";
        return new UriBuilder(uri) { Path = path + end }.Uri;
    }

    /// <summary>Whether what is sent there stays secret on its way.</summary>
    public static bool MayCarrySecrets(Uri uri, InsecureHosts insecure) =>
        uri.Scheme == Uri.UriSchemeHttps
        || (uri.Scheme == Uri.UriSchemeHttp && (IsLoopback(uri) || insecure.Contains(uri)));

    /// <summary>How to let an emulator in another container have the token.</summary>
    private static string OptIn(Uri uri) =>
        uri.Scheme == Uri.UriSchemeHttp && uri.Host.Length > 0
            ? $" and for hosts that you name. If an emulator runs there, add '{Keyword.AllowInsecureHosts}={uri.IdnHost}' to the "
                + $"connection string, '{uri.IdnHost}' to AllowInsecureHosts of the options, or set {InsecureHosts.Variable}={uri.IdnHost}"
            : " only";

    /// <summary>Whether it is this machine.</summary>
    public static bool IsLoopback(Uri uri) =>
        uri.IsLoopback || (IPAddress.TryParse(uri.DnsSafeHost, out var address) && IPAddress.IsLoopback(address));
}
