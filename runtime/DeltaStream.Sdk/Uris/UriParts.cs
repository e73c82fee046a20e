namespace DeltaStream.Sdk.Uris;

/// <summary>An address taken apart without judging it.</summary>
/// <remarks>
/// The platform's Uri type is not used: it repairs what it reads (escapes, default ports, case), it knows no host lists,
/// and jdbc:clickhouse:// is opaque to it.
/// </remarks>
internal readonly ref struct UriParts
{
    public ReadOnlySpan<char> Scheme { get; private init; }

    /// <summary>Where the authority starts in the text: after the scheme and its ://.</summary>
    public int AuthorityStart { get; private init; }

    public ReadOnlySpan<char> Authority { get; private init; }

    /// <summary>The host; an IPv6 address without its brackets.</summary>
    public ReadOnlySpan<char> Host { get; private init; }

    /// <summary>Whether the host stood in brackets.</summary>
    public bool HasBrackets { get; private init; }

    public bool HasPort { get; private init; }

    public ReadOnlySpan<char> Port { get; private init; }

    /// <summary>Whether a colon stands before the port; after a bracket it may be missing.</summary>
    public bool PortHasColon { get; private init; }

    /// <summary>The path with its leading slash; empty when there is none.</summary>
    public ReadOnlySpan<char> Path { get; private init; }

    public ReadOnlySpan<char> QueryAndFragment { get; private init; }

    public bool HasQuery => Starts(QueryAndFragment, '?');

    public bool HasFragment => QueryAndFragment.IndexOf('#') >= 0;

    public static UriParts Split(ReadOnlySpan<char> text)
    {
        var separator = text.IndexOf("://".AsSpan());
        var start = separator < 0 ? 0 : separator + 3;
        var rest = text[start..];

        var authorityLength = rest.IndexOfAny('/', '?', '#') is var end and >= 0 ? end : rest.Length;
        var authority = rest[..authorityLength];
        var after = rest[authorityLength..];
        var pathLength = after.IndexOfAny('?', '#') is var query and >= 0 ? query : after.Length;

        // In [::1]:9092 the port's colon follows the bracket.
        var hostEnd = Starts(authority, '[') ? authority.IndexOf(']') + 1 : authority.IndexOf(':');
        hostEnd = hostEnd is < 0 or 0 && !Starts(authority, ':') ? authority.Length : hostEnd;
        var host = authority[..hostEnd];
        var port = authority[hostEnd..];
        var bracketed = Starts(host, '[') && host[host.Length - 1] == ']';
        return new UriParts
        {
            Scheme = separator < 0 ? default : text[..separator],
            AuthorityStart = start,
            Authority = authority,
            Host = bracketed ? host.Slice(1, host.Length - 2) : host,
            HasBrackets = bracketed,
            HasPort = !port.IsEmpty,
            Port = Starts(port, ':') ? port[1..] : port,
            PortHasColon = Starts(port, ':'),
            Path = after[..pathLength],
            QueryAndFragment = after[pathLength..],
        };
    }

    /// <summary>Whether a text is the number of a port.</summary>
    public static bool IsPort(ReadOnlySpan<char> text)
    {
        var port = 0;
        foreach (var c in text)
        {
            if (c is < '0' or > '9' || (port = (port * 10) + (c - '0')) > ushort.MaxValue)
            {
                return false;
            }
        }

        return port > 0;
    }

    private static bool Starts(ReadOnlySpan<char> text, char c) => !text.IsEmpty && text[0] == c;
}
