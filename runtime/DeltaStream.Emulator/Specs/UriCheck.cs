using System.Globalization;
using System.Net;

namespace DeltaStream.Emulator.Specs;

/// <summary>
/// Checks addresses against a spec's form. What it says never shows the address: it may hold credentials.
/// </summary>
internal static class UriCheck
{
    /// <summary>What is wrong with the addresses, or null.</summary>
    public static string? Of(string value, UriSpec form)
    {
        var addresses = form.List ? value.Split(',') : [value];
        for (var i = 0; i < addresses.Length; i++)
        {
            if (OfOne(addresses[i], form) is { } wrong)
            {
                var which =
                    addresses.Length > 1 ? string.Create(CultureInfo.InvariantCulture, $"address {i + 1}: ") : "";
                return which + wrong;
            }
        }

        return null;
    }

    private static string? OfOne(string address, UriSpec form)
    {
        if (address.Length == 0)
        {
            return "an address is empty";
        }

        if (address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            return "an address holds no spaces";
        }

        if (!form.List && address.Contains(',', StringComparison.Ordinal))
        {
            return "only one address can be given";
        }

        var rest = address;
        var schemeEnd = address.IndexOf("://", StringComparison.Ordinal);
        if (schemeEnd >= 0)
        {
            rest = address[(schemeEnd + 3)..];
            if (form.Schemes.Count == 0)
            {
                return "an address has no scheme";
            }

            if (!form.Schemes.Contains(address[..schemeEnd], StringComparer.OrdinalIgnoreCase))
            {
                return $"the scheme must be {string.Join(" or ", form.Schemes)}";
            }
        }
        else if (form.Schemes.Count > 0 && form.DefaultScheme is null)
        {
            return $"the scheme is missing: {string.Join(" or ", form.Schemes)}";
        }

        var authorityEnd = rest.AsSpan().IndexOfAny('/', '?', '#');
        var authority = authorityEnd < 0 ? rest : rest[..authorityEnd];
        var tail = authorityEnd < 0 ? "" : rest[authorityEnd..];
        return OfAuthority(authority, form) ?? OfTail(tail, form);
    }

    private static string? OfAuthority(string authority, UriSpec form)
    {
        if (authority.Contains('@', StringComparison.Ordinal))
        {
            return "an address must not hold credentials";
        }

        var bracket = authority.StartsWith('[') ? authority.IndexOf(']', StringComparison.Ordinal) : -1;
        var colon = authority.IndexOf(':', bracket + 1);
        var host = colon < 0 ? authority : authority[..colon];
        if (host.Length == 0)
        {
            return "the host is missing";
        }

        var valid =
            bracket > 0
                ? bracket == host.Length - 1 && IPAddress.TryParse(host.AsSpan(1, bracket - 1), out _)
                : host.All(c => char.IsLetterOrDigit(c) || c is '-' or '.' or '_');
        if (!valid)
        {
            return "the host is not a name or an address";
        }

        if (colon < 0)
        {
            return form.PortRequired ? "the port is missing" : null;
        }

        return
            int.TryParse(authority.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is >= 1 and <= 65535
            ? null
            : "the port must be a number from 1 to 65535";
    }

    private static string? OfTail(string tail, UriSpec form)
    {
        if (tail.Contains('#', StringComparison.Ordinal))
        {
            return "an address has no fragment";
        }

        var queryStart = tail.IndexOf('?', StringComparison.Ordinal);
        if (queryStart >= 0 && !form.Query)
        {
            return "an address has no query";
        }

        var path = queryStart < 0 ? tail : tail[..queryStart];
        return form.Path switch
        {
            "none" when path is not ("" or "/") => "an address has no path",
            "segment" when path.Length < 2 => $"the {form.SegmentName} is missing",
            "segment" when path.IndexOf('/', 1) >= 0 => $"only the {form.SegmentName} may follow the host",
            _ => null,
        };
    }
}
