using System.Collections.Immutable;
using System.Composition;
using DeltaStream.Sdk.Generator.Analysis;
using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeltaStream.Sdk.CodeFixes;

/// <summary>Sets one way of several, whole, and takes the others away (DS2005).</summary>
/// <remarks>The way that changes least comes first, and is what all declarations get when they are mended at once.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ChooseWayCodeFix : DeclarationCodeFix
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(DeclarationDiagnostics.NotExactlyOne.Id);

    private protected override IEnumerable<CodeEdit> Find(SemanticModel model, SyntaxNode at, string id, bool all)
    {
        if (Initializers.DeclarationAround(at) is not { } node || Repair.Of(model, node) is not { } repair)
        {
            return [];
        }

        var declaration = repair.Declaration;
        var spec = declaration.Spec;
        var scope = new NameScope(model, node.SpanStart);
        var found = RuleEvaluator.Fresh(declaration, m => declaration[m]).Where(f => f.Descriptor.Id == id).ToArray();
        return spec
            .Rules.Where(r =>
                r.ExactlyOneOf.Count > 0
                && Array.Exists(found, f => f.Member == spec.Properties[r.ExactlyOneOf[0][0]].Member)
            )
            .SelectMany(r => r.ExactlyOneOf.Select(way => Way(r, way)))
            .OrderBy(w => w.Removed.Length)
            .ThenBy(w => w.Added.Length)
            .Select((w, i) => Edit(w.Title, i == 0 ? "Nearest" : w.Title, w.Removed, w.Added));

        (string Title, string[] Removed, string[] Added) Way(RuleSpec rule, EquatableArray<int> way) =>
            (
                $"Choose {Wording.And(way.Select(i => spec.Properties[i].Member))}",
                [.. rule.Others(way).Select(i => spec.Properties[i].Member).Where(m => declaration[m].IsSet != false)],
                [.. way.Select(i => spec.Properties[i].Member).Where(m => declaration[m].IsSet != true)]
            );

        CodeEdit Edit(string title, string key, string[] removed, string[] added)
        {
            var assignments = removed
                .Where(m => !declaration.Assignments.ContainsKey(m))
                .Select(m => $"{m} = null")
                .Concat(added.Select(m => Placeholder.Assign(spec, repair.Record, m, scope)))
                .ToArray();
            return new CodeEdit(
                title,
                key,
                node,
                n => Initializers.Add(Initializers.Remove((ExpressionSyntax)n, [.. removed, .. added]), assignments)
            );
        }
    }
}
