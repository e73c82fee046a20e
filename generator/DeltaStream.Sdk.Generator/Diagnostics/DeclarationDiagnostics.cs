using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Diagnostics;

/// <summary>Everything that can be wrong with a declaration. IDs are never reused; each has a page in docs/diagnostics.</summary>
internal static class DeclarationDiagnostics
{
    private const string Category = "DeltaStream.Declarations";

    public static readonly DiagnosticDescriptor Missing = Create(
        "DS2001",
        "A store declaration lacks what its other values require",
        "{0}",
        DiagnosticSeverity.Error
    );

    public static readonly DiagnosticDescriptor Forbidden = Create(
        "DS2002",
        "A store declaration sets what doesn't go together",
        "{0}",
        DiagnosticSeverity.Error
    );

    public static readonly DiagnosticDescriptor InvalidValue = Create(
        "DS2003",
        "A value in a store declaration is not possible",
        "{0}",
        DiagnosticSeverity.Error
    );

    public static readonly DiagnosticDescriptor WithoutEffect = Create(
        "DS2004",
        "A property of a store declaration has no effect",
        "{0}",
        DiagnosticSeverity.Error
    );

    public static readonly DiagnosticDescriptor NotExactlyOne = Create(
        "DS2005",
        "A store declaration doesn't choose exactly one way",
        "{0}",
        DiagnosticSeverity.Error
    );

    public static readonly DiagnosticDescriptor LiteralSecret = Create(
        "DS2010",
        "A secret stands in the source code",
        "The secret is in the source code, and so in its history and in the assembly: read it from configuration, such as the environment variable {0}",
        DiagnosticSeverity.Warning
    );

    public static readonly DiagnosticDescriptor RevealedSecret = Create(
        "DS2011",
        "A revealed secret becomes part of a text",
        "What {0}.Reveal() gives holds a secret and becomes part of {1}: leave out Reveal(), and it shows as ***",
        DiagnosticSeverity.Warning
    );

    /// <summary>All of them, in the order of their IDs.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
    [Missing, Forbidden, InvalidValue, WithoutEffect, NotExactlyOne, LiteralSecret, RevealedSecret];

    private static DiagnosticDescriptor Create(string id, string title, string message, DiagnosticSeverity severity) =>
        new(id, title, message, Category, severity, isEnabledByDefault: true, helpLinkUri: $"docs/diagnostics/{id}.md");
}
