using System.Text.RegularExpressions;

namespace DeltaStream.Sdk.Generator.Specs;

/// <summary>From the specs' names to C#'s.</summary>
internal static class Names
{
    /// <summary>The one property of a spec whose member is StoreArgs' own.</summary>
    public const string InheritedProperty = "description";

    // What a record has already, or what StoreArgs and the generated code call their own. An enum named StoreArgs would be
    // the record.
    private static readonly HashSet<string> s_reserved = Words(
        StringComparer.Ordinal,
        """
        Name Owner Subtype Definition FromValues Read PropertyIndex UriForms Applies TokenOf Validate ValidateProperties
        GetValue GetDeclaredValue GetForbiddenProperties WriteTypeEntry WritePropertyEntries ValueOf DeclaredValueOf SetProperties
        ForbiddenProperties ChangedSince WriteType WriteProperties Equals GetHashCode GetType
        ToString MemberwiseClone Finalize EqualityContract PrintMembers ReferenceEquals Clone StoreArgs
        """
    );

    // What the registry has already, words that the SDK's own types start with, and what stands beside the subtypes' members in
    // a declaration that is data, or in a resource with its outputs, where one name has one type.
    private static readonly HashSet<string> s_reservedStems = Words(
        StringComparer.OrdinalIgnoreCase,
        """
        All Get TryGet StoreSubtypes Equals GetHashCode GetType ToString MemberwiseClone Finalize
        ReferenceEquals Store Secret Name Owner Description Type State CreatedAt UpdatedAt Id Urn
        """
    );

    /// <summary>saslUsername becomes SaslUsername, iceberg-rest becomes IcebergRest.</summary>
    public static string Pascal(string name) =>
        string.Concat(
            name.Split(['-'], StringSplitOptions.RemoveEmptyEntries)
                .Select(part => char.ToUpperInvariant(part[0]) + part.Substring(1))
        );

    /// <summary>iceberg-rest becomes icebergRest: the subtype's member in a declaration that is data.</summary>
    public static string Camel(string name) =>
        Pascal(name) is { Length: > 0 } pascal ? char.ToLowerInvariant(pascal[0]) + pascal.Substring(1) : name;

    public static bool IsReserved(string member) =>
        s_reserved.Contains(member) || member.StartsWith("Effective", StringComparison.Ordinal);

    public static bool IsReservedSubtype(string subtype) => s_reservedStems.Contains(Pascal(subtype));

    public static bool IsSubtype(string text) => Matches(text, "^[a-z][a-z0-9]*(-[a-z0-9]+)*$");

    public static bool IsCamel(string text) => Matches(text, "^[a-z][a-zA-Z0-9]*$");

    public static bool IsBareword(string text) => Matches(text, "^[A-Z][A-Z0-9_]*$");

    public static bool IsSqlKey(string text) => Matches(text, "^[a-z0-9_]+(\\.[a-z0-9_]+)*$");

    public static bool IsVersion(string text) => Matches(text, "^(0|[1-9][0-9]*)(\\.(0|[1-9][0-9]*)){1,2}$");

    public static bool IsFileToken(string text) => Matches(text, "^@[a-z0-9_]+$");

    public static bool IsScheme(string text) => Matches(text, "^[a-z][a-z0-9+.:-]*$");

    private static HashSet<string> Words(StringComparer comparer, string words) =>
        new(words.Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries), comparer);

    private static bool Matches(string text, string pattern) =>
        Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1))
        && !text.EndsWith("\n", StringComparison.Ordinal);
}
