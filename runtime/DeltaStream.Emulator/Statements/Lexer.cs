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

    /// <summary>Where white space and comments end that begin at a place. A comment without an end is not skipped.</summary>
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
                var line = text.AsSpan(at).IndexOfAny('\n', '\r');
                at = line < 0 ? text.Length : at + line;
            }
            else if (BeginsComment(text, at) && CommentEnd(text, at) is { } end)
            {
                at = end;
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
            '/' when BeginsComment(text, start) => throw Unrecognized(text, start, "a comment is not closed"),
            '$' when start + 1 < text.Length && char.IsAsciiDigit(text[start + 1]) => Parameter(text, start),
            '$' when DollarQuoteEnd(text, start) is { } tagEnd => DollarQuoted(text, start, tagEnd),
            _ when char.IsAsciiDigit(first) => Number(text, start),
            _ when IsWordStart(first) => Word(text, start),
            _ => new Token(TokenKind.Symbol, first.ToString(), start, start + 1),
        };
    }

    private static Token Number(string text, int start)
    {
        var number = Run(text, start, start + 1, TokenKind.Number, IsNumberPart);
        return text.AsSpan(number.End) switch
        {
            ['e' or 'E', >= '0' and <= '9', ..] => Run(
                text,
                start,
                number.End + 2,
                TokenKind.Number,
                char.IsAsciiDigit
            ),
            ['e' or 'E', '+' or '-', >= '0' and <= '9', ..] => Run(
                text,
                start,
                number.End + 3,
                TokenKind.Number,
                char.IsAsciiDigit
            ),
            _ => number,
        };
    }

    private static bool BeginsComment(string text, int at) => text.AsSpan(at).StartsWith("/*");

    /// <summary>Where a block comment ends; comments nest, as in PostgreSQL. Returns null when it has no end.</summary>
    private static int? CommentEnd(string text, int start)
    {
        var depth = 1;
        var at = start + 2;
        while (depth > 0)
        {
            var mark = text.AsSpan(at).IndexOfAny('/', '*');
            if (mark < 0)
            {
                return null;
            }

            at += mark;
            var pair = text.AsSpan(at, Math.Min(2, text.Length - at));
            var step = pair is "/*" or "*/" ? 2 : 1;
            depth +=
                pair is "/*" ? 1
                : pair is "*/" ? -1
                : 0;
            at += step;
        }

        return at;
    }

    /// <summary>Where the <c>$$</c> or <c>$name$</c> ends that begins a string of PostgreSQL; null when none begins.</summary>
    private static int? DollarQuoteEnd(string text, int start)
    {
        var at = start + 1;
        while (at < text.Length && (IsWordStart(text[at]) || char.IsDigit(text[at])))
        {
            at++;
        }

        return at < text.Length && text[at] == '$' ? at + 1 : null;
    }

    private static Token DollarQuoted(string text, int start, int tagEnd)
    {
        var tag = text[start..tagEnd];
        var end = text.IndexOf(tag, tagEnd, StringComparison.Ordinal);
        return end < 0 ? throw Unrecognized(text, start, "a string in dollar quotes is not closed")
            : text.AsSpan(tagEnd, end - tagEnd).IndexOfAny('\n', '\r') >= 0
                ? throw Unrecognized(text, start, "a string literal must not span lines")
            : new Token(TokenKind.Literal, text[tagEnd..end], start, end + tag.Length);
    }

    private static Token Parameter(string text, int start)
    {
        var token = Run(text, start, start + 1, TokenKind.Parameter, char.IsAsciiDigit);
        return token.End < text.Length && IsWordPart(text[token.End])
            ? throw Unrecognized(text, start, "a letter follows the number of a parameter")
            : token;
    }

    private static Token Word(string text, int start)
    {
        var token = Run(text, start, start + 1, TokenKind.Word, IsWordPart);
        var rest = text.AsSpan(token.End);
        var isPrefix = token.Text is ['E' or 'e' or 'B' or 'b' or 'X' or 'x' or 'N' or 'n']
            ? rest.StartsWith("'")
            : token.Text is ['U' or 'u'] && (rest.StartsWith("&'") || rest.StartsWith("&\""));
        // In E'' a backslash escapes the quote, so such a string would end at another place.
        return isPrefix
            ? throw Unrecognized(text, start, "strings with a prefix, such as E'...', are not supported")
            : token;
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
