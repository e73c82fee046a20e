using System.ComponentModel;

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

    /// <summary>
    /// What to write in place of what is no such address, such as <c>s3=https://{host}.s3.amazonaws.com{path}</c>: by what
    /// stands in front of its colon, by nothing for a bare name, and by * what is said of everything else.
    /// </summary>
    public string[] Instead { get; init; } = [];

    /// <summary>Finds what is wrong with an address, or with each address of a list.</summary>
    /// <remarks>
    /// No message repeats what may be a password: at most an IP address, or a host and a path of which
    /// the spec knows the right address.
    /// </remarks>
    /// <param name="property">The property's name.</param>
    /// <param name="value">The address or addresses. Of a missing or an empty one nothing is said here.</param>
    /// <returns>The property, or the item of its list, and the message; null when nothing is wrong.</returns>
    internal List<(string Place, string Message)>? FindFaults(string property, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        // A password may hold a comma, so credentials are looked for before the list is taken apart.
        if (UriCredentials.Fault(value!) is { } credentials)
        {
            return [(property, WithExample(OtherServiceFault(value.AsSpan()) ?? credentials))];
        }

        List<(string, string)>? faults = null;
        var rest = value.AsSpan();
        var several = List && rest.IndexOf(',') >= 0;
        for (var index = 0; ; index++)
        {
            var end = several ? rest.IndexOf(',') : -1;
            if (Fault(end < 0 ? rest : rest[..end]) is { } fault)
            {
                var place = several ? FormattableString.Invariant($"{property}[{index}]") : property;
                (faults ??= []).Add((place, WithExample(fault)));
            }

            if (end < 0)
            {
                return faults;
            }

            rest = rest[(end + 1)..];
        }
    }

    private string WithExample(string fault) => Example is null ? fault : $"{fault}, for example {Example}";

    private string? Fault(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty)
        {
            return "is empty: give it an address or remove its comma";
        }

        if ((BlankFault(value) ?? SlashFault(value)) is { } textFault)
        {
            return textFault;
        }

        var parts = UriParts.Split(value);
        if ((SchemeFault(value, parts) ?? SeparatorFault(parts) ?? BareIpFault(parts.Authority)) is { } fault)
        {
            return fault;
        }

        if (parts.Host.IsEmpty)
        {
            return parts.HasPort ? "names no host: put it in front of the port"
                : Schemes.Length == 0 ? "names no host: write host:port"
                : "names no host: write it after ://";
        }

        return HostFault(parts) ?? PortFault(parts) ?? PathFault(parts);
    }

    // Slashes that lean to the wrong side, are too many in front, or too few after a scheme.
    private string? SlashFault(ReadOnlySpan<char> value)
    {
        if (value.IndexOf('\\') >= 0)
        {
            return "holds a backslash (U+005C): write / in its place";
        }

        if (value[0] == '/')
        {
            return Schemes.Length == 0 ? "starts with a slash: remove it and write host:port"
                : Instead.Length > 0 ? "starts with a slash: remove it"
                : $"starts with a slash: write {Schemes[0]}:// in place of the slashes in front of the host";
        }

        foreach (var scheme in Schemes)
        {
            if (
                value.Length > scheme.Length + 1
                && value[scheme.Length] == ':'
                && value.StartsWith(scheme.AsSpan(), StringComparison.OrdinalIgnoreCase)
                && !value[(scheme.Length + 1)..].StartsWith("//".AsSpan())
                && !char.IsDigit(value[scheme.Length + 1])
            )
            {
                return $"has too few slashes after {scheme}: in front of the host write {scheme}://";
            }
        }

        return null;
    }

    private string? SchemeFault(ReadOnlySpan<char> value, UriParts parts)
    {
        var scheme = parts.Scheme;
        if (scheme.IsEmpty && parts.AuthorityStart > 0)
        {
            return Schemes.Length == 0 ? "starts with ://, and no scheme is allowed here: write host:port"
                : Instead.Length > 0 ? "starts with :// without a scheme: remove it"
                : $"starts with :// without a scheme: start it with {Schemes[0]}://";
        }

        if (scheme.IsEmpty)
        {
            return Schemes.Length == 0 || DefaultScheme is not null ? null : $"has no scheme: {Remedy(value, parts)}";
        }

        return Schemes.Length == 0
                ? "has a scheme, and none is allowed here: write host:port, without the scheme and its ://"
            : IsAllowed(scheme) ? null
            : OtherScheme(Remedy(value, parts));
    }

    private string OtherScheme(string remedy) => $"has another scheme than {string.Join(" or ", Schemes)}: {remedy}";

    private bool IsAllowed(ReadOnlySpan<char> scheme)
    {
        foreach (var allowed in Schemes)
        {
            if (scheme.Equals(allowed.AsSpan(), StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private string? PortFault(UriParts parts)
    {
        if (!parts.HasPort)
        {
            return PortRequired ? "has no port: add it, as host:port" : null;
        }

        if (!parts.PortHasColon)
        {
            return "has no colon between ] and the port: write it there";
        }

        return UriParts.IsPort(parts.Port) ? null
            : PortRequired ? "has a port that is not a number from 1 to 65535: write one"
            : "has a port that is not a number from 1 to 65535: write one, or remove it with its colon";
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
