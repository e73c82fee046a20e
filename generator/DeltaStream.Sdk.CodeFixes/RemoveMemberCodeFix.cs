using System.Collections.Immutable;
using System.Composition;
using DeltaStream.Sdk.Generator.Analysis;
using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeltaStream.Sdk.CodeFixes;

/// <summary>Removes what must not be set (DS2002) or does nothing (DS2004).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RemoveMemberCodeFix : DeclarationCodeFix
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(DeclarationDiagnostics.Forbidden.Id, DeclarationDiagnostics.WithoutEffect.Id);

    private protected override IEnumerable<CodeEdit> Find(SemanticModel model, SyntaxNode at, string id, bool all)
    {
        if (Initializers.DeclarationAround(at) is not { } node || Repair.Of(model, node) is not { } repair)
        {
            yield break;
        }

        var declaration = repair.Declaration;
        var pointedAt = (at as AssignmentExpressionSyntax)?.Left.ToString();
        var changes = repair.Changes(id, MemberValue.Unset);
        var assigned =
            all ? changes.Where(declaration.Assignments.ContainsKey)
            : pointedAt is null ? []
            : [pointedAt];
        foreach (var member in assigned)
        {
            yield return declaration.Receiver?[member].IsSet == true
                ? Edit($"Set {member} to null", n => Initializers.SetToNull(n, member))
                : Edit($"Remove {member}", n => Initializers.Remove(n, [member]));
        }

        // What a 'with' starts from sets these, so they are taken away here.
        var inherited = changes.Where(m => !declaration.Assignments.ContainsKey(m)).ToArray();
        if (inherited.Length > 0 && (all || pointedAt is null))
        {
            yield return Edit(
                $"Set {Wording.And(inherited)} to null",
                n => Initializers.Add(n, [.. inherited.Select(m => $"{m} = null")])
            );
        }

        CodeEdit Edit(string title, Func<ExpressionSyntax, ExpressionSyntax> change) =>
            new(title, "Remove", node, n => change((ExpressionSyntax)n));
    }
}
