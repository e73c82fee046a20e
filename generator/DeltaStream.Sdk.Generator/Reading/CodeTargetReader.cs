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

    private static readonly string[] s_accessibilities = ["public", "internal"];

    /// <param name="options">The properties, as the compiler hands them on.</param>
    public static CodeTargetResult Read(AnalyzerConfigOptions options)
    {
        var faults = new List<DiagnosticRecord>();
        var name = ReadNamespace(options, faults);
        var accessibility = ReadAccessibility(options, faults);
        return new CodeTargetResult(
            new CodeTarget(name ?? CodeTarget.SdkNamespace, accessibility),
            IsNamespaceSaid: name is not null,
            faults.ToEquatableArray()
        );
    }

    /// <summary>What is wrong with the target in a project that has specs.</summary>
    /// <param name="result">What was read.</param>
    /// <param name="hasBuiltIns">Whether the project uses the SDK, and so isn't the SDK.</param>
    public static EquatableArray<DiagnosticRecord> Faults(CodeTargetResult result, bool hasBuiltIns) =>
        hasBuiltIns && result is { IsNamespaceSaid: true, Target.IsSdk: true }
            ? result
                .Diagnostics.Append(
                    Fault(
                        NamespaceProperty,
                        CodeTarget.SdkNamespace,
                        "the SDK's own types are there; choose a namespace of your own, such as Company.Stores"
                    )
                )
                .ToEquatableArray()
            : result.Diagnostics;

    private static string? ReadNamespace(AnalyzerConfigOptions options, List<DiagnosticRecord> faults)
    {
        if (Property(options, NamespaceProperty) is { } name)
        {
            if (name.Split('.').All(SyntaxFacts.IsValidIdentifier))
            {
                return Escaped(name.Split('.'));
            }

            faults.Add(Fault(NamespaceProperty, name, "it must be a namespace of C#, such as Company.Stores"));
        }

        // A project's name may hold what no namespace can, and becomes its root namespace as it is.
        var parts = (Property(options, RootNamespaceProperty) ?? string.Empty)
            .Split('.')
            .Where(p => p.Length > 0)
            .Select(Identifier)
            .ToArray();
        return parts.Length == 0 ? null : Escaped(parts);
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

    private static string Escaped(IEnumerable<string> parts) =>
        string.Join(".", parts.Select(p => SyntaxFacts.GetKeywordKind(p) == SyntaxKind.None ? p : "@" + p));

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
/// <param name="IsNamespaceSaid">Whether the project has a namespace at all.</param>
/// <param name="Diagnostics">What is wrong.</param>
internal sealed record CodeTargetResult(
    CodeTarget Target,
    bool IsNamespaceSaid,
    EquatableArray<DiagnosticRecord> Diagnostics
);
