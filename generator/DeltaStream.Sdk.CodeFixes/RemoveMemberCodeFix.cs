using System.Collections.Immutable;
using System.Composition;
using DeltaStream.Sdk.Generator.Analysis;
using DeltaStream.Sdk.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeltaStream.Sdk.CodeFixes;

/// <summary>Removes what must not be set (DS2002) or does nothing (DS2004).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RemoveMemberCodeFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(DeclarationDiagnostics.Forbidden.Id, DeclarationDiagnostics.WithoutEffect.Id);

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var diagnostic = context.Diagnostics[0];
        if (
            root is null
            || !diagnostic.Properties.TryGetValue(DeclarationAnalyzer.MembersKey, out var member)
            || member is null
        )
        {
            return;
        }

        var node = root.FindNode(context.Span, getInnermostNodeForTie: true);
        if (
            node is AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax braces } assignment
            && assignment.Left.ToString() == member
        )
        {
            Offer($"Remove {member}", braces, braces.WithExpressions(braces.Expressions.Remove(assignment)));
        }
        else if (node.FirstAncestorOrSelf<WithExpressionSyntax>() is { } with)
        {
            // What is forbidden comes from what the 'with' starts from, so it is taken away here.
            Offer($"Set {member} to null", with, Initializers.Add(with, [$"{member} = null"]));
        }

        void Offer(string title, SyntaxNode before, SyntaxNode after) =>
            context.Offer(title, $"Remove:{diagnostic.Id}", before, after);
    }
}
