using System.Text;
using DeltaStream.Data.Statements;

namespace DeltaStream.Data.Parameters;

/// <summary>Writes the values of parameters into a statement's text.</summary>
/// <remarks>
/// <c>@name</c> is a parameter only outside of literals, quoted identifiers and comments. Where dialects differ on where one of
/// these ends, the text is refused: a value must never get out of its literal.
/// </remarks>
internal static class StatementText
{
    /// <summary>Replaces each parameter by a literal.</summary>
    /// <exception cref="InvalidOperationException">The collection lacks a parameter, or a token's end is not certain.</exception>
    /// <exception cref="ArgumentException">A value can't stand in a statement.</exception>
    /// <exception cref="NotSupportedException">A parameter's type has no literal.</exception>
    public static string Substitute(string text, DeltaStreamParameterCollection parameters)
    {
        var result = new StringBuilder(text.Length + 64);
        var scanner = new StatementScanner(text);
        var mayBegin = true;
        while (scanner.Next())
        {
            ThrowIfDoubtful(scanner);
            var isSign = scanner.Token is "@";
            var name = mayBegin && isSign ? scanner.TakeWord() : default;
            if (!name.IsEmpty)
            {
                Append(result, parameters, name, scanner.Rest);
                mayBegin = true;
                continue;
            }

            result.Append(isSign ? "@" : scanner.Token);
            // Neither 'a@b' nor '@@b' holds a parameter.
            mayBegin = !isSign && scanner.Kind != TokenKind.Word;
        }

        return result.ToString();
    }

    private static void Append(
        StringBuilder result,
        DeltaStreamParameterCollection parameters,
        ReadOnlySpan<char> name,
        ReadOnlySpan<char> rest
    )
    {
        var index = parameters.Find(name);
        if (index < 0)
        {
            throw new InvalidOperationException(
                $"The statement has the parameter '@{name}', and the command has no parameter of that name. Add it to Parameters."
            );
        }

        // A literal that touches its neighbour could become one with it: 'a''b' is one literal, a--1 begins a comment.
        if (result.Length > 0 && result[^1] is not (' ' or '\t' or '\r' or '\n' or '(' or ',' or '='))
        {
            result.Append(' ');
        }

        result.Append(ParameterLiteral.Of(parameters[index]));
        if (rest is [not (' ' or '\t' or '\r' or '\n' or ')' or ',' or ';'), ..])
        {
            result.Append(' ');
        }
    }

    private static void ThrowIfDoubtful(StatementScanner scanner)
    {
        var message = scanner.Doubt switch
        {
            TokenDoubt.NoEnd =>
                $"A {Name(scanner.Kind)} of the statement has no end. Close it, so that parameters can be told from text.",
            TokenDoubt.LoneCarriageReturn =>
                "A comment of the statement has a carriage return without a line feed. End its lines with a line feed.",
            TokenDoubt.ForeignString =>
                "A string of the statement is written E'...' or between dollar signs, which DeltaStream may not know. Write it in "
                    + "single quotes.",
            TokenDoubt.NestedComment => "A comment of the statement has another one inside. Take it out.",
            _ => null,
        };
        if (message is not null)
        {
            throw new InvalidOperationException(message);
        }
    }

    private static string Name(TokenKind kind) =>
        kind switch
        {
            TokenKind.Literal => "literal",
            TokenKind.QuotedIdentifier => "quoted identifier",
            _ => "comment",
        };
}
