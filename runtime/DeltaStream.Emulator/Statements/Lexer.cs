using System.Text;
using DeltaStream.Emulator.Errors;

namespace DeltaStream.Emulator.Statements;

/// <summary>Splits statement text into tokens (wire facts 1.2, 1.3).</summary>
internal static class Lexer
{
    public static List<Token> Tokenize(string text)
    {
        var tokens = new List<Token>();
        var at = 0;
        while (true)
        {
            at = SkipBlank(text, at);
            if (at == text.Length)
            {
                tokens.Add(new Token(TokenKind.End, "", at, at));
                return tokens;
            }

            var token = Next(text, at);
            tokens.Add(token);
            at = token.End;
        }
    }

    /// <summary>Where white space and comments end that begin at a place.</summary>
    public static int SkipBlank(string text, int at)
    {
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
            }
            else if (text[at] == '-' && at + 1 < text.Length && text[at + 1] == '-')
            {
                var end = text.AsSpan(at).IndexOfAny('\n', '\r');
                at = end < 0 ? text.Length : at + end;
            }
            else
            {
                break;
            }
        }

        return at;
    }

    private static Token Next(string text, int start)
    {
        var first = text[start];
        return first switch
        {
            '\'' => Quoted(text, start, TokenKind.Literal),
            '"' or '`' => Quoted(text, start, TokenKind.QuotedIdentifier),
            '$' when start + 1 < text.Length && char.IsAsciiDigit(text[start + 1]) => Run(
                text,
                start,
                start + 1,
                TokenKind.Parameter,
                char.IsAsciiDigit
            ),
            _ when char.IsAsciiDigit(first) => Run(text, start, start + 1, TokenKind.Number, IsNumberPart),
            _ when IsWordStart(first) => Run(text, start, start + 1, TokenKind.Word, IsWordPart),
            _ => new Token(TokenKind.Symbol, first.ToString(), start, start + 1),
        };
    }

    private static Token Quoted(string text, int start, TokenKind kind)
    {
        var quote = text[start];
        var value = new StringBuilder();
        for (var at = start + 1; at < text.Length; at++)
        {
            var c = text[at];
            if (c == quote)
            {
                if (at + 1 < text.Length && text[at + 1] == quote)
                {
                    at++;
                }
                else if (kind == TokenKind.QuotedIdentifier && value.Length == 0)
                {
                    throw Unrecognized(text, start, "a quoted identifier must not be empty");
                }
                else
                {
                    return new Token(kind, value.ToString(), start, at + 1);
                }
            }
            else if (kind == TokenKind.Literal && c is '\n' or '\r')
            {
                // The service's parser can't read a literal of several lines (wire fact 1.2); PEM text therefore never
                // fits in one.
                throw Unrecognized(text, start, "a string literal must not span lines");
            }

            value.Append(c);
        }

        var what = kind == TokenKind.Literal ? "string literal" : "quoted identifier";
        throw Unrecognized(text, start, $"a {what} is not closed");
    }

    private static Token Run(string text, int start, int at, TokenKind kind, Func<char, bool> belongs)
    {
        while (at < text.Length && belongs(text[at]))
        {
            at++;
        }

        return new Token(kind, text[start..at], start, at);
    }

    private static bool IsNumberPart(char c) => char.IsAsciiDigit(c) || c == '.';

    private static bool IsWordStart(char c) => char.IsLetter(c) || c == '_' || char.IsSurrogate(c);

    private static bool IsWordPart(char c) => IsWordStart(c) || char.IsDigit(c) || c == '$';

    private static StatementException Unrecognized(string text, int offset, string why) =>
        new(
            SqlState.SyntaxError,
            $"parse error: line {SourcePosition.Of(text, offset)} token recognition error: {why}"
        );
}
