using System.Text;

namespace DeltaStream.Data;

/// <summary>Writes the values of parameters into a statement's text.</summary>
/// <remarks>
/// Only <c>@name</c> outside of literals, quoted identifiers and comments is a parameter. Where dialects differ on where
/// such a thing ends, the text is refused rather than guessed at: a value must never get out of its literal.
/// </remarks>
internal static class StatementText
{
    /// <summary>Replaces each parameter by a literal.</summary>
    /// <exception cref="InvalidOperationException">
    /// A parameter of the text is not in the collection, or something in the text has no end.
    /// </exception>
    /// <exception cref="ArgumentException">A value can't stand in a statement.</exception>
    /// <exception cref="NotSupportedException">There is no literal for values of a parameter's type.</exception>
    public static string Substitute(string text, DeltaStreamParameterCollection parameters)
    {
        StringBuilder? result = null;
        var copied = 0;
        var afterParameter = false;
        for (var i = 0; i < text.Length; )
        {
            var length = StatementToken.Length(text, i, afterParameter);
            afterParameter = text[i] == '@' && length > 1;
            if (afterParameter)
            {
                result ??= new StringBuilder(text.Length + 64);
                result.Append(text, copied, i - copied);
                Append(result, text, i, length, parameters);
                copied = i + length;
            }

            i += length;
        }

        return result is null ? text : result.Append(text, copied, text.Length - copied).ToString();
    }

    private static void Append(
        StringBuilder result,
        string text,
        int start,
        int length,
        DeltaStreamParameterCollection parameters
    )
    {
        var index = parameters.Find(text.AsSpan(start + 1, length - 1));
        if (index < 0)
        {
            throw new InvalidOperationException(
                $"The statement has the parameter '{text.AsSpan(start, length)}', and the command has none of that name. Add it to Parameters."
            );
        }

        // A literal that touches its neighbour could become one with it: 'a''b' is one literal, a--1 begins a comment.
        if (result.Length > 0 && result[^1] is not (' ' or '\t' or '\r' or '\n' or '(' or ',' or '='))
        {
            result.Append(' ');
        }

        ParameterLiteral.Append(result, parameters[index]);
        var end = start + length;
        if (end < text.Length && text[end] is not (' ' or '\t' or '\r' or '\n' or ')' or ',' or ';'))
        {
            result.Append(' ');
        }
    }
}
