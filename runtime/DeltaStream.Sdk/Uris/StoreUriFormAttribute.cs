using System.ComponentModel;
using System.Net;

namespace DeltaStream.Sdk.Uris;

/// <summary>The form of a property's addresses: what is required, and what is written when it is left out.</summary>
/// <remarks>
/// Checking and writing an address that is written in full allocates nothing. Generated code has a form as an object, for
/// the validator, and as an attribute, for the analyzer, which compiles this file too.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed partial class StoreUriFormAttribute : Attribute
{
    /// <summary>Whether several addresses may be given, separated by commas.</summary>
    public bool List { get; init; }

    /// <summary>The schemes allowed; none when empty.</summary>
    public string[] Schemes { get; init; } = [];

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

    /// <summary>Finds what is wrong with an address, or with each address of a list.</summary>
    /// <remarks>No message repeats an address: what was pasted into it may be a password.</remarks>
    /// <param name="property">The property's name.</param>
    /// <param name="value">The address or addresses.</param>
    /// <returns>The property, or the item of its list, and the message; null when nothing is wrong.</returns>
    internal List<(string Place, string Message)>? FindFaults(string property, string value)
    {
        List<(string, string)>? faults = null;
        var rest = value.AsSpan();
        var several = List && rest.IndexOf(',') >= 0;
        for (var index = 0; ; index++)
        {
            var end = several ? rest.IndexOf(',') : -1;
            if (Fault(end < 0 ? rest : rest[..end]) is { } fault)
            {
                var place = several ? FormattableString.Invariant($"{property}[{index}]") : property;
                (faults ??= []).Add((place, Example is null ? fault : $"{fault}, for example {Example}"));
            }

            if (end < 0)
            {
                return faults;
            }

            rest = rest[(end + 1)..];
        }
    }

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
            return Schemes.Length == 0
                ? "starts with ://, and no scheme is allowed here: write host:port"
                : $"starts with :// without a scheme: start it with {Schemes[0]}://";
        }

        if (scheme.IsEmpty)
        {
            return Schemes.Length == 0 || DefaultScheme is not null
                ? null
                : $"has no scheme: start it with {Schemes[0]}://";
        }

        if (Schemes.Length == 0)
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
