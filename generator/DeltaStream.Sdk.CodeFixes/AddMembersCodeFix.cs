using System.Collections.Immutable;
using System.Composition;
using DeltaStream.Sdk.Generator.Analysis;
using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeltaStream.Sdk.CodeFixes;

/// <summary>Sets what a declaration lacks: all required members (CS9035), or what the chosen way needs (DS2001).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddMembersCodeFix : DeclarationCodeFix
{
    private const string RequiredMember = "CS9035";

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(RequiredMember, DeclarationDiagnostics.Missing.Id);

    private protected override IEnumerable<CodeEdit> Find(SemanticModel model, SyntaxNode at, string id, bool all)
    {
        if (Initializers.DeclarationAround(at) is not { } node || Repair.Of(model, node) is not { } repair)
        {
            yield break;
        }

        var spec = repair.Declaration.Spec;
        var needed =
            id == RequiredMember
                ? spec.Properties.Where(p => p.Required).Select(p => p.Member).Prepend("Name")
                : repair.Changes(id, MemberValue.SetToAnything);

        // One that is set to null is a person's decision, and braces can't assign it twice.
        var members = needed.Except(Initializers.Members(node), StringComparer.Ordinal).ToArray();
        if (members.Length > 0)
        {
            var scope = new NameScope(model, node.SpanStart);
            var added = members.Select(m => Placeholder.Assign(spec, repair.Record, m, scope)).ToArray();
            yield return new CodeEdit(
                $"Set {Wording.And(members)}",
                "Set",
                node,
                n => Initializers.Add((ExpressionSyntax)n, added)
            );
        }
    }
}
