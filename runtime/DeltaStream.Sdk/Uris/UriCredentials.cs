using System.Text;

namespace DeltaStream.Sdk.Uris;

/// <summary>Finds credentials anywhere in an address, also in percent encoding. An address is shown, and a secret is not.</summary>
/// <remarks>The analyzer compiles this file too, and the JSON Schema of declarations is written from its lists.</remarks>
internal static class UriCredentials
{
    /// <summary>How the names of parameters end that hold a secret. Between words anything but letters and digits may stand.</summary>
    internal static readonly string[] SecretEndings =
    [
        "password",
        "passwords",
        "passwd",
        "passphrase",
        "passcode",
        "pwd",
        "secret",
        "secrets",
        "token",
        "api key",
        "access key",
        "access key id",
        "secret key",
        "private key",
        "account key",
        "shared key",
        "client key",
        "server key",
        "subscription key",
        "session key",
        "master key",
        "encryption key",
        "signing key",
        "store pass",
        "ssl pass",
        "proxy pass",
        "pg pass",
        "signature",
        "credential",
        "credentials",
    ];

    /// <summary>Whole names of parameters that hold a secret.</summary>
    internal static readonly string[] SecretNames =
    [
        "pass",
        "db pass",
        "user pass",
        "pw",
        "sig",
        "sas",
        "auth",
        "authorization",
        "bearer",
        "jwt",
    ];

    /// <summary>Whole names of parameters that hold a user. After a slash they are folders, such as those of partitions.</summary>
    internal static readonly string[] UserNames =
    [
        "user",
        "user name",
        "usr",
        "uid",
        "user id",
        "login",
        "login name",
        "db user",
        "pg user",
    ];

    /// <summary>What is wrong with an address that holds credentials; null when it holds none.</summary>
    /// <remarks>It names the parameter by the lists here: what stands in the address may be a password.</remarks>
    public static string? Fault(string address)
    {
        var text = Decode(address);
        return HoldsUserInfo(address, text)
                ? "holds credentials before an '@': take them out and set them as properties"
            : Parameter(text.AsSpan()) is { } name
                ? $"holds credentials in a parameter ({name}): take it out and set it as a property"
            : null;
    }

    private static bool HoldsUserInfo(string address, string text)
    {
        if (text.AsSpan().IndexOf('@') < 0)
        {
            return false;
        }

        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        var start =
            scheme >= 0 ? scheme + 3
            : address.StartsWith("//", StringComparison.Ordinal) ? 2
            : 0;
        var length = address.AsSpan(start).IndexOfAny('/', '?', '#');
        var authority = Decode(length < 0 ? address.Substring(start) : address.Substring(start, length));
        if (authority.AsSpan().IndexOf('@') >= 0)
        {
            return true;
        }

        // A slash in a password ends the authority: what looks like a port is how the password begins.
        var colon = authority.IndexOf(':', authority.IndexOf(']') + 1);
        return (colon >= 0 && !UriParts.IsPort(authority.AsSpan(colon + 1))) || AnyPartHoldsUserInfo(text.AsSpan());
    }

    // Such as u:p@h in a list, in a path or in the value of a parameter, and user@h after another ://.
    private static bool AnyPartHoldsUserInfo(ReadOnlySpan<char> text)
    {
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && !IsDelimiter(text[i]) && text[i] != '=')
            {
                continue;
            }

            var part = text.Slice(start, i - start);
            var isAuthority = start > 2 && text.Slice(start - 3, 3).SequenceEqual("://".AsSpan());
            if (part.IndexOf('@') >= 0 && (isAuthority || part.IndexOf(':') >= 0))
            {
                return true;
            }

            start = i + 1;
        }

        return false;
    }

    private static string? Parameter(ReadOnlySpan<char> text)
    {
        for (var equals = text.IndexOf('='); equals >= 0; )
        {
            var start = equals;
            while (start > 0 && !IsDelimiter(text[start - 1]) && text[start - 1] != '=')
            {
                start--;
            }

            // A blank ends a name or stands between its words.
            var longStart = start;
            while (
                longStart > 0
                && text[longStart - 1] != '='
                && (!IsDelimiter(text[longStart - 1]) || char.IsWhiteSpace(text[longStart - 1]))
            )
            {
                longStart--;
            }

            if ((Find(text, start, equals) ?? Find(text, longStart, equals)) is { } found)
            {
                return found;
            }

            var next = text.Slice(equals + 1).IndexOf('=');
            equals = next < 0 ? -1 : equals + 1 + next;
        }

        return null;
    }

    private static string? Find(ReadOnlySpan<char> text, int start, int end)
    {
        var name = text.Slice(start, end - start);
        var isFolder = start > 0 && text[start - 1] == '/';
        return Find(name, SecretEndings, whole: false)
            ?? Find(name, SecretNames, whole: true)
            ?? (isFolder ? null : Find(name, UserNames, whole: true));
    }

    private static string? Find(ReadOnlySpan<char> name, string[] words, bool whole)
    {
        foreach (var word in words)
        {
            if (EndsWith(name, word, whole))
            {
                return word;
            }
        }

        return null;
    }

    private static bool EndsWith(ReadOnlySpan<char> name, string words, bool whole)
    {
        var at = name.Length;
        for (var i = words.Length - 1; i >= 0; i--)
        {
            if (words[i] == ' ')
            {
                continue;
            }

            at = LastLetter(name.Slice(0, at));
            if (at < 0 || (name[at] | 0x20) != words[i])
            {
                return false;
            }
        }

        return !whole || LastLetter(name.Slice(0, at)) < 0;
    }

    private static int LastLetter(ReadOnlySpan<char> name)
    {
        var at = name.Length - 1;
        while (at >= 0 && name[at] is not ((>= '0' and <= '9') or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z')))
        {
            at--;
        }

        return at;
    }

    private static bool IsDelimiter(char c) => c is '/' or '?' or '#' or '&' or ';' or ',' || char.IsWhiteSpace(c);

    /// <summary>Decodes what is percent-encoded once or several times, as far as it is ASCII.</summary>
    private static string Decode(string text)
    {
        if (text.AsSpan().IndexOf('%') < 0)
        {
            return text;
        }

        var decoded = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var digits = i + 1;
            while (text[i] == '%' && string.CompareOrdinal(text, digits, "25", 0, 2) == 0)
            {
                digits += 2;
            }

            if (
                text[i] == '%'
                && digits + 1 < text.Length
                && Hex(text[digits]) is var high and < 8
                && Hex(text[digits + 1]) is var low and < 16
            )
            {
                decoded.Append((char)((high * 16) + low));
                i = digits + 1;
            }
            else
            {
                decoded.Append(text[i]);
            }
        }

        return decoded.ToString();
    }

    private static int Hex(char c) =>
        c switch
        {
            >= '0' and <= '9' => c - '0',
            >= 'A' and <= 'F' => c - 'A' + 10,
            >= 'a' and <= 'f' => c - 'a' + 10,
            _ => 16,
        };
}
