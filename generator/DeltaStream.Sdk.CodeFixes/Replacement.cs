using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace DeltaStream.Sdk.CodeFixes;

/// <summary>Offers a fix that puts one node in place of another.</summary>
internal static class Replacement
{
    public static void Offer(
        this CodeFixContext context,
        string title,
        string key,
        SyntaxNode before,
        SyntaxNode after
    ) =>
        context.RegisterCodeFix(
            CodeAction.Create(
                title,
                async cancellation =>
                {
                    var root = await context.Document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
                    return context.Document.WithSyntaxRoot(root!.ReplaceNode(before, after));
                },
                equivalenceKey: key
            ),
            context.Diagnostics[0]
        );
}
