using System.Globalization;
using System.Text.RegularExpressions;
using CsCheck;
using DeltaStream.Data.Parameters;

namespace DeltaStream.Data.Tests.Parameters;

/// <summary>Whatever the values are, the statement keeps its pieces, and each parameter is one piece of it.</summary>
/// <remarks>The text is read again by a lexer that shares nothing with the provider's.</remarks>
public sealed partial class BreakoutTests
{
    private static readonly string[] s_fixed =
    [
        "SELECT",
        "=",
        "-",
        "/",
        "*",
        "(",
        ")",
        ",",
        ";",
        "x1",
        "42",
        "''",
        "'it''s @p0'",
        "'-- /*'",
        "\"a \"\" @p1 '\"",
        "`'@p0`",
        "-- it's @p0 \"\n",
        "/* ' @p1 -- */",
    ];

    private static readonly string[] s_bits =
    [
        "'",
        "''",
        "\\",
        "\\'",
        "\"",
        "`",
        "--",
        "/*",
        "*/",
        ";",
        "@p0",
        "@p1",
        "\n",
        "\r",
        "\0",
        "\ud83d\ude00",
        "\ud800",
        "' OR 1=1 --",
        "\u02bc",
        "\uff07",
    ];

    private static Gen<string> HostileText { get; } =
        Gen.OneOf(
                Gen.Int[0, s_bits.Length - 1].Select(i => s_bits[i]),
                Gen.Char.Select(c => c.ToString()),
                Gen.Char['a', 'f'].Select(c => c.ToString())
            )
            .Array[0, 12]
            .Select(string.Concat);

    private static Gen<object?> Value { get; } =
        Gen.OneOf(
            HostileText.Select(t => (object?)t),
            HostileText.Select(t => (object?)t),
            Gen.Long.Select(n => (object?)n),
            Gen.Decimal.Select(n => (object?)n),
            Gen.Bool.Select(b => (object?)b),
            Gen.Const((object?)null)
        );

    [Fact]
    public void A_parameter_stays_one_piece_and_the_others_stay_what_they_were()
    {
        // Every third piece or so is a parameter, which touches its neighbours.
        var piece = Gen.Frequency(
            (2, Gen.Int[0, s_fixed.Length - 1].Select(i => s_fixed[i])),
            (1, Gen.Int[0, 2].Select(i => $"@p{i}"))
        );
        Gen.Select(piece.Array[1, 12], Value.Array[3], Gen.Bool)
            .Sample((pieces, values, spaced) => Check(pieces, values, spaced), iter: 30_000);
    }

    private static void Check(string[] pieces, object?[] values, bool spaced)
    {
        var text = "";
        var before = "";
        foreach (var piece in pieces)
        {
            var touches = piece.StartsWith('@') || before.StartsWith('@');
            text += spaced || !touches || EndsName(before, piece) ? $" {piece}" : piece;
            before = piece;
        }

        var parameters = new DeltaStreamParameterCollection();
        for (var i = 0; i < values.Length; i++)
        {
            parameters.AddWithValue($"p{i}", values[i]);
        }

        string result;
        try
        {
            result = StatementText.Substitute(text, parameters);
        }
        catch (ArgumentException e)
        {
            // By position: two values may be equal, and one of them not used.
            Assert.Contains(values.Index(), v => v.Item is string s && pieces.Contains($"@p{v.Index}") && IsRefused(s));
            // The parameter is named, and a value may happen to look like its name.
            var said = Name().Replace(e.Message, "");
            Assert.DoesNotContain(
                values,
                v => v is string { Length: > 3 } s && said.Contains(s, StringComparison.Ordinal)
            );
            return;
        }

        var used = pieces.Where(p => p.StartsWith('@')).Select(p => values[p[2] - '0']);
        Assert.DoesNotContain(used, v => v is string s && IsRefused(s));
        Assert.Equal(pieces.SelectMany(p => Expected(p, values)), Read(result));
    }

    // "SELECT@p0" is another thing, and so is "@p0x1".
    private static bool EndsName(string before, string piece) =>
        before.Length > 0 && IsWord(before[^1]) && (IsWord(piece[0]) || piece[0] == '@' && !before.StartsWith('@'));

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';

    private static bool IsRefused(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c != '\t' && char.IsControl(c) || c is '\u2028' or '\u2029')
            {
                return true;
            }

            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(c))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> Expected(string piece, object?[] values)
    {
        if (!piece.StartsWith('@'))
        {
            return Read(piece);
        }

        return values[piece[2] - '0'] switch
        {
            null => ["NULL"],
            true => ["TRUE"],
            false => ["FALSE"],
            string s => [$"'{s.Replace("'", "''", StringComparison.Ordinal)}'"],
            IFormattable n when n.ToString(null, CultureInfo.InvariantCulture) is var digits => digits.StartsWith('-')
                ? ["-", digits[1..]]
                : [digits],
            _ => throw new InvalidOperationException(),
        };
    }

    private static List<string> Read(string text)
    {
        var tokens = new List<string>();
        var at = 0;
        while (at < text.Length)
        {
            var match = Token().Match(text, at);
            Assert.True(match.Success && match.Index == at, $"no token at {at}");
            at += match.Length;
            if (!match.Groups["skip"].Success)
            {
                tokens.Add(match.Value);
            }
        }

        return tokens;
    }

    [GeneratedRegex(
        """
            \G(?:(?<skip>[ \t\r\n]+|--[^\n]*|/\*.*?\*/)|'(?:[^'\n]|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|[0-9]+(?:\.[0-9]+)?|\w+|[-/*=(),;])
            """,
        RegexOptions.Singleline | RegexOptions.CultureInvariant
    )]
    private static partial Regex Token();

    [GeneratedRegex("'@p[0-9]'")]
    private static partial Regex Name();
}
