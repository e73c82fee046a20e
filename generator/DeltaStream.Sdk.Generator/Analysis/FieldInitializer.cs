using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeltaStream.Sdk.Generator.Analysis;

/// <summary>Finds the one value of a readonly field.</summary>
internal static class FieldInitializer
{
    /// <summary>Finds it.</summary>
    /// <param name="field">The field.</param>
    /// <param name="type">The whole declaration of its type.</param>
    /// <returns>The initializer; null when there is none, or when a constructor may assign another value.</returns>
    public static ExpressionSyntax? Find(IFieldSymbol field, SyntaxNode type) =>
        type.DescendantNodes().Any(n => IsAssignable(n) && Mentions(n, field.Name))
            ? null
            : type.DescendantNodes()
                .OfType<VariableDeclaratorSyntax>()
                .FirstOrDefault(d => d.Parent?.Parent is FieldDeclarationSyntax && d.Identifier.ValueText == field.Name)
                ?.Initializer?.Value;

    // Where a readonly field can be assigned. A constructor that only reads it counts too: silence is the safe side.
    private static bool IsAssignable(SyntaxNode node) =>
        node is ConstructorDeclarationSyntax or AccessorDeclarationSyntax;

    private static bool Mentions(SyntaxNode node, string name) =>
        node.DescendantNodes().OfType<IdentifierNameSyntax>().Any(n => n.Identifier.ValueText == name);
}
