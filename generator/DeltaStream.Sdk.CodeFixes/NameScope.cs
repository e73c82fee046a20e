using DeltaStream.Sdk.Generator.Emission;
using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.CodeFixes;

/// <summary>Names types as shortly as they can be named at a place.</summary>
internal sealed class NameScope(SemanticModel model, int position)
{
    /// <summary>A type beside a record, as shortly as it can be named.</summary>
    public string Beside(ITypeSymbol record, string name) =>
        Short($"{record.ContainingNamespace.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}.{name}");

    /// <summary>The short name of a type that is named from the root, or that name where the short one is another's.</summary>
    public string Short(string name)
    {
        var last = name.Substring(name.LastIndexOf('.') + 1);
        var found = model.LookupSymbols(position, name: last);
        return
            found.Length == 1
            && found[0] is INamedTypeSymbol type
            && type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) == name
            ? last
            : name;
    }

    /// <summary>Reads an environment variable.</summary>
    public string Variable(string variable) =>
        $"{Short("global::System.Environment")}.GetEnvironmentVariable({CSharp.Literal(variable)})!";
}
