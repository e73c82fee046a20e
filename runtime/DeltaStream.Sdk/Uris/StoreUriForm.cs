using System.Collections.Immutable;
using System.ComponentModel;
using System.Net;

namespace DeltaStream.Sdk.Uris;

/// <summary>The form of a subtype's addresses, as its spec says: what is required, what is written when left out.</summary>
/// <remarks>
/// Checking and writing an address that says everything outright allocate nothing. The analyzer compiles this file too, so
/// that it can't disagree.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class StoreUriForm
{
    /// <summary>Whether several addresses may be given, separated by commas.</summary>
    public bool List { get; init; }

    /// <summary>The schemes allowed; none when empty.</summary>
    public ImmutableArray<string> Schemes { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>The scheme written when none is given; null when it must be given.</summary>
    public string? DefaultScheme { get; init; }

    /// <summary>Whether the port must be given.</summary>
    public bool PortRequired { get; init; }

    /// <summary>The port written when none is given; 0 when none is written.</summary>
    public int DefaultPort { get; init; }

    /// <summary>What may follow the host.</summary>
    public StoreUriPath Path { get; init; }

    /// <summary>What the one path segment is called.</summary>
    public string SegmentName { get; init; } = "path segment";

    /// <summary>Whether a query may follow.</summary>
    public bool Query { get; init; }

    /// <summary>A right address, for messages.</summary>
    public string? Example { get; init; }

    /// <summary>What is wrong with one address; null when nothing is.</summary>
    /// <remarks>No message repeats the address: what was pasted into it may be a password.</remarks>
    internal string? FindFault(ReadOnlySpan<char> value) =>
        Fault(value) is { } fault ? (Example is null ? fault : $"{fault}, for example {Example}") : null;

    private string? Fault(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty)
        {
            return "is empty: give it an address or remove its comma";
        }

        if (value.IndexOfAny(' ', '\t') >= 0)
        {
            return "holds a space: remove it";
        }

        var parts = UriParts.Split(value);
        if (SchemeFault(parts) is { } schemeFault)
        {
            return schemeFault;
        }

        if (parts.Authority.IndexOf('@') >= 0)
        {
            return "holds credentials before an '@': take them out and set them as properties";
        }

        if (!List && parts.Authority.IndexOf(',') >= 0)
        {
            return "names several hosts, and only one is supported: name one";
        }

        if (parts.Host.IsEmpty)
        {
            return "names no host: put it in front of the port";
        }

        if (!IsHost(parts))
        {
            return "has no valid host name: write host:port";
        }

        return PortFault(parts) ?? PathFault(parts);
    }

    private static bool IsHost(UriParts parts)
    {
        var host = parts.Host;
        var hasColon = host.IndexOf(':') >= 0;
        // Brackets are for IPv6 addresses, which have colons.
        if (parts.HasBrackets && !hasColon)
        {
            return false;
        }

        if (hasColon)
        {
#if NET
            return IPAddress.IsValid(host);
#else
            return IPAddress.TryParse(host.ToString(), out _);
#endif
        }

        foreach (var c in host)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('-' or '.' or '_'))
            {
                return false;
            }
        }

        return true;
    }

    private string? SchemeFault(UriParts parts)
    {
        var scheme = parts.Scheme;
        if (scheme.IsEmpty && parts.AuthorityStart > 0)
        {
            return Schemes.IsEmpty
                ? "starts with ://, and no scheme is allowed here: write host:port"
                : $"starts with :// without a scheme: start it with {Schemes[0]}://";
        }

        if (scheme.IsEmpty)
        {
            return Schemes.IsEmpty || DefaultScheme is not null
                ? null
                : $"has no scheme: start it with {Schemes[0]}://";
        }

        if (Schemes.IsEmpty)
        {
            return "has a scheme, and none is allowed here: write host:port";
        }

        foreach (var allowed in Schemes)
        {
            if (scheme.Equals(allowed.AsSpan(), StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }
        }

        return $"has another scheme than {string.Join(" or ", Schemes)}: start it with {Schemes[0]}://";
    }

    private string? PortFault(UriParts parts)
    {
        if (!parts.HasPort)
        {
            return PortRequired ? "has no port: add it, as host:port" : null;
        }

        return IsPort(parts.Port) ? null : "has a port that is not a number from 1 to 65535";
    }

    private static bool IsPort(ReadOnlySpan<char> text)
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

    private string? PathFault(UriParts parts)
    {
        if (!Query && parts.HasQuery)
        {
            return "has a query (?), and none is allowed here: remove it";
        }

        if (parts.HasFragment)
        {
            return "has a fragment (#), and none is allowed here: remove it";
        }

        var path = parts.Path.TrimEnd('/');
        return Path switch
        {
            StoreUriPath.None when !path.IsEmpty => "has a path, and none is allowed here: remove it",
            StoreUriPath.Segment when path.IsEmpty => $"has no {SegmentName}: add it after the host, as host:port/name",
            StoreUriPath.Segment when path[1..].IndexOf('/') >= 0 =>
                $"has more than the {SegmentName} in its path: remove what follows it",
            _ => null,
        };
    }
}
