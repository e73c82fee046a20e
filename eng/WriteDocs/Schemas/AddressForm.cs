using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.WriteDocs.Schemas;

/// <summary>The form of a subtype's addresses, as a regular expression of ECMA-262.</summary>
/// <remarks>
/// The expression refuses nothing that the validator takes. What it can't say, such as whether the brackets hold a right
/// IPv6 address, it lets pass.
/// </remarks>
internal static class AddressForm
{
    // Line ends and NUL stand in no value.
    private const string Never = "\\u0000\\n-\\r\\u0085\\u2028\\u2029";

    private const string Port =
        ":0*(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";

    // A host is letters and digits of any script, '-', '.' and '_': all of ASCII but these is left out.
    private const string Host =
        "(?:[^\\u0000-,/:-@\\[-^`{-\\u007f\\u0085\\u2028\\u2029]+|\\[[^\\]/?#@, \\t" + Never + "]+\\])";

    /// <summary>The expression that an address, or a list of them, matches.</summary>
    public static string Pattern(UriSpec uri)
    {
        var one =
            Scheme(uri) + Host + (uri.PortRequired ? Port : $"(?:{Port})?") + Path(uri) + (uri.Query ? Query(uri) : "");
        return uri.List ? $"^{one}(?:,{one})*$" : $"^{one}$";
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
    private static string Characters(UriSpec uri, string but) => $"[^{but} \\t{(uri.List ? "," : "")}{Never}]";

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
