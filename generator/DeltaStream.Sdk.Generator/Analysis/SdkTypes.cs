using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Analysis;

/// <summary>Tells the SDK's own types by their names.</summary>
internal static class SdkTypes
{
    /// <summary>Whether a type is DeltaStream.Sdk's of that name.</summary>
    public static bool IsNamed(ITypeSymbol? type, string name) => IsNamed(type, "DeltaStream.Sdk", name);

    /// <summary>Whether a type has this name in this namespace.</summary>
    public static bool IsNamed(ITypeSymbol? type, string space, string name) =>
        type is not null
        && type.Name == name
        && type.ContainingType is null
        && type.ContainingNamespace?.ToDisplayString() == space;

    /// <summary>Whether a method turns a text into a Secret: the conversion, or Secret.FromString.</summary>
    public static bool MakesSecret(IMethodSymbol? method) =>
        method is { IsStatic: true, Parameters.Length: 1, Name: "op_Implicit" or "FromString" }
        && IsNamed(method.ContainingType, "Secret")
        && IsNamed(method.ReturnType, "Secret");

    /// <summary>Whether a type is Secret, or one that may be null.</summary>
    public static bool IsSecret(ITypeSymbol? type) => IsNamed(type, "Secret");
}
