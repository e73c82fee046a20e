using DeltaStream.Data.Configuration;
using DeltaStream.Data.Secrets;

namespace DeltaStream.Data.Wire;

/// <summary>The address of a result's rows on a dataplane, and the token for just that dataplane (wire fact 5.3).</summary>
internal sealed class DataplaneAddress(Uri statement, string token, string statementId)
{
    private const string Endpoint = "/statements";

    /// <summary>The statement's address, without a query.</summary>
    public Uri Statement => statement;

    public string Token => token;

    public string StatementId => statementId;

    /// <exception cref="DeltaStreamException">The rows can't be fetched by requests, or the address can't or must not be used.</exception>
    public static DataplaneAddress From(DataplaneRequest redirect, StatementResponse response, InsecureHosts insecure)
    {
        var redaction = new Redaction(() =>
            [redirect.Token, .. response.Request.Token.Used, .. response.Request.Secrets()]
        );
        if (redirect.RequestType == "streaming")
        {
            throw response.Unsupported(
                "The result is a stream without end, which the service sends over a web socket; this provider reads finite results. "
                    + "Write the stream to a store or a materialized view, and select from that."
            );
        }

        if (redirect.RequestType != "result-set")
        {
            throw response.Unsupported(
                "The service gives the result in a way that this provider does not know "
                    + $"('{ServiceText.Clean(redirect.RequestType, redaction)}'). "
                    + "Look for a newer version of it."
            );
        }

        var uri = Uri.TryCreate(redirect.Uri, UriKind.Absolute, out var parsed) ? parsed : null;
        var fault =
            uri is null || uri.Host.Length == 0 ? "it points to a dataplane without an address"
            : uri.UserInfo.Length > 0 ? "the dataplane's address holds a user name or password"
            : !ServerAddress.MayCarrySecrets(uri, insecure)
                ? "the dataplane's address is not https, so the rows and the token would travel in the open (if it is an emulator's, "
                    + $"name its host in '{Keyword.AllowInsecureHosts}')"
            : string.IsNullOrEmpty(redirect.StatementId) || !StatementBody.IsSegment(redirect.StatementId)
                ? "it points to a dataplane without a statement's ID"
            : string.IsNullOrEmpty(redirect.Token) || redirect.Token.AsSpan().ContainsAnyExceptInRange('!', '~')
                ? "it points to a dataplane without a usable token"
            : Hides(redirect.Uri!) || Hides(redirect.StatementId) ? "the dataplane's address holds a secret"
            : null;
        if (fault is not null)
        {
            throw response.Unreadable(fault);
        }

        var address = new UriBuilder(uri!)
        {
            Path = StatementPath(uri!, redirect.StatementId!),
            Query = "",
            Fragment = "",
        };
        return new(address.Uri, redirect.Token!, redirect.StatementId!);

        bool Hides(string text) => redaction.Redact(text) != text;
    }

    // The address comes with or without the endpoint, and with or without the ID behind it.
    private static string StatementPath(Uri uri, string id)
    {
        var path = uri.AbsolutePath.TrimEnd('/');
        var last = "/" + Uri.EscapeDataString(id);
        if (path.EndsWith(Endpoint + last, StringComparison.Ordinal))
        {
            return path;
        }

        return path.EndsWith(Endpoint, StringComparison.Ordinal) ? path + last : $"{path}{Endpoint}{last}";
    }
}
