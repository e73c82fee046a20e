using System.Collections.Immutable;
using System.Composition;
using DeltaStream.Sdk.Generator;
using DeltaStream.Sdk.Generator.Analysis;
using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Specs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeltaStream.Sdk.CodeFixes;

/// <summary>Sets what a declaration lacks: all required members (CS9035), or what the chosen way needs (DS2001).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddMembersCodeFix : CodeFixProvider
{
    private const string RequiredMember = "CS9035";

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(RequiredMember, DeclarationDiagnostics.Missing.Id);

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (
            root is null
            || model is null
            || Initializers.DeclarationAround(root.FindNode(context.Span, getInnermostNodeForTie: true))
                is not { } declaration
            || model.GetTypeInfo(declaration, context.CancellationToken).Type is not { } record
            || new RecordSpecs().Of(record) is not { } spec
        )
        {
            return;
        }

        var diagnostic = context.Diagnostics[0];
        var members = Lacking(diagnostic, declaration, spec);
        if (members.Length == 0)
        {
            return;
        }

        var scope = new NameScope(model, declaration.SpanStart);
        var assignments = members.Select(m => Placeholder.Assign(spec, record, m, scope)).ToArray();
        context.Offer(
            $"Set {Wording.And(members)}",
            $"Set:{diagnostic.Id}",
            declaration,
            Initializers.Add(declaration, assignments)
        );
    }

    private static string[] Lacking(Diagnostic diagnostic, ExpressionSyntax declaration, StoreSpec spec)
    {
        var set = new HashSet<string>(Initializers.Members(declaration), StringComparer.Ordinal);
        var needed =
            diagnostic.Id == RequiredMember
                ? spec.Properties.Where(p => p.Required).Select(p => p.Member).Prepend("Name")
            : diagnostic.Properties.TryGetValue(DeclarationAnalyzer.MembersKey, out var members) ? members!.Split(',')
            : [];

        // One that is set to null is a person's decision, and braces can't assign it twice.
        return needed.Where(m => m.Length > 0 && !set.Contains(m)).ToArray();
    }
}
