using System.Globalization;
using System.Net;

namespace DeltaStream.Emulator.Specs;

/// <summary>
/// Checks addresses against a spec's form. What it says never shows the address: it may hold credentials.
/// </summary>
internal static class UriCheck
{
    public const string Credentials = "an address must not hold credentials";

    /// <summary>What is wrong with the addresses, or null.</summary>
    public static string? Of(string value, UriSpec form)
    {
        if (AddressSecrets.Hides(value))
        {
            return Credentials;
        }

        var addresses = form.List ? value.Split(',') : [value];
        for (var i = 0; i < addresses.Length; i++)
        {
            if (OfOne(addresses[i], form) is { } wrong)
            {
                return addresses.Length > 1 ? $"address {i + 1}: {wrong}" : wrong;
            }
        }

        return null;
    }

    private static string? OfOne(string address, UriSpec form)
    {
        var schemeEnd = address.IndexOf("://", StringComparison.Ordinal);
        var scheme = schemeEnd < 0 ? null : address[..schemeEnd];
        var rest = schemeEnd < 0 ? address : address[(schemeEnd + 3)..];
        var authorityEnd = rest.AsSpan().IndexOfAny('/', '?', '#');
        var authority = authorityEnd < 0 ? rest : rest[..authorityEnd];
        return OfText(address)
            ?? OfScheme(scheme, form)
            ?? OfAuthority(authority, form)
            ?? OfTail(rest[authority.Length..], form);
    }

    private static string? OfText(string address) =>
        address switch
        {
            "" => "an address is empty",
            _ when VisibleValue.HidesAnything(address) => "an address holds no spaces and nothing invisible",
            _ when address.Contains('\\', StringComparison.Ordinal) => "an address has no backslash",
            _ => null,
        };

    private static string? OfScheme(string? scheme, UriSpec form) =>
        scheme switch
        {
            null when form is { Schemes.Count: 0 } or { DefaultScheme: not null } => null,
            null => $"the scheme is missing: {string.Join(" or ", form.Schemes)}",
            _ when form.Schemes.Count == 0 => "an address has no scheme",
            _ when form.Schemes.Contains(scheme, StringComparer.OrdinalIgnoreCase) => null,
            _ => $"the scheme must be {string.Join(" or ", form.Schemes)}",
        };

    private static string? OfAuthority(string authority, UriSpec form)
    {
        var bracket = authority.StartsWith('[') ? authority.IndexOf(']', StringComparison.Ordinal) : -1;
        var colon = authority.IndexOf(':', bracket + 1);
        var host = colon < 0 ? authority : authority[..colon];
        var isHost =
            bracket > 0
                ? bracket == host.Length - 1 && IPAddress.TryParse(host.AsSpan(1, bracket - 1), out _)
                : host.All(c => char.IsLetterOrDigit(c) || c is '-' or '.' or '_');
        return host switch
        {
            _ when !form.List && authority.Contains(',', StringComparison.Ordinal) => "only one address can be given",
            "" => "the host is missing",
            _ when !isHost => "the host is not a name or an address",
            _ when colon < 0 => form.Port == "required" ? "the port is missing" : null,
            _ when !IsPort(authority[(colon + 1)..]) => "the port must be a number from 1 to 65535",
            _ => null,
        };
    }

    public static bool IsPort(string text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0;

    private static string? OfTail(string tail, UriSpec form)
    {
        var path = tail.Split('?')[0];
        return form.Path switch
        {
            _ when tail.Contains('#', StringComparison.Ordinal) => "an address has no fragment",
            _ when path != tail && !form.Query => "an address has no query",
            "none" when path is not ("" or "/") => "an address has no path",
            "segment" when path.Length < 2 => $"the {form.SegmentName} is missing",
            "segment" when path.IndexOf('/', 1) >= 0 => $"only the {form.SegmentName} may follow the host",
            _ => null,
        };
    }
}
