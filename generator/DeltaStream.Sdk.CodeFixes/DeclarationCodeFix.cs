using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace DeltaStream.Sdk.CodeFixes;

/// <summary>
/// Mends what a diagnostic points at, one by one or all of a document, a project or a solution. What to change follows from the
/// document alone: a diagnostic tells its ID and its place, and not every tool keeps what else it carries. <c>dotnet format</c> also hands
/// each fix a diagnostic of another one, and applies to all what is offered for it: nothing, and then no key says what to do.
/// </summary>
public abstract class DeclarationCodeFix : CodeFixProvider
{
    /// <inheritdoc />
    public sealed override FixAllProvider GetFixAllProvider() =>
        FixAllProvider.Create(
            async (context, document, diagnostics) =>
            {
                var edits = new List<CodeEdit>();
                foreach (var diagnostic in diagnostics.Where(d => context.DiagnosticIds.Contains(d.Id)))
                {
                    var offered = await FindAsync(document, diagnostic, all: true, context.CancellationToken)
                        .ConfigureAwait(false);
                    edits.AddRange(Choose(offered, context.CodeActionEquivalenceKey));
                }

                return await ApplyAsync(document, edits, context.CancellationToken).ConfigureAwait(false);
            }
        );

    /// <inheritdoc />
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics.Where(d => FixableDiagnosticIds.Contains(d.Id)))
        {
            var edits = await FindAsync(context.Document, diagnostic, all: false, context.CancellationToken)
                .ConfigureAwait(false);
            foreach (var edit in edits)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        edit.Title,
                        cancellation => ApplyAsync(context.Document, [edit], cancellation),
                        equivalenceKey: edit.Key
                    ),
                    diagnostic
                );
            }
        }
    }

    /// <summary>Finds what mends a diagnostic: one edit, or several to choose from.</summary>
    /// <param name="model">The document's.</param>
    /// <param name="at">What the diagnostic points at.</param>
    /// <param name="id">The diagnostic's ID.</param>
    /// <param name="all">Whether all diagnostics of this ID are mended, those of the same declaration with them.</param>
    private protected abstract IEnumerable<CodeEdit> Find(SemanticModel model, SyntaxNode at, string id, bool all);

    /// <summary>Of the edits that mend a diagnostic, those that go with the fix that is applied to all.</summary>
    private protected virtual IEnumerable<CodeEdit> Choose(IReadOnlyList<CodeEdit> offered, string? key) =>
        offered.Where(e => e.Key == (key ?? offered[0].Key));

    private async Task<IReadOnlyList<CodeEdit>> FindAsync(
        Document document,
        Diagnostic diagnostic,
        bool all,
        CancellationToken cancellation
    )
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return root is null || model is null
            ? []
            :
            [
                .. Find(
                    model,
                    root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true),
                    diagnostic.Id,
                    all
                ),
            ];
    }

    // A declaration can have several edits, and stand in one that has some, too.
    private static async Task<Document> ApplyAsync(
        Document document,
        IReadOnlyList<CodeEdit> edits,
        CancellationToken cancellation
    )
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var byNode = edits
            .GroupBy(e => e.Node)
            .ToDictionary(g => g.Key, g => g.GroupBy(e => e.Title).Select(same => same.First()).ToArray());
        return document.WithSyntaxRoot(
            root!.ReplaceNodes(
                byNode.Keys,
                (node, rewritten) => byNode[node].Aggregate(rewritten, (before, edit) => edit.Change(before))
            )
        );
    }
}

/// <summary>A change of one node of a document.</summary>
/// <param name="title">What it does, for people.</param>
/// <param name="key">What the edits have in common that are applied at once.</param>
/// <param name="node">The node.</param>
/// <param name="change">Changes the node, in which others may have been changed before.</param>
internal sealed class CodeEdit(string title, string key, SyntaxNode node, Func<SyntaxNode, SyntaxNode> change)
{
    public string Title => title;

    public string Key => key;

    public SyntaxNode Node => node;

    public SyntaxNode Change(SyntaxNode before) => change(before);
}
