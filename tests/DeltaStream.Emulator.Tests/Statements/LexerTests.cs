using CsCheck;
using DeltaStream.Emulator.Errors;
using DeltaStream.Emulator.Statements;

namespace DeltaStream.Emulator.Tests.Statements;

/// <summary>The emulator splits a text where PostgreSQL does: strings, quoted names, comments and dollar quotes are one token each.</summary>
public class LexerTests
{
    private static readonly Gen<string> s_line = Gen.String[Gen.Char.Where(c => c is not ('\r' or '\n')), 0, 40];

    [Fact]
    public void Any_literal_of_one_line_is_read_back() =>
        s_line.Sample(text =>
        {
            var tokens = Lexer.Tokenize($"  '{text.Replace("'", "''", StringComparison.Ordinal)}' ");
            Assert.Equal(2, tokens.Count);
            Assert.Equal(TokenKind.Literal, tokens[0].Kind);
            Assert.Equal(text, tokens[0].Text);
        });

    [Fact]
    public void Any_quoted_identifier_is_read_back() =>
        Gen.String[Gen.Char, 1, 40]
            .Sample(text =>
            {
                foreach (var quote in new[] { "\"", "`" })
                {
                    var quoted = quote + text.Replace(quote, quote + quote, StringComparison.Ordinal) + quote;
                    var tokens = Lexer.Tokenize(quoted);
                    Assert.Equal(2, tokens.Count);
                    Assert.Equal(TokenKind.QuotedIdentifier, tokens[0].Kind);
                    Assert.Equal(text, tokens[0].Text);
                }
            });

    [Fact]
    public void Any_text_is_read_or_refused_as_a_syntax_error() =>
        Gen.String.Sample(text =>
        {
            try
            {
                var tokens = Lexer.Tokenize(text);
                Assert.Equal(TokenKind.End, tokens[^1].Kind);
                Assert.All(tokens.SkipLast(1), token => Assert.True(token.End > token.Start));
            }
            catch (StatementException e)
            {
                Assert.Equal("42601", e.SqlState);
            }
        });

    [Theory]
    [InlineData("'a\nb'")]
    [InlineData("'a\r\nb'")]
    [InlineData("'a\rb'")]
    public void A_literal_of_several_lines_is_refused(string text)
    {
        var e = Assert.Throws<StatementException>(() => Lexer.Tokenize("SELECT " + text));
        Assert.Equal("42601", e.SqlState);
        Assert.Equal("parse error: line 1:7 token recognition error: a string literal must not span lines", e.Message);
    }

    [Theory]
    [InlineData("'abc", "a string literal is not closed")]
    [InlineData("\"abc", "a quoted identifier is not closed")]
    [InlineData("\"\"", "a quoted identifier must not be empty")]
    public void What_is_not_closed_is_refused(string text, string why)
    {
        var e = Assert.Throws<StatementException>(() => Lexer.Tokenize("\n  " + text));
        Assert.Equal($"parse error: line 2:2 token recognition error: {why}", e.Message);
    }

    [Fact]
    public void Comments_and_blanks_are_left_out()
    {
        var tokens = Lexer.Tokenize("-- first\nLIST\t--'not a literal\r\n STORES--");
        Assert.Equal(["LIST", "STORES", ""], tokens.Select(t => t.Text));
    }

    [Fact]
    public void A_backslash_is_an_ordinary_character() => Assert.Equal(@"a\'b\", Lexer.Tokenize(@"'a\''b\'")[0].Text);

    [Fact]
    public void Columns_count_characters_and_not_their_halves() =>
        Assert.Equal(new SourcePosition(1, 2), SourcePosition.Of("🦆a'", 3));

    [Theory]
    [InlineData("a /* ; ' \" $$ */ b")]
    [InlineData("a /**/ b")]
    [InlineData("a /***/ b")]
    [InlineData("a /* /* ; */ ; */ b")]
    [InlineData("a /*/* ; */*/ b")]
    [InlineData("a /* -- */ b")]
    [InlineData("a -- /*\nb")]
    public void Comments_are_skipped_and_nest(string text) =>
        Assert.Equal(["a", "b", ""], Lexer.Tokenize(text).Select(t => t.Text));

    [Theory]
    [InlineData("a /* b")]
    [InlineData("a /*/ b")]
    [InlineData("a /* /* */ b")]
    public void A_comment_without_an_end_is_refused(string text)
    {
        var e = Assert.Throws<StatementException>(() => Lexer.Tokenize(text));
        Assert.Equal("42601", e.SqlState);
        Assert.Equal("parse error: line 1:2 token recognition error: a comment is not closed", e.Message);
    }

    [Theory]
    [InlineData("E'a\\'; DROP STORE s; --'", "strings with a prefix")]
    [InlineData("e'a'", "strings with a prefix")]
    [InlineData("B'1'", "strings with a prefix")]
    [InlineData("X'1F'", "strings with a prefix")]
    [InlineData("N'a'", "strings with a prefix")]
    [InlineData("U&'a'", "strings with a prefix")]
    [InlineData("u&\"a\"", "strings with a prefix")]
    [InlineData("$$a; DROP STORE s;", "dollar quotes")]
    [InlineData("$tag$a; DROP STORE s; $$ $TAG$", "dollar quotes")]
    [InlineData("$$a\nb$$", "must not span lines")]
    [InlineData("$1a", "a letter follows")]
    [InlineData("$1$", "a letter follows")]
    public void Strings_that_end_elsewhere_in_PostgreSQL_are_refused(string text, string why)
    {
        var e = Assert.Throws<StatementException>(() => Lexer.Tokenize("SELECT " + text));
        Assert.Equal("42601", e.SqlState);
        Assert.Contains(why, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$$a; DROP STORE s; $$", "a; DROP STORE s; ")]
    [InlineData("$tag$a;b$tag$", "a;b")]
    [InlineData("$a$it's $$x$$ \\$a$", "it's $$x$$ \\")]
    [InlineData("$é_1$-- /* $é$ */$é_1$", "-- /* $é$ */")]
    [InlineData("$$$$", "")]
    public void A_string_in_dollar_quotes_is_one_literal(string text, string meant)
    {
        var tokens = Lexer.Tokenize($"SELECT {text};");

        Assert.Equal([TokenKind.Word, TokenKind.Literal, TokenKind.Symbol, TokenKind.End], tokens.Select(t => t.Kind));
        Assert.Equal(meant, tokens[1].Text);
    }

    [Theory]
    [InlineData("a$b$c")]
    [InlineData("a$$b")]
    [InlineData("$1")]
    [InlineData("_$x$")]
    public void A_dollar_in_a_name_or_before_a_number_begins_no_string(string text) =>
        Assert.Equal([text, ";", ""], Lexer.Tokenize($"{text};").Select(t => t.Text));
}
