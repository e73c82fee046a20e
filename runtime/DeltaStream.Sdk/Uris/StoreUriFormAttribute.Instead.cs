namespace DeltaStream.Sdk.Uris;

/// <content>What to write in place of what is no such address, such as a bucket's name or the address of another service.</content>
public sealed partial class StoreUriFormAttribute
{
    private const string Host = "{host}";

    private string? Otherwise => TemplateOf("*");

    /// <summary>What to write in place of an address without a scheme, or with another one.</summary>
    private string Remedy(ReadOnlySpan<char> value, UriParts parts)
    {
        foreach (var entry in Instead)
        {
            var prefix = entry.AsSpan(0, entry.IndexOf('='));
            if (!StartsWith(value, prefix))
            {
                continue;
            }

            var rest = value[(prefix.Length + 1)..].TrimStart('/');
            return Filled(entry.Substring(prefix.Length + 1), rest, UriParts.Split(rest)) is { } instead
                ? $"write {instead}"
                : Otherwise ?? Start;
        }

        return parts.Scheme.IsEmpty ? NoSchemeRemedy(value, parts)
            : parts.Scheme.Equals("http".AsSpan(), StringComparison.OrdinalIgnoreCase) && IsAllowed("https".AsSpan())
                ? "start it with https://, and where the server has no TLS put a proxy that has it in front"
            : Otherwise ?? Start;
    }

    /// <summary>What is wrong with the address of another service; null when its scheme is known.</summary>
    /// <remarks>In such addresses an '@' may stand before a host without a secret, as in abfss://container@account.</remarks>
    private string? OtherServiceFault(ReadOnlySpan<char> value)
    {
        var scheme = UriParts.Split(value).Scheme;
        if (scheme.IsEmpty || IsAllowed(scheme) || scheme.Equals("http".AsSpan(), StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        foreach (var entry in Instead)
        {
            if (StartsWith(value, entry.AsSpan(0, entry.IndexOf('='))))
            {
                return null;
            }
        }

        return Otherwise is { } otherwise ? OtherScheme(otherwise) : null;
    }

    private string Start => $"start it with {Schemes[0]}://";

    // A name with a dot may be a host, and is none of a domain that the spec puts behind names.
    private string NoSchemeRemedy(ReadOnlySpan<char> value, UriParts parts)
    {
        var host = parts.Host;
        if (BareIpFault(parts.Authority) is not null)
        {
            return Start;
        }

        if (host.IsEmpty || HostFault(parts) is not null || PortFault(parts) is not null)
        {
            return Otherwise ?? Start;
        }

        var hasDot = host.IndexOf('.') >= 0;
        if (parts.HasPort || IsIp(host) || host.Equals("localhost".AsSpan(), StringComparison.OrdinalIgnoreCase))
        {
            return Start;
        }

        var template = TemplateOf(string.Empty);
        var instead = template is null || IsOfDomain(host, template) ? null : Filled(template, value, parts);
        return instead is null ? (hasDot ? Start : Otherwise ?? Start)
            : hasDot ? $"write {Schemes[0]}://{value.ToString()} if that names a host, or {instead} if it does not"
            : $"write {instead}";
    }

    private string? TemplateOf(string prefix)
    {
        foreach (var entry in Instead)
        {
            if (entry.IndexOf('=') == prefix.Length && entry.StartsWith(prefix, StringComparison.Ordinal))
            {
                return entry.Substring(prefix.Length + 1);
            }
        }

        return null;
    }

    // A digit after the colon is a port's: s3:9000 is a host that is called s3.
    private static bool StartsWith(ReadOnlySpan<char> value, ReadOnlySpan<char> prefix) =>
        !prefix.IsEmpty
        && value.Length > prefix.Length
        && value[prefix.Length] == ':'
        && value.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
        && (value.Length == prefix.Length + 1 || !char.IsDigit(value[prefix.Length + 1]));

    private string? Filled(string template, ReadOnlySpan<char> value, UriParts parts)
    {
        if (parts.Host.IsEmpty || parts.HasPort || HostFault(parts) is not null)
        {
            return null;
        }

        if (IsOfDomain(parts.Host, template))
        {
            return $"{Schemes[0]}://{value.ToString()}";
        }

        // What no host can be called can't be filled in. Where the spec says what else to do, that is said.
        var host = parts.Host.ToString();
        return Otherwise is not null && (host.Contains('_') || host.Any(char.IsUpper))
            ? null
            : template
                .Replace(Host, host)
                .Replace("{path}", parts.Path.IsEmpty ? "/" : parts.Path.TrimEnd('*').ToString());
    }

    private static bool IsOfDomain(ReadOnlySpan<char> host, string template)
    {
        var after = template.IndexOf(Host, StringComparison.Ordinal) + Host.Length;
        var end = template.IndexOf('{', after);
        var domain = template.AsSpan(after, (end < 0 ? template.Length : end) - after);
        var last = domain.LastIndexOf('.');
        var two = last < 0 ? -1 : domain[..last].LastIndexOf('.');
        return two >= 0 && host.EndsWith(domain[two..], StringComparison.OrdinalIgnoreCase);
    }
}
