using System.Globalization;
using System.Net;
using DeltaStream.Sdk.Quoting;

namespace DeltaStream.Sdk.Uris;

/// <content>What is wrong with a host, and with what stands between hosts.</content>
public sealed partial class StoreUriFormAttribute
{
    // What people write between hosts besides a comma: semicolons, bars, and the commas of other scripts.
    private const string Separators = ";|\uFF0C\uFF1B\u3001\u060C";

    private string? SeparatorFault(UriParts parts)
    {
        var at = parts.Authority.IndexOfAny(Separators.AsSpan());
        return at >= 0 && List ? $"separates addresses with {Named(parts.Authority, at)}: write a comma in its place"
            : at >= 0 || (!List && parts.Authority.IndexOf(',') >= 0)
                ? "names several hosts, and only one is supported: name one"
            : null;
    }

    /// <summary>What is wrong with what nobody sees in an address.</summary>
    private string? BlankFault(ReadOnlySpan<char> value)
    {
        var from = InvisibleText.IndexIn(value);
        if (from < 0)
        {
            return null;
        }

        var to = from;
        while (to < value.Length && InvisibleText.Is(value, to))
        {
            to += InvisibleText.CharacterLength(value, to);
        }

        var what = $"{Named(value, from)} at index {from.ToString(CultureInfo.InvariantCulture)}";
        var more = to - from > InvisibleText.CharacterLength(value, from);
        var remove =
            $"holds {what}{(more ? $", and more that nobody sees up to index {(to - 1).ToString(CultureInfo.InvariantCulture)}: remove all of it" : ": remove it")}";
        if (from == 0 && to == value.Length)
        {
            return $"holds nothing but {what}: give it an address{(List ? " or remove it with its comma" : string.Empty)}";
        }

        // In the middle of an address, and beside a comma, it is too much. Between two addresses it is one thing too few.
        if (from == 0 || to == value.Length || IsInside(value[from - 1]) || IsInside(value[to]))
        {
            return remove;
        }

        var isAddress = Fault(value[..from]) is null;
        if (List && (isAddress || char.IsWhiteSpace(value[from])))
        {
            return $"separates addresses with {what}: write a comma in place of {(more ? "all that nobody sees there" : "it")}";
        }

        var rest = value[to..];
        var next = InvisibleText.IndexIn(rest);
        var isPath = UriParts.Split(value[..from]) is var before && before.Path.Length > 0;
        return isAddress && Fault(next < 0 ? rest : rest[..next]) is null
                ? $"names several addresses with {what} between them, and only one is supported: keep one"
            : isPath && value[from] == ' ' && !more ? $"holds {what}: write %20 in its place, or remove it"
            : remove;
    }

    private static bool IsInside(char c) =>
        c is ':' or '/' or '.' or '-' or '[' or ']' or '\\' || Separators.AsSpan().IndexOf(c) >= 0;

    private static string Named(ReadOnlySpan<char> text, int index)
    {
        var kind = text[index] switch
        {
            ' ' => "a space",
            '\t' => "a tab",
            (>= '\n' and <= '\r') or '\u0085' or '\u2028' or '\u2029' => "a line break",
            var c when InvisibleText.Is(text, index) => "an invisible character",
            var c when Separators.AsSpan().IndexOf(c) >= 0 => $"'{c}'",
            _ => "a character",
        };
        return $"{kind} ({InvisibleText.Name(text, index)})";
    }

    private static string? HostFault(UriParts parts)
    {
        var host = parts.Host;
        if (parts.HasBrackets)
        {
            return host.IndexOf(':') < 0 ? "has brackets around what is no IPv6 address: remove them"
                : !IsIp(host) ? "has no valid IPv6 address in its brackets: correct it, as in [2001:db8::1]"
                : null;
        }

        if (host[0] == '[')
        {
            return "opens a bracket and does not close it: write ] after the IPv6 address";
        }

        for (var i = 0; i < host.Length; i++)
        {
            var c = host[i];
            if (!char.IsLetterOrDigit(c) && c is not ('-' or '.' or '_'))
            {
                // The wide forms of ASCII, and the full stop of Chinese and Japanese.
                var plain =
                    c == '\u3002' ? '.'
                    : c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0)
                    : default;
                return $"has no valid host name: it holds {InvisibleText.Name(host, i)}, {(plain == default ? "remove it" : $"write '{plain}' in its place")}";
            }
        }

        return null;
    }

    // An address of hexadecimal digits and colons is no secret, so this message shows it.
    private string? BareIpFault(ReadOnlySpan<char> authority)
    {
        var last = authority.LastIndexOf(':');
        if (last <= authority.IndexOf(':') || authority[0] == '[')
        {
            return null;
        }

        var address = authority[..last];
        var isWhole = IsIp(authority);
        var whole = $"[{authority.ToString()}]";
        if (!UriParts.IsPort(authority[(last + 1)..]) || !IsIp(address))
        {
            return !isWhole ? null
                : PortRequired
                    ? $"holds an IPv6 address without brackets: write {whole} and a colon and the port after it"
                : $"holds an IPv6 address without brackets: write {whole}";
        }

        var port = authority[(last + 1)..].ToString();
        var apart = $"[{address.ToString()}]:{port}";
        return isWhole && !PortRequired
            ? $"holds an IPv6 address without brackets: write {apart} if {port} is the port, or {whole} if it is not"
            : $"holds an IPv6 address without brackets: write {apart}";
    }

    private static bool IsIp(ReadOnlySpan<char> text)
    {
#if NET
        return IPAddress.IsValid(text);
#else
        return IPAddress.TryParse(text.ToString(), out _);
#endif
    }
}
