using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.WriteDocs.Schemas;

/// <summary>The form of a subtype's addresses, as a regular expression of ECMA-262.</summary>
/// <remarks>
/// The expression refuses nothing that the validator takes. What it can't say, such as whether the brackets hold a right
/// IPv6 address, it lets pass.
/// </remarks>
internal static class AddressForm
{
    // What nobody sees stands in no address, and neither does a backslash.
    private static readonly string s_never = $"{InvisibleForm.Invisible}\\\\";

    private const string Port =
        ":0*(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";

    // An IPv6 address has a colon. Whether it is a right one, no expression says.
    private static string InBrackets => $"[^\\]/?#@,{s_never}]*";

    // A host is letters and digits of any script, '-', '.' and '_': all of ASCII but these is left out, and its wide forms.
    private static readonly string s_host =
        "(?:[^\\u0000-,/:-@\\[-^`{-\\u007f\\u060c\\u3001\\u3002\\uff01-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40\\uff5b-\\uff65\\ufe00-\\ufe0f"
        + s_never
        + "]+|\\["
        + InBrackets
        + ":"
        + InBrackets
        + "\\])";

    /// <summary>The expression that an address, or a list of them, matches.</summary>
    public static string Pattern(UriSpec uri)
    {
        var one =
            Scheme(uri)
            + s_host
            + (uri.PortRequired ? Port : $"(?:{Port})?")
            + Path(uri)
            + (uri.Query ? Query(uri) : "");
        return "^" + InvisibleForm.NoLoneSelector + (uri.List ? $"{one}(?:,{one})*$" : $"{one}$");
    }

    private static string Scheme(UriSpec uri) =>
        uri.Schemes.Count == 0
            ? string.Empty
            : $"(?:{string.Join("|", uri.Schemes.Select(AnyCase))})://".Wrap(uri.DefaultScheme is not null);

    private static string Path(UriSpec uri) =>
        uri.Path switch
        {
            "none" => "/*",
            "segment" => $"/{Characters(uri, "/?#")}+/*",
            _ => $"(?:/{Characters(uri, "?#")}*)?",
        };

    private static string Query(UriSpec uri) => $"(?:\\?{Characters(uri, "#")}*)?";

    // In a list a comma ends an address wherever it stands.
    private static string Characters(UriSpec uri, string but) => $"[^{but}{(uri.List ? "," : "")}{s_never}]";

    private static string Wrap(this string pattern, bool isOptional) => isOptional ? $"(?:{pattern})?" : pattern;

    // Schemes are compared without case; an expression of ECMA-262 can't say so for a part of it.
    private static string AnyCase(string scheme) =>
        string.Concat(
            scheme.Select(c =>
                c is >= 'a' and <= 'z' ? $"[{char.ToUpperInvariant(c)}{c}]"
                : c is '.' or '+' ? $"\\{c}"
                : c.ToString()
            )
        );
}
