using DeltaStream.Data.Configuration;
using DeltaStream.Data.Errors;

namespace DeltaStream.Data.Wire;

/// <summary>Where a result set's rows are, and the token for just that place (wire fact 5.3).</summary>
internal sealed class DataplaneAddress
{
    private const string Endpoint = "/statements";

    private DataplaneAddress(Uri statement, string token, string statementId) =>
        (Statement, Token, StatementId) = (statement, token, statementId);

    /// <summary>The statement's address, without query.</summary>
    public Uri Statement { get; }

    public string Token { get; }

    public string StatementId { get; }

    /// <exception cref="NotSupportedException">The rows are to be had in another way than by fetching them.</exception>
    /// <exception cref="DeltaStreamException">The address can't be used, or must not be.</exception>
    public static DataplaneAddress From(DataplaneRequest redirect, Outcome outcome)
    {
        if (redirect.RequestType == "streaming")
        {
            throw new NotSupportedException(
                "The result is a stream without end, which the service sends over a web socket; this provider reads finite results. "
                    + "Write the stream to a store or a materialized view, and select from that."
            );
        }

        if (redirect.RequestType != "result-set")
        {
            throw new NotSupportedException(
                "The service gives the result in a way that this provider does not know "
                    + $"('{ServiceText.Clean(redirect.RequestType, redirect.Token, outcome.Exchange.Token)}'). Look for a newer version of it."
            );
        }

        if (!Uri.TryCreate(redirect.Uri, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            throw Refuse("it points to a dataplane without an address");
        }

        if (uri.UserInfo.Length > 0)
        {
            throw Refuse("the dataplane's address holds a user name or password");
        }

        if (!ServerAddress.MayCarrySecrets(uri))
        {
            throw Refuse("the dataplane's address is not https, so the rows and the token would travel in the open");
        }

        if (redirect.StatementId is not { Length: > 0 } id || !Envelope.IsSegment(id))
        {
            throw Refuse("it points to a dataplane without a statement's ID");
        }

        if (redirect.Token is not { Length: > 0 } token || token.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw Refuse("it points to a dataplane without a usable token");
        }

        return new(
            new UriBuilder(uri)
            {
                Path = StatementPath(uri, id),
                Query = "",
                Fragment = "",
            }.Uri,
            token,
            id
        );

        DeltaStreamException Refuse(string why) =>
            TransportFailure.Unreadable(outcome.Exchange, outcome.Status, why, outcome.StatementId);
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
