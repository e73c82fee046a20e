using System.Text.Json.Nodes;
using DeltaStream.Sdk.Uris;

namespace DeltaStream.WriteDocs.Schemas;

/// <summary>The credentials that no address may hold, as a regular expression of ECMA-262.</summary>
/// <remarks>It is written once in the schema, from the names that the validator knows, and every address refers to it.</remarks>
internal static class AddressSecrets
{
    /// <summary>The name among the schema's definitions; no subtype is called so.</summary>
    public const string Name = "address-credentials";

    // What may stand between the words of a name, or after it: all but letters, digits and what ends a part.
    private const string Gap = "(?:[^A-Za-z0-9%/?#&;,=\\s]|%(?:25)*(?:2[0bBdDeE]|5[bBdDfF]))*";

    private const string Delimiter = "(?:[?#&;,=\\s]|%(?:25)*(?:2[036cC]|3[bBdDfF]|0[9aAbBcCdD]))";

    private const string Slash = "(?:/|%(?:25)*2[fF])";

    private const string Part = "(?:[^%/?#&;,=\\s]|%(?!(?:25)*(?:2[036cCfF]|3[bBdDfF]|0[9aAbBcCdD])))*";

    private const string Colon = "(?::|%(?:25)*3[aA])";

    private const string At = "(?:@|%(?:25)*40)";

    /// <summary>The definition: what matches it holds credentials.</summary>
    public static JsonObject Definition() =>
        Node.Object(
            ("description", "An address that holds credentials, which every property of addresses refuses."),
            ("type", "string"),
            ("pattern", Pattern())
        );

    /// <summary>What an address says of itself: that it is not one of those.</summary>
    public static JsonObject Reference() => Node.Object(("$ref", $"#/$defs/{Name}"));

    private static string Pattern()
    {
        var endings = $"(?:{Delimiter}|{Slash}){Part}{Words(UriCredentials.SecretEndings)}";
        var names = $"(?:{Delimiter}|{Slash}){Gap}{Words(UriCredentials.SecretNames)}";
        var users = $"{Delimiter}{Gap}{Words(UriCredentials.UserNames)}";
        var parameter = $"(?:{endings}|{names}|{users}){Gap}(?:=|%(?:25)*3[dD])";
        return $"{parameter}|{Colon}(?:{Slash}{Slash})?{Part}{At}|{At}{Part}{Colon}";
    }

    private static string Words(IEnumerable<string> names) =>
        $"(?:{string.Join("|", names.Select(n => string.Join(Gap, n.Split(' ').Select(w => string.Concat(w.Select(Letter))))))})";

    // A letter in either case, or as the percent encoding of either, which may be encoded again.
    private static string Letter(char c)
    {
        var low = (c & 0xF) < 10 ? $"{c & 0xF}" : $"[{(char)('a' + (c & 0xF) - 10)}{(char)('A' + (c & 0xF) - 10)}]";
        return $"(?:[{char.ToUpperInvariant(c)}{c}]|%(?:25)*[{(c >> 4) - 2}{c >> 4}]{low})";
    }
}
