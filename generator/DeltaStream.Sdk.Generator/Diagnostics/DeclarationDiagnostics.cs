using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Diagnostics;

/// <summary>Everything that can be wrong with a declaration. IDs are never reused. The page in docs/diagnostics has the title.</summary>
internal static class DeclarationDiagnostics
{
    public static readonly DiagnosticDescriptor Missing = Create("DS2001");

    public static readonly DiagnosticDescriptor Forbidden = Create("DS2002");

    public static readonly DiagnosticDescriptor InvalidValue = Create("DS2003");

    public static readonly DiagnosticDescriptor WithoutEffect = Create("DS2004");

    public static readonly DiagnosticDescriptor NotExactlyOne = Create("DS2005");

    public static readonly DiagnosticDescriptor LiteralSecret = Create(
        "DS2010",
        "The secret is in the source code, and so in its history and in the assembly: read it from configuration, such as the environment variable {0}",
        DiagnosticSeverity.Warning
    );

    public static readonly DiagnosticDescriptor RevealedSecret = Create(
        "DS2011",
        "What {0}.Reveal() gives holds a secret and becomes part of {1}: leave out Reveal(), and it shows as ***",
        DiagnosticSeverity.Warning
    );

    // The messages of errors are the validator's.
    private static DiagnosticDescriptor Create(
        string id,
        string message = "{0}",
        DiagnosticSeverity severity = DiagnosticSeverity.Error
    ) => Descriptors.Create(id, message, "DeltaStream.Declarations", severity);
}
