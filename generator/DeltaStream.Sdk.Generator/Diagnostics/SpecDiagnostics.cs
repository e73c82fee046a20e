using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Diagnostics;

/// <summary>Everything that can be wrong with a spec. IDs are never reused; each has a page in docs/diagnostics.</summary>
/// <remarks>DS1017 to DS1019 and DS1023 to DS1025 were checks that are now tests of this repository.</remarks>
internal static class SpecDiagnostics
{
    private const string Category = "DeltaStream.Specs";

    public static readonly DiagnosticDescriptor NotJson = Error(
        "DS1001",
        "A store spec is not JSON",
        "The spec is not JSON: expected {0}, found {1}"
    );

    public static readonly DiagnosticDescriptor UnknownKey = Error(
        "DS1002",
        "A store spec has an unknown key",
        "{0} has no '{1}'{2}"
    );

    public static readonly DiagnosticDescriptor MissingKey = Error(
        "DS1003",
        "A store spec lacks a key",
        "{0} needs '{1}': add it"
    );

    public static readonly DiagnosticDescriptor WrongType = Error(
        "DS1004",
        "A value in a store spec has the wrong type",
        "'{0}' must be {1}, not {2}"
    );

    public static readonly DiagnosticDescriptor WrongValue = Error(
        "DS1005",
        "A value in a store spec is not possible",
        "'{0}' can't be '{1}': {2}"
    );

    public static readonly DiagnosticDescriptor WrongName = Error(
        "DS1006",
        "A name in a store spec can't be used",
        "The name '{0}' can't be used: {1}"
    );

    public static readonly DiagnosticDescriptor Duplicate = Error(
        "DS1007",
        "Something stands twice in a store spec",
        "{0} '{1}' stands twice: {2}"
    );

    public static readonly DiagnosticDescriptor UnknownProperty = Error(
        "DS1008",
        "A store spec names a property that it doesn't have",
        "There is no property '{0}' in this spec{1}"
    );

    public static readonly DiagnosticDescriptor Contradiction = Error(
        "DS1009",
        "A store spec contradicts itself",
        "{0}"
    );

    public static readonly DiagnosticDescriptor NotForKind = Error(
        "DS1010",
        "A key of a store spec doesn't go with the property's kind",
        "'{0}' doesn't go with kind '{1}': it is for {2}"
    );

    public static readonly DiagnosticDescriptor SubtypeTwice = Error(
        "DS1011",
        "Two store specs claim one subtype",
        "The subtype '{0}' is claimed by {1} too: one spec per subtype"
    );

    public static readonly DiagnosticDescriptor WrongFileName = Error(
        "DS1012",
        "A store spec's file is not named after its subtype",
        "The spec of '{0}' must be called '{0}.store.json'"
    );

    public static readonly DiagnosticDescriptor Unreadable = Error(
        "DS1013",
        "A store spec can't be read",
        "The spec can't be read: check that the file exists and is text"
    );

    public static readonly DiagnosticDescriptor TypeTwice = Error(
        "DS1014",
        "Two store specs need C# types of one name",
        "The C# type '{0}' is needed by {1} too: rename the property, or the subtype"
    );

    public static readonly DiagnosticDescriptor WrongProperty = Error(
        "DS1015",
        "An MSBuild property of store specs has a wrong value",
        "The MSBuild property '{0}' can't be '{1}': {2}"
    );

    public static readonly DiagnosticDescriptor SubtypeBuiltIn = Error(
        "DS1016",
        "A store spec claims a built-in subtype",
        "The subtype '{0}' is built in, as {1}: use that type, or rename the subtype"
    );

    public static readonly DiagnosticDescriptor Removed = Error(
        "DS1020",
        "Something that was shipped is gone from a store spec",
        "{0} was shipped and is gone: {1}"
    );

    public static readonly DiagnosticDescriptor Changed = Error(
        "DS1021",
        "Something in a store spec means something else than what was shipped",
        "{0} was shipped as {1} and can't become {2}: {3}"
    );

    public static readonly DiagnosticDescriptor Stricter = Error(
        "DS1022",
        "A store spec refuses what was allowed when it was shipped",
        "{0}, which refuses what was allowed when it was shipped: {1}"
    );

    /// <summary>All of them, in the order of their IDs.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
    [
        NotJson,
        UnknownKey,
        MissingKey,
        WrongType,
        WrongValue,
        WrongName,
        Duplicate,
        UnknownProperty,
        Contradiction,
        NotForKind,
        SubtypeTwice,
        WrongFileName,
        Unreadable,
        TypeTwice,
        WrongProperty,
        SubtypeBuiltIn,
        Removed,
        Changed,
        Stricter,
    ];

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(
            id,
            title,
            message,
            Category,
            DiagnosticSeverity.Error,
            isEnabledByDefault: true,
            helpLinkUri: $"docs/diagnostics/{id}.md"
        );
}
