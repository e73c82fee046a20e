using System.Text.RegularExpressions;
using CsCheck;
using DeltaStream.Sdk.Quoting;
using DeltaStream.Sdk.Statements;
using DeltaStream.TestSupport;

namespace DeltaStream.Sdk.Tests.Quoting;

/// <summary>NFR-002: nothing breaks out of its quotes.</summary>
public sealed class QuotingTests
{
    private static readonly string[] s_pieces =
    [
        "'",
        "''",
        "\"",
        "\"\"",
        "\\",
        "\\'",
        ";",
        "--",
        "/*",
        "*/",
        ")",
        "(",
        ",",
        "=",
        "`",
        "$$",
        "@cacert",
        "{0}",
        "%s",
        "'); DROP STORE \"x\"; --",
        "NULL",
        "TRUE",
        "\t",
        "\u007f",
        "\u0001",
        "\ufeff",
        "\u200b",
        "\u202e",
        "東西",
        "🦊",
        "e\u0301",
    ];

    // Quotes, escapes, comments, separators, keywords, and characters that encodings stumble over.
    private static readonly Gen<string> s_hostile = Gen.OneOf(
            Gen.String,
            Gen.Int[0, s_pieces.Length - 1].Select(i => s_pieces[i]),
            Gen.Char['\0', '\u00ff'].Select(c => c.ToString())
        )
        .Array[0, 12]
        .Select(string.Concat);

    [Requirement("NFR-002")]
    [Fact]
    public void Any_value_comes_back_from_the_statement_or_is_refused() =>
        s_hostile.Sample(
            value =>
            {
                var args = Declarations.Postgres with { Username = value, Password = value };
                if (!CanBeSent(value))
                {
                    var refused = Assert.Throws<StoreValidationException>(() => StoreStatement.Create(args));
                    Assert.Equal(StoreValidationCodes.InvalidCharacter, Assert.Single(refused.Failures).Code);
                    Assert.Contains(args.Validate(), f => f.Code == StoreValidationCodes.InvalidCharacter);
                    return;
                }

                var tokens = SqlReader.Read(StoreStatement.Create(args).Reveal());
                Assert.Equal(Expected(value), tokens);
            },
            iter: 20_000
        );

    [Requirement("NFR-002")]
    [Fact]
    public void Any_name_comes_back_from_the_statement_or_is_refused() =>
        s_hostile.Sample(
            name =>
            {
                if (name.Length > 0 && CanBeSent(name))
                {
                    Assert.Equal(
                        ["DROP", "STORE", $"identifier:{name}", ";"],
                        SqlReader.Read(StoreStatement.Drop(name).Reveal())
                    );
                }
                else if (name.Length > 0)
                {
                    Assert.Throws<StoreValidationException>(() => StoreStatement.Drop(name));
                }
            },
            iter: 20_000
        );

    [Fact]
    public void A_statement_is_one_line() =>
        s_hostile
            .Where(CanBeSent)
            .Sample(
                value =>
                    Assert.DoesNotContain(
                        StoreStatement.Create(Declarations.Postgres with { Password = value }).Reveal(),
                        c => c is '\n' or '\r' or '\0'
                    ),
                iter: 5_000
            );

    [Theory]
    [InlineData(@"a\u0000b", "holds a NUL (U+0000) at index 1: remove it")]
    [InlineData(@"a\nb", "holds a line break (U+000A) at index 1: remove it")]
    [InlineData(@"\r", "holds a line break (U+000D) at index 0: remove it")]
    [InlineData(@"ab\u2028", "holds a line break (U+2028) at index 2: remove it")]
    [InlineData(@"\u0085", "holds a line break (U+0085) at index 0: remove it")]
    [InlineData(@"a\ud800", "holds half of a surrogate pair (U+D800) at index 1: remove it")]
    [InlineData(@"\udc00a", "holds half of a surrogate pair (U+DC00) at index 0: remove it")]
    public void What_no_statement_can_carry_is_refused_by_name(string escaped, string expected)
    {
        // Escaped, because half a surrogate pair does not survive the way to a test's name.
        var value = Regex.Unescape(escaped);
        var failures = (Declarations.Postgres with { Password = value, Name = "x" + value }).Validate();

        Assert.Contains(failures, f => f.Message == $"postgres.password {expected}");
        Assert.Contains(
            failures,
            f => f.Property == "postgres.name" && f.Code == StoreValidationCodes.InvalidCharacter
        );
    }

    [Theory]
    [InlineData("tab\t")]
    [InlineData("escape\u001b")]
    [InlineData("delete\u007f")]
    public void A_name_holds_no_control_character(string name)
    {
        var failure = Assert.Single((Declarations.Postgres with { Name = name }).Validate());

        Assert.Equal("postgres.name", failure.Property);
        Assert.Contains("a control character", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_quick_check_agrees_with_the_full_one() =>
        s_hostile.Sample(
            value =>
            {
                if (SqlText.IsPlain(value))
                {
                    Assert.Equal(SqlTextFault.None, SqlText.FindFault(value, out _));
                    Assert.DoesNotContain('\'', value);
                    Assert.DoesNotContain('"', value);
                }
            },
            iter: 20_000
        );

    private static bool CanBeSent(string text)
    {
        if (text.IndexOfAny(['\0', '\n', '\u000b', '\f', '\r', '\u0085', '\u2028', '\u2029']) >= 0)
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static List<string> Expected(string value) =>
        [
            "CREATE",
            "STORE",
            "identifier:billing",
            "WITH",
            "(",
            "literal:type",
            "=",
            "POSTGRESQL",
            ",",
            "literal:uris",
            "=",
            "literal:postgresql://db.example.com:5432/demo",
            ",",
            "literal:postgres.username",
            "=",
            $"literal:{value}",
            ",",
            "literal:postgres.password",
            "=",
            $"literal:{value}",
            ",",
            "literal:tls.disabled",
            "=",
            "FALSE",
            ",",
            "literal:tls.verify_server_hostname",
            "=",
            "TRUE",
            ")",
            ";",
        ];
}
