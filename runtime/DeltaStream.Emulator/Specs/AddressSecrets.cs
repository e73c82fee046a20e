using System.Globalization;
using System.Text.RegularExpressions;

namespace DeltaStream.Emulator.Specs;

/// <summary>Finds credentials in an address: before an '@', and behind the name of a parameter, also percent-encoded.</summary>
internal static class AddressSecrets
{
    // Nobody can make an expression slow that never goes back.
    private const RegexOptions Options =
        RegexOptions.NonBacktracking
        | RegexOptions.IgnoreCase
        | RegexOptions.CultureInvariant
        | RegexOptions.IgnorePatternWhitespace;

    private static readonly Regex s_encoded = new("%(?:25)*(?<code>[0-7][0-9a-f])", Options);

    private static readonly Regex s_userInfo = new(@"(?:://|:)[^/?\#&;,=\s]*@|@[^/?\#&;,=\s]*:", Options);

    private static readonly Regex s_parameter = new(
        """
        (?:^|[/?\#&;,=\s])[^/?\#&;,=]*(?:passwords?|passwd|passphrase|passcode|pwd|secrets?|token|(?:store|ssl|proxy|pg)[^a-z0-9/?\#&;,=]*pass|(?:api|secret|private|account|shared|client|server|subscription|session|master|encryption|signing)[^a-z0-9/?\#&;,=]*key|access[^a-z0-9/?\#&;,=]*key(?:[^a-z0-9/?\#&;,=]*id)?|signature|credentials?)[^a-z0-9/?\#&;,=]*=
        | (?:^|[/?\#&;,=\s])[^a-z0-9/?\#&;,=]*(?:(?:(?:db|user)[^a-z0-9/?\#&;,=]*)?pass|pw|sig|sas|auth|authorization|bearer|jwt)[^a-z0-9/?\#&;,=]*=
        | (?:^|[?\#&;,=\s])[^a-z0-9/?\#&;,=]*(?:(?:(?:db|pg)[^a-z0-9/?\#&;,=]*)?user|user[^a-z0-9/?\#&;,=]*name|usr|uid|user[^a-z0-9/?\#&;,=]*id|login(?:[^a-z0-9/?\#&;,=]*name)?)[^a-z0-9/?\#&;,=]*=
        """,
        Options
    );

    /// <summary>Whether the address, or one of several, holds credentials.</summary>
    public static bool Hides(string address)
    {
        var plain = Plain(address);
        return s_parameter.IsMatch(plain)
            || (
                plain.Contains('@', StringComparison.Ordinal) && (AuthorityHides(address) || s_userInfo.IsMatch(plain))
            );
    }

    // An '@' after the host's colon belongs to a password with a slash in it, unless a port stands between them.
    private static bool AuthorityHides(string address)
    {
        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        var rest =
            scheme >= 0 ? address[(scheme + 3)..]
            : address.StartsWith("//", StringComparison.Ordinal) ? address[2..]
            : address;
        var authority = Plain(rest.Split('/', '?', '#')[0]);
        var colon = authority.IndexOf(':', authority.IndexOf(']', StringComparison.Ordinal) + 1);
        return authority.Contains('@', StringComparison.Ordinal)
            || (colon >= 0 && !UriCheck.IsPort(authority[(colon + 1)..]));
    }

    private static string Plain(string text) =>
        s_encoded.Replace(
            text,
            m =>
                (
                    (char)byte.Parse(m.Groups["code"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                ).ToString()
        );
}
