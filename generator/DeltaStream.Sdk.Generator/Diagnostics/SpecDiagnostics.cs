using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Diagnostics;

/// <summary>Everything that can be wrong with a spec. IDs are never reused. The page in docs/diagnostics has the title.</summary>
/// <remarks>DS1017 to DS1019 and DS1023 to DS1025 were checks that are now tests of this repository.</remarks>
internal static class SpecDiagnostics
{
    public static readonly DiagnosticDescriptor NotJson = Error(
        "DS1001",
        "The spec is not JSON: expected {0}, found {1}"
    );

    public static readonly DiagnosticDescriptor UnknownKey = Error("DS1002", "{0} has no '{1}'{2}");

    public static readonly DiagnosticDescriptor MissingKey = Error("DS1003", "{0} needs '{1}': add it");

    public static readonly DiagnosticDescriptor WrongType = Error("DS1004", "'{0}' must be {1}, not {2}");

    public static readonly DiagnosticDescriptor WrongValue = Error("DS1005", "'{0}' can't be '{1}': {2}");

    public static readonly DiagnosticDescriptor WrongName = Error("DS1006", "The name '{0}' can't be used: {1}");

    public static readonly DiagnosticDescriptor Duplicate = Error("DS1007", "{0} '{1}' stands twice: {2}");

    public static readonly DiagnosticDescriptor UnknownProperty = Error(
        "DS1008",
        "There is no property '{0}' in this spec{1}"
    );

    public static readonly DiagnosticDescriptor Contradiction = Error("DS1009", "{0}");

    public static readonly DiagnosticDescriptor NotForKind = Error(
        "DS1010",
        "'{0}' doesn't go with kind '{1}': it is for {2}"
    );

    public static readonly DiagnosticDescriptor SubtypeTwice = Error(
        "DS1011",
        "The subtype '{0}' is claimed by {1} and by {2}: {3}"
    );

    public static readonly DiagnosticDescriptor WrongFileName = Error(
        "DS1012",
        "The spec of '{0}' must be called '{0}.store.json'"
    );

    public static readonly DiagnosticDescriptor Unreadable = Error(
        "DS1013",
        "The spec can't be read: check that the file exists and is text"
    );

    public static readonly DiagnosticDescriptor TypeTwice = Error(
        "DS1014",
        "The C# type '{0}' is needed by {1} and by {2}: {3}"
    );

    public static readonly DiagnosticDescriptor WrongProperty = Error(
        "DS1015",
        "The MSBuild property '{0}' can't be '{1}': {2}"
    );

    public static readonly DiagnosticDescriptor SubtypeBuiltIn = Error(
        "DS1016",
        "The subtype '{0}' is built in, as {1}: use that type, or rename the subtype"
    );

    public static readonly DiagnosticDescriptor Removed = Error("DS1020", "{0} was shipped and is gone: {1}");

    public static readonly DiagnosticDescriptor Changed = Error(
        "DS1021",
        "{0} was shipped as {1} and can't become {2}: {3}"
    );

    public static readonly DiagnosticDescriptor Stricter = Error(
        "DS1022",
        "{0}, which refuses what was allowed when it was shipped: {1}"
    );

    public static readonly DiagnosticDescriptor NameTaken = Error(
        "DS1026",
        "{0}, which generated code needs, means something else in {1}: write <DeltaStreamNamespace>{2}</DeltaStreamNamespace> in the project"
    );

    private static DiagnosticDescriptor Error(string id, string message) =>
        Descriptors.Create(id, message, "DeltaStream.Specs", DiagnosticSeverity.Error);
}
