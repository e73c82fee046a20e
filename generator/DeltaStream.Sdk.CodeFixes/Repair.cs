using DeltaStream.Sdk.Generator.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeltaStream.Sdk.CodeFixes;

/// <summary>Finds what a declaration lacks, and what it has too much of, as the analyzer judges it.</summary>
internal sealed class Repair(Declaration declaration, ITypeSymbol record)
{
    public Declaration Declaration => declaration;

    public ITypeSymbol Record => record;

    /// <summary>Reads a declaration.</summary>
    /// <returns>What is known of it; null when it is of no generated record.</returns>
    public static Repair? Of(SemanticModel model, ExpressionSyntax node) =>
        model.GetOperation(node) is { Type: { } type } operation
        && DeclarationReader.Read(operation, new RecordSpecs()) is { } read
            ? new Repair(read, type)
            : null;

    /// <summary>The members of which the findings go away, one after the other, when they become something else.</summary>
    /// <param name="id">The ID of the findings.</param>
    /// <param name="then">What the members become.</param>
    /// <remarks>Two members that exclude each other are both found, and one of them is enough.</remarks>
    public IReadOnlyList<string> Changes(string id, MemberValue then)
    {
        var changed = new List<string>();
        string? next;
        do
        {
            next = RuleEvaluator
                .Fresh(declaration, m => changed.Contains(m) ? then : declaration[m])
                .FirstOrDefault(f => f.Descriptor.Id == id && !changed.Contains(f.Member))
                ?.Member;
            if (next is not null)
            {
                changed.Add(next);
            }
        } while (next is not null);

        return changed;
    }
}
