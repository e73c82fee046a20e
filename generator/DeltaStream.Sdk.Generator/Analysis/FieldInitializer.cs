using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeltaStream.Sdk.Generator.Analysis;

/// <summary>Finds the one value of a readonly field.</summary>
internal static class FieldInitializer
{
    /// <summary>Finds it.</summary>
    /// <param name="field">The field.</param>
    /// <param name="type">The whole declaration of its type.</param>
    /// <returns>The initializer; null when there is none, or a constructor may give another value.</returns>
    public static ExpressionSyntax? Find(IFieldSymbol field, SyntaxNode type)
    {
        ExpressionSyntax? value = null;
        foreach (var node in type.DescendantNodes())
        {
            switch (node)
            {
                case VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax } declarator
                    when declarator.Identifier.ValueText == field.Name:
                    value = declarator.Initializer?.Value;
                    break;
                case IdentifierNameSyntax name when name.Identifier.ValueText == field.Name && MayChange(name):
                    return null;
            }
        }

        return value;
    }

    // A local of the same name counts too: silence is the safe side.
    private static bool MayChange(IdentifierNameSyntax name)
    {
        SyntaxNode whole = name;
        while (whole.Parent is MemberAccessExpressionSyntax access && access.Name == whole)
        {
            whole = access;
        }

        return whole.Parent switch
        {
            // An initializer's member of that name is not the field.
            AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } => false,
            AssignmentExpressionSyntax assignment => assignment.Left == whole,
            ArgumentSyntax argument => argument.Parent is TupleExpressionSyntax tuple && IsAssignedTo(tuple)
                || argument.RefKindKeyword.IsKind(SyntaxKind.RefKeyword)
                || argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword),
            RefExpressionSyntax => true,
            PrefixUnaryExpressionSyntax prefix => prefix.IsKind(SyntaxKind.AddressOfExpression),
            _ => false,
        };
    }

    private static bool IsAssignedTo(TupleExpressionSyntax tuple)
    {
        while (tuple.Parent is ArgumentSyntax { Parent: TupleExpressionSyntax outer })
        {
            tuple = outer;
        }

        return tuple.Parent is AssignmentExpressionSyntax assignment && assignment.Left == tuple;
    }
}
