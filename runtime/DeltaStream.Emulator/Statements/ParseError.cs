using DeltaStream.Emulator.Errors;

namespace DeltaStream.Emulator.Statements;

/// <summary>Syntax errors in the service's words (wire facts 4, sample messages).</summary>
internal static class ParseError
{
    private const int LongestEcho = 64;

    public static StatementException At(SourcePosition position, string input, string? hint = null) =>
        new(SqlState.SyntaxError, $"parse error: line {position} no viable alternative at input '{input}'", hint);

    /// <summary>
    /// Says what stands at a token without showing what may be a secret: only keywords, keys and punctuation are
    /// repeated, anything else is named by its kind.
    /// </summary>
    public static StatementException At(string text, Token token, string? hint = null) =>
        At(SourcePosition.Of(text, token.Start), Echo(token), hint);

    /// <summary>Where a key belongs, anything else can be a part of a value whose quotes were not doubled.</summary>
    public static StatementException ExpectedKey(string text, Token token) =>
        At(SourcePosition.Of(text, token.Start), KindOf(token), "a key in single quotes is expected here");

    public static StatementException ExpectedAfterValue(string text, Token token) =>
        // What follows a value can be the rest of a secret that was not quoted as it should have been.
        At(SourcePosition.Of(text, token.Start), KindOf(token), "a comma or a closing parenthesis is expected here");

    /// <summary>Whether a literal can be shown as a key: it looks like one, and like nothing else.</summary>
    public static bool IsKeyLike(string text) =>
        text.Length is > 0 and <= LongestEcho
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')
        && char.IsAsciiLetter(text[0]);

    private static string Echo(Token token) => Vocabulary.Knows(token) ? token.Text : KindOf(token);

    private static string KindOf(Token token) =>
        token.Kind switch
        {
            TokenKind.End => "<EOF>",
            TokenKind.Symbol => token.Text,
            TokenKind.Literal => "<string>",
            TokenKind.Number => "<number>",
            TokenKind.Parameter => "<parameter>",
            TokenKind.QuotedIdentifier => "<identifier>",
            _ => "<word>",
        };
}
