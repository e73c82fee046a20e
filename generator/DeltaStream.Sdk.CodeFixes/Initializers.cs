using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeltaStream.Sdk.CodeFixes;

/// <summary>Adds to and takes from the braces of a declaration, in the shape that they have.</summary>
internal static class Initializers
{
    /// <summary>The declaration around a node: a creation or a 'with'.</summary>
    public static ExpressionSyntax? DeclarationAround(SyntaxNode node) =>
        node.FirstAncestorOrSelf<ExpressionSyntax>(static n =>
            n is BaseObjectCreationExpressionSyntax or WithExpressionSyntax
        );

    public static InitializerExpressionSyntax? Of(ExpressionSyntax declaration) =>
        declaration switch
        {
            BaseObjectCreationExpressionSyntax creation => creation.Initializer,
            WithExpressionSyntax with => with.Initializer,
            _ => null,
        };

    /// <summary>The members that the braces assign.</summary>
    public static IEnumerable<string> Members(ExpressionSyntax declaration) =>
        Of(declaration)?.Expressions.OfType<AssignmentExpressionSyntax>().Select(a => a.Left.ToString()) ?? [];

    /// <summary>The declaration with assignments added at the end.</summary>
    public static ExpressionSyntax Add(ExpressionSyntax declaration, IReadOnlyList<string> added) =>
        declaration switch
        {
            _ when added.Count == 0 => declaration,
            ObjectCreationExpressionSyntax { Initializer: null, ArgumentList: { Arguments.Count: 0 } } creation =>
                creation
                    .WithArgumentList(null)
                    .WithType(creation.Type.WithTrailingTrivia(SyntaxFactory.Space))
                    .WithInitializer(Braces(added)),
            BaseObjectCreationExpressionSyntax { Initializer: null } creation => creation.WithInitializer(
                Braces(added).WithLeadingTrivia(SyntaxFactory.Space)
            ),
            BaseObjectCreationExpressionSyntax creation => creation.WithInitializer(Add(creation.Initializer!, added)),
            WithExpressionSyntax with => with.WithInitializer(Add(with.Initializer, added)),
            _ => declaration,
        };

    /// <summary>The declaration without the assignments of members.</summary>
    public static ExpressionSyntax Remove(ExpressionSyntax declaration, IReadOnlyList<string> members) =>
        members.Aggregate(
            declaration,
            (before, member) =>
                AssignmentOf(before, member) is { Parent: InitializerExpressionSyntax braces } assignment
                    ? before.ReplaceNode(braces, Remove(braces, assignment))
                    : before
        );

    /// <summary>The declaration with another value for a member that the braces assign.</summary>
    public static ExpressionSyntax SetToNull(ExpressionSyntax declaration, string member) =>
        AssignmentOf(declaration, member) is { Right: var value }
            ? declaration.ReplaceNode(
                value,
                SyntaxFactory.LiteralExpression(SyntaxKind.NullLiteralExpression).WithTriviaFrom(value)
            )
            : declaration;

    private static AssignmentExpressionSyntax? AssignmentOf(ExpressionSyntax declaration, string member) =>
        Of(declaration)
            ?.Expressions.OfType<AssignmentExpressionSyntax>()
            .FirstOrDefault(a => a.Left.ToString() == member);

    // What stood around it is put in order: a line goes whole, and what was between two others stays once. A directive of the
    // preprocessor belongs to more than the line.
    private static InitializerExpressionSyntax Remove(InitializerExpressionSyntax braces, ExpressionSyntax assignment)
    {
        var nodes = braces.Expressions.GetWithSeparators().ToList();
        var at = nodes.IndexOf(assignment);
        var isLast = at == nodes.Count - 1;
        var end = assignment.GetTrailingTrivia();
        nodes.RemoveRange(at, isLast ? 1 : 2);
        if (isLast && at > 0)
        {
            var comma = nodes[at - 1].GetTrailingTrivia();
            nodes.RemoveAt(at - 1);
            nodes[at - 2] = nodes[at - 2].WithTrailingTrivia(comma.Any(SyntaxKind.EndOfLineTrivia) ? comma : end);
        }

        var result = braces.WithExpressions(
            SyntaxFactory.SeparatedList<ExpressionSyntax>(SyntaxFactory.NodeOrTokenList(nodes))
        );
        var directives = assignment
            .GetLeadingTrivia()
            .Where(t => t.IsDirective || t.IsKind(SyntaxKind.DisabledTextTrivia))
            .ToArray();
        if (directives.Length == 0)
        {
            return result;
        }

        var next = at < nodes.Count ? result.Expressions[at / 2].GetFirstToken() : result.CloseBraceToken;
        return result.ReplaceToken(next, next.WithLeadingTrivia(directives.Concat(next.LeadingTrivia)));
    }

    private static InitializerExpressionSyntax Braces(IReadOnlyList<string> members) =>
        (
            (ObjectCreationExpressionSyntax)SyntaxFactory.ParseExpression($"new X {{ {string.Join(", ", members)} }}")
        ).Initializer!;

    private static InitializerExpressionSyntax Add(InitializerExpressionSyntax braces, IReadOnlyList<string> added)
    {
        if (braces.Expressions.Count == 0)
        {
            return Braces(added).WithTriviaFrom(braces);
        }

        // Each on a line of its own where the others are.
        var tail = braces.Expressions.Last().GetTrailingTrivia();
        var last = braces.Expressions.GetWithSeparators().Last();
        var lead = braces.Expressions.Last().GetLeadingTrivia();
        var lines = braces.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
        var lineEnd = braces.OpenBraceToken.TrailingTrivia.FirstOrDefault(t => t.IsKind(SyntaxKind.EndOfLineTrivia));
        var between = lines ? SyntaxFactory.TriviaList(lineEnd) : SyntaxFactory.TriviaList(SyntaxFactory.Space);
        var nodes = braces.Expressions.GetWithSeparators().ToList();
        if (last.IsNode)
        {
            nodes[nodes.Count - 1] = ((ExpressionSyntax)last.AsNode()!).WithTrailingTrivia();
            nodes.Add(SyntaxFactory.Token(default, SyntaxKind.CommaToken, lines ? tail : between));
        }

        for (var i = 0; i < added.Count; i++)
        {
            var final = i == added.Count - 1;
            var one = SyntaxFactory.ParseExpression(added[i]).WithLeadingTrivia(lines ? Indentation(lead) : default);
            nodes.Add(final && !lines ? one.WithTrailingTrivia(SyntaxFactory.Space) : one);
            if (!final || lines)
            {
                nodes.Add(SyntaxFactory.Token(default, SyntaxKind.CommaToken, between));
            }
        }

        return braces.WithExpressions(
            SyntaxFactory.SeparatedList<ExpressionSyntax>(SyntaxFactory.NodeOrTokenList(nodes))
        );
    }

    private static SyntaxTriviaList Indentation(SyntaxTriviaList trivia) =>
        SyntaxFactory.TriviaList(trivia.Where(t => t.IsKind(SyntaxKind.WhitespaceTrivia)).Take(1));
}
