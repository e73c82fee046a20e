using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DeltaStream.Data.Secrets;

namespace DeltaStream.Data.Tests.Secrets;

/// <summary>What the one redaction finds, and what it leaves alone (SECURITY.md). Issue 11, number 2.</summary>
public sealed class RedactionTests
{
    private const string Password = "Tr0ub4dor&3'\"\\<é>/+ x%41";

    [Theory]
    [InlineData("Tr0ub4dor&3'\"\\<é>/+ x%41", "as it is")]
    [InlineData("tR0UB4DOR&3'\"\\<É>/+ X%41", "another letter case")]
    [InlineData("Tr0ub4dor&3''\"\\<é>/+ x%41", "SQL")]
    [InlineData("Tr0ub4dor&3\\'\\\"\\\\<é>/+ x%41", "backslashes")]
    [InlineData("Tr0ub4dor\\u00263\\u0027\\u0022\\\\\\u003C\\u00E9\\u003E\\/\\u002B x%41", "JSON")]
    [InlineData("Tr0ub4dor\\x263\\x27\\x22\\x5C<\\351>/+ x%41", "C")]
    [InlineData("Tr0ub4dor&3\\'\\\"\\\\<\\xC3\\xA9>/+ x%41", "C, bytes of UTF-8")]
    [InlineData("Tr0ub4dor%263%27%22%5C%3C%C3%A9%3E%2F%2B%20x%2541", "percent")]
    [InlineData("tr0ub4dor%263%27%22%5c%3c%c3%a9%3e%2f%2b%20x%2541", "percent in lower case")]
    [InlineData("Tr0ub4dor%263%27%22%5C%3C%C3%A9%3E%2F%2B+x%2541", "form")]
    [InlineData("Tr0ub4dor%25263%2527%2522%255C%253C%25C3%25A9%253E%252F%252B%2520x%252541", "percent twice")]
    [InlineData("Tr0ub4dor&amp;3&apos;&quot;\\&lt;&eacute;&gt;/+ x%41", "HTML names")]
    [InlineData("Tr0ub4dor&#38;3&#39;&#34;&#92;&#60;&#233;&#62;/+ x%41", "HTML decimals")]
    [InlineData("Tr0ub4dor&#x26;3&#X27;&#x22;&#x5C;&#x3C;&#xE9;&#x3E;/+ x%41", "HTML hex")]
    [InlineData("VHIwdWI0ZG9yJjMnIlw8w6k+LysgeCU0MQ==", "base64")]
    [InlineData("VHIwdWI0ZG9yJjMnIlw8w6k-LysgeCU0MQ", "base64url")]
    public void A_secret_is_found_in_the_usual_encodings(string form, string encoding)
    {
        var redacted = Of(Password).Redact($"user u: {form} is refused");

        Assert.True(redacted.Contains("***", StringComparison.Ordinal), encoding);
        Assert.DoesNotContain("ub4d", redacted, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("u:")]
    [InlineData("us:")]
    [InlineData("usr:")]
    public void A_secret_is_found_behind_a_user_in_base64(string user)
    {
        var header = Convert.ToBase64String(Encoding.UTF8.GetBytes(user + "correct-horse"));

        var redacted = Of("correct-horse").Redact($"Authorization: Basic {header}");

        Assert.StartsWith("Authorization: Basic ", redacted, StringComparison.Ordinal);
        Assert.Contains("***", redacted, StringComparison.Ordinal);
        Assert.DoesNotContain(header[5..^5], redacted, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("near 'correct-h", "near '***")]
    [InlineData("near 'correct-h'", "near '***'")]
    [InlineData("near correct-h...", "near ***...")]
    [InlineData("near …t-horse is odd", "near …*** is odd")]
    [InlineData("near \"t-horse\"", "near \"***\"")]
    [InlineData("near '...rect-hor...'", "near '...***...'")]
    [InlineData("near correct%2dh%2", "near ***%2")]
    [InlineData("near correct-h\n\nDETAIL: none", "near ***\n\nDETAIL: none")]
    [InlineData("near correct-h of", "near correct-h of")]
    [InlineData("at rect-horse-staple!", "at ***!")]
    [InlineData("-staple is wrong", "-staple is wrong")]
    public void A_piece_is_found_where_it_was_cut(string said, string shown) =>
        Assert.Equal(shown, Of("correct-horse-staple", "correct-horse").Redact(said));

    // Who reads 'la***t' knows the secret, and who reads stars alone knows nothing.
    [Theory]
    [InlineData("a", "a store at a place", "a store at a place")]
    [InlineData("abc", "near 'abc' in abc", "near '***' in abc")]
    [InlineData("test", "the latest test: test, 'test'", "the latest ***: ***, '***'")]
    [InlineData("hunter2", "hunter2 not hunter23", "*** not hunter23")]
    [InlineData("hunter22", "hunter22 not hunter223", "*** not ***3")]
    [InlineData("kafka-password", "kafka.sasl.password is wrong", "kafka.sasl.password is wrong")]
    [InlineData("it's", "its state is its own", "its state is its own")]
    [InlineData("", "nothing", "nothing")]
    [InlineData("'\"", "'' and \"\"", "'' and \"\"")]
    public void A_short_secret_does_not_turn_a_message_into_stars(string secret, string said, string shown) =>
        Assert.Equal(shown, Of(secret).Redact(said));

    [Fact]
    public void A_file_is_found_by_its_lines_and_its_frame_is_left()
    {
        const string Key =
            "-----BEGIN PRIVATE KEY-----\r\nTUlJS2V5IG9mIHNvbWUgbGVuZ3Ro\r\nc2Vjb25kIGxpbmUgb2YgaXQ=\r\n-----END PRIVATE KEY-----\r\n";

        Assert.Equal(
            "-----BEGIN PRIVATE KEY----- ***\\n*** -----END",
            Of(Key)
                .Redact("-----BEGIN PRIVATE KEY----- TUlJS2V5IG9mIHNvbWUgbGVuZ3Ro\\nc2Vjb25kIGxpbmUgb2YgaXQ= -----END")
        );
        Assert.Equal("***", Of(Key).Redact(Convert.ToBase64String(Encoding.UTF8.GetBytes(Key))));
    }

    [Fact]
    public void Text_that_is_made_to_take_long_is_hidden_as_a_whole()
    {
        var watch = Stopwatch.StartNew();

        Assert.Equal("***", Of(new string('a', 100_000)).Redact(string.Concat(Enumerable.Repeat("aaaaaaab", 50_000))));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    // No text is cut before it is searched, so no part of a secret is left where the cut goes through it.
    [Fact]
    public void A_secret_at_the_cut_shows_not_in_part()
    {
        const int Cut = 32 * 1024;
        foreach (
            var secret in new[] { "abc", "hunter2", "correct-horse", new string('s', 40) + "-" + new string('t', 40) }
        )
        {
            string[] forms =
            [
                $"'{secret}'",
                $"'{Uri.HexEscape(secret[0])}{secret[1..]}'",
                $"'&#{(int)secret[0]};{secret[1..]}'",
            ];
            foreach (var form in forms)
            {
                for (var before = Cut - form.Length - 1; before <= Cut + 1; before += 1 + form.Length / 6)
                {
                    var text = string.Concat(new string('.', before - 1), " ", form, " ", new string('.', Cut));

                    var redacted = Of(secret).Redact(text);

                    var end = redacted.TrimStart('.', ' ');
                    Assert.True(
                        end is "" or "..." or "'..." or "'***..." or "'***'..." or "'***' ...",
                        $"{before}: {end}"
                    );
                }
            }
        }
    }

    [Theory]
    [InlineData("%41")]
    [InlineData("%2541")]
    [InlineData("&amp;")]
    [InlineData("\\\\")]
    [InlineData("correct-hors ")]
    [InlineData("'correct-hors'")]
    public void A_huge_text_costs_no_more_than_its_start(string piece)
    {
        var redaction = Of("correct-horse", string.Concat(Enumerable.Repeat("%41b", 1_000)));
        redaction.Redact("warm");
        var text = string.Concat(Enumerable.Repeat(piece, 4 * 1024 * 1024 / piece.Length));

        var whole = Allocated(text);
        var start = Allocated(text[..(128 * 1024)]);

        // What is behind the start costs nothing.
        Assert.InRange(whole, 0, start * 1.1);
        Assert.InRange(whole, 0, 64 * 1024 * 1024);
        Assert.False(redaction.IsClean(new InvalidOperationException(text)));

        double Allocated(string said)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.InRange(redaction.Redact(said).Length, 0, 64 * 1024);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    // Both sides of each line that SECURITY.md draws.
    [Theory]
    [InlineData("abc", "near 'abc'", "near '***'")]
    [InlineData("abc", "near abc", "near abc")]
    [InlineData("abcd", "near abcd", "near ***")]
    [InlineData("abcd", "near xabcd", "near xabcd")]
    [InlineData("abcdefg", "near abcdefg.", "near ***.")]
    [InlineData("abcdefg", "near abcdefgh", "near abcdefgh")]
    [InlineData("abcdefgh", "near xabcdefghx", "near x***x")]
    [InlineData("0123456789abcdef", "near '01234'", "near '01234'")]
    [InlineData("0123456789abcdef", "near '012345'", "near '***'")]
    [InlineData("0123456789abcdef", "near 0123456789a of", "near 0123456789a of")]
    [InlineData("0123456789abcdef", "near 0123456789ab of", "near *** of")]
    [InlineData("0123456789abcdef", "near 23456789abc of", "near 23456789abc of")]
    [InlineData("0123456789abcdef", "near 23456789abcd of", "near *** of")]
    [InlineData("l1\n0123456789abcde\nl3", "near 0123456789abcde", "near 0123456789abcde")]
    [InlineData("l1\n0123456789abcdef\nl3", "near 0123456789abcdef", "near ***")]
    public void Each_line_of_the_lengths_is_where_SECURITY_draws_it(string secret, string said, string shown) =>
        Assert.Equal(shown, Of(secret).Redact(said));

    [Theory]
    [InlineData("abc", "YWJj", "near 'YWJj'", "near '***'")]
    [InlineData("abc", "616263", "near 616263", "near 616263")]
    [InlineData("abcd", "61626364", "near 61626364", "near ***")]
    [InlineData("abcdef", "dTphYmNkZWY=", "near dTphYmNkZWY=", "near dTphYmNkZWY=")]
    [InlineData("abcdefg", "dTphYmNkZWZn", "near dTphYmNkZWZn", "near dTp***")]
    public void The_lines_of_base64_and_hex_are_where_SECURITY_draws_them(
        string secret,
        string form,
        string said,
        string shown
    )
    {
        Assert.Contains(form, said, StringComparison.Ordinal);
        Assert.Equal(shown, Of(secret).Redact(said));
    }

    /// <summary>Random secrets of awkward characters, in up to three encodings, cut anywhere: nothing of 12 characters is left.</summary>
    [Fact]
    public void Nothing_of_a_random_secret_is_left_however_it_is_written()
    {
        var random = new Random(20261127);
        for (var round = 0; round < 3_000; round++)
        {
            var secret = RandomSecret(random);
            var (encoded, ways) = (secret, "");
            for (var depth = random.Next(4); depth > 0; depth--)
            {
                var way = random.Next(s_ways.Length);
                (encoded, ways) = (s_ways[way](encoded), $"{ways} {way}");
            }

            var said = $"at '{encoded}', near …{encoded[random.Next(encoded.Length / 3)..]} and: {encoded}";
            said = said[..^random.Next(encoded.Length)];

            var redacted = Of(secret).Redact(said);

            foreach (var layer in TextLayer.All(redacted))
            {
                Assert.False(
                    Pieces(secret, 12).Any(p => layer.Text.Contains(p, StringComparison.OrdinalIgnoreCase)),
                    $"{round}:{ways}: '{secret}' is shown as '{redacted}' in {string.Join("\n", TextLayer.All(redacted).Select(l => l.Text))}"
                );
            }
        }
    }

    private static readonly Func<string, string>[] s_ways =
    [
        text => text.Replace("'", "''", StringComparison.Ordinal),
        Uri.EscapeDataString,
        text => Uri.EscapeDataString(text).ToLowerInvariant(),
        text => System.Net.WebUtility.UrlEncode(text),
        text => JsonSerializer.Serialize(text)[1..^1],
        text => JsonSerializer.Serialize(text, s_relaxed)[1..^1].Replace("/", "\\/", StringComparison.Ordinal),
        System.Net.WebUtility.HtmlEncode,
        text => string.Concat(text.Select(c => $"&#x{(int)c:x};")),
        text => text.ToUpperInvariant(),
        text => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal),
    ];

    private static readonly JsonSerializerOptions s_relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static Redaction Of(params string[] secrets) => new(() => secrets);

    private static IEnumerable<string> Pieces(string text, int length) =>
        Enumerable.Range(0, Math.Max(0, text.Length - length + 1)).Select(i => text.Substring(i, length));

    private static string RandomSecret(Random random)
    {
        const string Signs =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:;,!?@#$^*()=+/'\"\\<>&%é東 ";
        return string.Concat(Enumerable.Range(0, random.Next(16, 48)).Select(_ => Signs[random.Next(Signs.Length)]));
    }
}
