using System.Collections.Immutable;
using System.ComponentModel;
using System.Globalization;
using System.Net;
using DeltaStream.Sdk.Validation;

namespace DeltaStream.Sdk.Uris;

/// <summary>The form of a subtype's addresses, as its spec says: what is required, what is written when left out.</summary>
/// <remarks>Checking and writing an address that says everything outright allocate nothing.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StoreUriForm
{
    /// <summary>Whether several addresses may be given, separated by commas.</summary>
    public bool List { get; init; }

    /// <summary>The schemes allowed; none when empty.</summary>
    public ImmutableArray<string> Schemes { get; init; } = [];

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

    /// <summary>Writes addresses in full: scheme, port, no slash at the end (wire fact 2.6).</summary>
    /// <param name="value">Addresses that passed validation.</param>
    /// <returns>The same string when it says everything already.</returns>
    public string Normalize(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return IsFull(value) ? value
            : List ? string.Join(',', value.Split(',').Select(NormalizeOne))
            : NormalizeOne(value);
    }

    internal void Check(string property, string value, ref StoreValidation validation)
    {
        if (!List || !value.Contains(',', StringComparison.Ordinal))
        {
            CheckOne(property, value, ref validation);
            return;
        }

        var index = 0;
        foreach (var range in value.AsSpan().Split(','))
        {
            CheckOne(new UriPlace(property, index++), value.AsSpan()[range], ref validation);
        }
    }

    private void CheckOne(UriPlace place, ReadOnlySpan<char> value, ref StoreValidation validation)
    {
        if (FindFault(value) is { } fault)
        {
            var example = Example is null ? string.Empty : $", for example {Example}";
            validation.Fail(place.ToString(), StoreValidationCodes.InvalidUri, $"{fault}{example}");
        }
    }

    // No message repeats the address: what was pasted into it may be a password.
    private string? FindFault(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty)
        {
            return "is empty: give it an address or remove its comma";
        }

        if (value.ContainsAny(" \t"))
        {
            return "holds a space: remove it";
        }

        var parts = UriParts.Split(value);
        if (SchemeFault(parts.Scheme) is { } schemeFault)
        {
            return schemeFault;
        }

        if (parts.Authority.Contains('@'))
        {
            return "holds credentials before an '@': take them out and set them as properties";
        }

        if (!List && parts.Authority.Contains(','))
        {
            return "names several hosts, and only one is supported: name one";
        }

        if (parts.Host.IsEmpty)
        {
            return "names no host: put it in front of the port";
        }

        if (!IsHost(parts.Host))
        {
            return "has no valid host name: write host:port";
        }

        return PortFault(parts) ?? PathFault(parts);
    }

    private static bool IsHost(ReadOnlySpan<char> host)
    {
        if (host.Contains(':'))
        {
            return IPAddress.IsValid(host);
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

    private string? SchemeFault(ReadOnlySpan<char> scheme)
    {
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
            if (scheme.Equals(allowed, StringComparison.OrdinalIgnoreCase))
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

        return ushort.TryParse(parts.Port, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
            ? null
            : "has a port that is not a number from 1 to 65535";
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
            StoreUriPath.Segment when path[1..].Contains('/') =>
                $"has more than the {SegmentName} in its path: remove what follows it",
            _ => null,
        };
    }

    private bool IsFull(string value)
    {
        // Where nothing is ever added there is only a slash to lose.
        if (DefaultScheme is null && DefaultPort == 0 && !value.Contains('/', StringComparison.Ordinal))
        {
            return true;
        }

        if (!List)
        {
            return IsFull(UriParts.Split(value));
        }

        foreach (var range in value.AsSpan().Split(','))
        {
            if (!IsFull(UriParts.Split(value.AsSpan()[range])))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsFull(UriParts parts) =>
        !LacksScheme(parts) && !LacksPort(parts) && KeptPath(parts).Length == parts.Path.Length;

    private bool LacksScheme(UriParts parts) => parts.Scheme.IsEmpty && DefaultScheme is not null;

    private bool LacksPort(UriParts parts) => !parts.HasPort && DefaultPort > 0;

    private ReadOnlySpan<char> KeptPath(UriParts parts) =>
        Path == StoreUriPath.Any ? parts.Path : parts.Path.TrimEnd('/');

    private string NormalizeOne(string value)
    {
        var parts = UriParts.Split(value);
        var scheme = LacksScheme(parts) ? $"{DefaultScheme}://" : value[..parts.AuthorityStart];
        var port = LacksPort(parts) ? string.Create(CultureInfo.InvariantCulture, $":{DefaultPort}") : string.Empty;
        return string.Concat(string.Concat(scheme, parts.Authority, port), KeptPath(parts), parts.QueryAndFragment);
    }
}
