using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Specs;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DeltaStream.Sdk.Generator.Reading;

/// <summary>Reads where generated code goes from the project's MSBuild properties.</summary>
/// <remarks>What is wrong is reported, and the default taken, so that one mistake doesn't become an error per use.</remarks>
internal static class CodeTargetReader
{
    public const string NamespaceProperty = "DeltaStreamNamespace";

    public const string AccessibilityProperty = "DeltaStreamAccessibility";

    private const string RootNamespaceProperty = "RootNamespace";

    private const string ProjectFolderProperty = "ProjectDir";

    private static readonly string[] s_accessibilities = ["public", "internal"];

    /// <param name="options">The properties, as the compiler hands them on.</param>
    /// <param name="assemblyName">The name of a project that uses the SDK; null for the SDK itself.</param>
    public static CodeTargetResult Read(AnalyzerConfigOptions options, string? assemblyName)
    {
        var faults = new List<DiagnosticRecord>();
        var name = ReadNamespace(options, assemblyName, faults);
        var accessibility = ReadAccessibility(options, faults);
        return new CodeTargetResult(
            new CodeTarget(Escaped(name), accessibility),
            (Property(options, ProjectFolderProperty) ?? string.Empty).Replace('\\', '/'),
            faults.Distinct().ToEquatableArray()
        );
    }

    /// <summary>The namespace that a name becomes, which may hold what no namespace can; empty when nothing is left.</summary>
    public static string NamespaceOf(string name) =>
        string.Join(".", name.Split('.').Where(p => p.Length > 0).Select(Identifier));

    private static string ReadNamespace(
        AnalyzerConfigOptions options,
        string? assemblyName,
        List<DiagnosticRecord> faults
    )
    {
        var said = Property(options, NamespaceProperty);
        var isNamespace = said?.Split('.').All(SyntaxFacts.IsValidIdentifier) == true;
        if (said is not null && !isNamespace)
        {
            faults.Add(Fault(NamespaceProperty, said, "it must be a namespace of C#, such as Company.Stores"));
        }

        var root = NamespaceOf(Property(options, RootNamespaceProperty) ?? string.Empty);
        if (assemblyName is null)
        {
            return isNamespace ? said!
                : root.Length > 0 ? root
                : CodeTarget.SdkNamespace;
        }

        foreach (var name in new[] { isNamespace ? said! : string.Empty, root })
        {
            if (name == CodeTarget.SdkNamespace)
            {
                faults.Add(
                    Fault(
                        NamespaceProperty,
                        name,
                        "the SDK's own types are there; choose a namespace of your own, such as Company.Stores"
                    )
                );
            }
            else if (name.Length > 0)
            {
                return name;
            }
        }

        // What the compiler would take is no namespace at all, and the SDK's is not the project's.
        var own = NamespaceOf(assemblyName);
        if (faults.Count == 0)
        {
            faults.Add(
                Fault(
                    NamespaceProperty,
                    string.Empty,
                    $"the root namespace is empty, too; write <{NamespaceProperty}>{own}</{NamespaceProperty}> in the project"
                )
            );
        }

        return own;
    }

    private static string ReadAccessibility(AnalyzerConfigOptions options, List<DiagnosticRecord> faults)
    {
        if (Property(options, AccessibilityProperty) is not { } value)
        {
            return CodeTarget.Sdk.Accessibility;
        }

        var known = Array.Find(s_accessibilities, a => string.Equals(a, value, StringComparison.OrdinalIgnoreCase));
        if (known is null)
        {
            faults.Add(Fault(AccessibilityProperty, value, $"it must be {Wording.Or(s_accessibilities)}"));
        }

        return known ?? CodeTarget.Sdk.Accessibility;
    }

    private static string? Property(AnalyzerConfigOptions options, string name) =>
        options.TryGetValue($"build_property.{name}", out var value) && value.Trim() is { Length: > 0 } text
            ? text
            : null;

    private static string Identifier(string part)
    {
        var name = string.Concat(part.Select(c => SyntaxFacts.IsIdentifierPartCharacter(c) ? c : '_'));
        return SyntaxFacts.IsIdentifierStartCharacter(name[0]) ? name : "_" + name;
    }

    private static string Escaped(string name) =>
        string.Join(".", name.Split('.').Select(p => SyntaxFacts.GetKeywordKind(p) == SyntaxKind.None ? p : "@" + p));

    private static DiagnosticRecord Fault(string property, string value, string remedy) =>
        DiagnosticRecord.Of(
            SpecDiagnostics.WrongProperty,
            LocationRecord.Nowhere,
            property,
            SpecFaults.Printable(value),
            remedy
        );
}

/// <summary>Where generated code goes, and what is wrong with what the project says of it.</summary>
/// <param name="Target">The target; the default in place of what is wrong.</param>
/// <param name="ProjectFolder">The project's folder, with a slash at its end; empty when it is not known.</param>
/// <param name="Diagnostics">What is wrong.</param>
internal sealed record CodeTargetResult(
    CodeTarget Target,
    string ProjectFolder,
    EquatableArray<DiagnosticRecord> Diagnostics
);
