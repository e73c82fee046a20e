using System.Globalization;
using DeltaStream.Sdk.Quoting;

namespace DeltaStream.Sdk.Tests.Validation;

/// <summary>What nobody sees is refused by its code point: at the ends of a text, and in a name where it forms the text. Issue 11, number 8.</summary>
public sealed class InvisibleTextTests
{
    // White_Space and Default_Ignorable_Code_Point of Unicode, without what ends a line.
    private static readonly int[] s_invisible =
    [
        0x09,
        0x20,
        0xA0,
        0xAD,
        0x34F,
        0x61C,
        0x115F,
        0x1160,
        0x1680,
        0x17B4,
        0x17B5,
        .. Range(0x180B, 0x180F),
        .. Range(0x2000, 0x200F),
        .. Range(0x202A, 0x202F),
        .. Range(0x205F, 0x206F),
        0x2800,
        0x3000,
        0x3164,
        .. Range(0xFE00, 0xFE0F),
        0xFEFF,
        0xFFA0,
        .. Range(0xFFF0, 0xFFFB),
        .. Range(0x1BCA0, 0x1BCA3),
        .. Range(0x1D173, 0x1D17A),
        .. Range(0xE0000, 0xE0FFF),
    ];

    public static TheoryData<string> Texts =>
        [
            "arn:aws:iam::123456789012:role/x\\u0020",
            "\\u0020arn:aws:iam::123456789012:role/x",
            "arn:aws:iam::123456789012:role/x\\u00a0",
            "\\ufeffarn:aws:iam::123456789012:role/x",
            "arn:aws:iam::123456789012:role/x\\u200b",
            "arn:aws:iam::123456789012:role/x\\u0009",
            "arn:aws:iam::123456789012:role/x\\u2060\\u200b",
            "\\u3000arn",
            "arn\\u001b",
            "arn\\ufe0f",
            "arn\\udb40\\udc20",
        ];

    [Theory, MemberData(nameof(Texts))]
    public void At_the_ends_of_a_text_it_is_named_by_its_code_point(string escaped)
    {
        var text = System.Text.RegularExpressions.Regex.Unescape(escaped);
        var failure = Assert.Single((Declarations.KafkaByIam with { MskIamRoleArn = text }).Validate());

        Assert.Equal(("kafka.mskIamRoleArn", StoreValidationCodes.InvalidCharacter), (failure.Property, failure.Code));
        Assert.Matches("(starts|ends) with .* \\(.*U\\+[0-9A-F]{4,5}\\).*: remove", failure.Message);
        Assert.DoesNotContain("arn", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_one_of_them_is_refused_at_both_ends_of_every_text_that_is_no_secret()
    {
        foreach (var c in s_invisible.Select(char.ConvertFromUtf32))
        {
            var code = $"U+{char.ConvertToUtf32(c, 0).ToString("X4", CultureInfo.InvariantCulture)}";
            foreach (var text in new[] { "x" + c, c + "x" })
            {
                Refused(Declarations.Postgres with { Name = text }, "postgres.name");
                Refused(Declarations.Postgres with { Owner = text }, "postgres.owner");
                Refused(Declarations.Postgres with { Username = text }, "postgres.username");
                Refused(Declarations.Postgres with { Description = text }, "postgres.description");
                Refused(Declarations.Kafka with { SchemaRegistryName = text }, "kafka.schemaRegistryName");
            }

            Refused(Declarations.Postgres with { Uris = "h:5432/db" + c }, "postgres.uris");
            Refused(Declarations.Postgres with { Uris = c + "h:5432/db" }, "postgres.uris");

            void Refused(StoreArgs store, string property)
            {
                var failure = Assert.Single(store.Validate());
                Assert.Equal(property, failure.Property);
                Assert.Contains(code, failure.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("\U0001F3F4\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F")]
    [InlineData("Wales: \U0001F3F4\U000E0067\U000E0062\U000E0077\U000E006C\U000E0073\U000E007F")]
    [InlineData("\U0001F3F4\U000E0075\U000E0073\U000E0074\U000E0078\U000E007F and more")]
    [InlineData("\U0001F3F4")]
    [InlineData("\U0001F3F4\u200D\u2620\uFE0F")]
    [InlineData("\U0001F1EB\U0001F1F7")]
    [InlineData("\U0001F468\u200D\U0001F469\u200D\U0001F467")]
    public void A_flag_is_seen_to_its_end(string text)
    {
        Assert.Empty((Declarations.Postgres with { Description = text }).Validate());
        Assert.Empty((Declarations.Postgres with { Username = text }).Validate());
    }

    [Theory]
    [InlineData("\U0001F3F4\U000E0067\U000E0062")]
    [InlineData("\U0001F3F4\U000E007F")]
    [InlineData("x\U000E0067\U000E0062\U000E007F")]
    [InlineData("\U0001F3F4\U000E0067\U000E007F\U000E007F")]
    [InlineData("\U0001F3F4x\U000E0067\U000E007F")]
    [InlineData("\U000E0067\U000E007F")]
    public void Tags_that_make_no_flag_are_not(string text) =>
        Assert.Equal(
            StoreValidationCodes.InvalidCharacter,
            Assert.Single((Declarations.Postgres with { Description = text }).Validate()).Code
        );

    [Theory]
    [InlineData("a\u200db", "U+200D")]
    [InlineData("\u0645\u200c\u06cc", "U+200C")]
    [InlineData("\U0001F3F4\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F", "U+E0067")]
    [InlineData("\U0001F468\u200D\U0001F469", "U+200D")]
    [InlineData("x\u2064y", "U+2064")]
    public void A_name_holds_no_joiner_and_no_tag(string name, string code) =>
        Assert.Contains(
            $"holds a format character ({code})",
            Assert.Single((Declarations.Postgres with { Name = name }).Validate()).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("a\U000E0041b", "a\\U000E0041b")]
    [InlineData("x\u200by", "x\\u200By")]
    [InlineData("\ufe0f", "\\uFE0F")]
    [InlineData("\u2764\ufe0f", "\u2764\ufe0f")]
    [InlineData("\U0001F680 \u6ce8", "\U0001F680 \u6ce8")]
    [InlineData("\U0001F3F4\U000E0067\U000E007F", "\U0001F3F4\U000E0067\U000E007F")]
    [InlineData("\U000E0001", "\\U000E0001")]
    public void A_message_shows_it_by_its_code_point(string text, string shown) =>
        Assert.Equal(shown, VisibleText.Of(text));

    // Not as data of a theory: the runner passes data on as UTF-8, which has no half of a character.
    [Fact]
    public void A_message_shows_half_of_one_too()
    {
        Assert.Equal("a\\uD83D", VisibleText.Of("a\ud83d"));
        Assert.Equal("\\uDC00b", VisibleText.Of("\udc00b"));
        Assert.Equal("\\uDC00\\uD83D", VisibleText.Of("\udc00\ud83d"));
        Assert.Equal("'\\uD83Dx'", VisibleText.Quoted("\ud83dx"));
    }

    [Fact]
    public void A_message_is_not_cut_within_a_character()
    {
        var text = new string('x', 79) + "\U0001F680\U0001F680";

        Assert.Equal(new string('x', 79) + "\U0001F680...", VisibleText.Of(text));
        Assert.Equal($"'{new string('x', 79)}\\U0001F680...'", VisibleText.Quoted(text));
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("   ")]
    [InlineData("\u00a0")]
    [InlineData("\t \t")]
    [InlineData("\u200b\ufeff")]
    [InlineData("\u3000\u3000")]
    [InlineData("\u2800")]
    public void A_text_of_blanks_only_is_asked_for_its_value(string blank)
    {
        var failure = Assert.Single((Declarations.Postgres with { Username = blank }).Validate());

        Assert.StartsWith("postgres.username holds nothing but", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(": write the value", failure.Message, StringComparison.Ordinal);
        Assert.Single((Declarations.Postgres with { Name = blank }).Validate());
        Assert.Single((Declarations.Postgres with { Uris = blank }).Validate());
    }

    [Theory]
    [InlineData("a\u200bb")]
    [InlineData("a\u00adb")]
    [InlineData("a\u202eb")]
    [InlineData("a\u2066b\u2069c")]
    [InlineData("a\u200db")]
    [InlineData("a\ufeffb")]
    [InlineData("a\u0601b")]
    [InlineData("a\U000e0041b")]
    [InlineData("a\u061cb")]
    public void A_name_holds_no_format_character_anywhere(string name)
    {
        foreach (
            var failure in new[]
            {
                Assert.Single((Declarations.Kafka with { Name = name }).Validate()),
                Assert.Single((Declarations.Kafka with { Owner = name }).Validate()),
                Assert.Single((Declarations.Kafka with { SchemaRegistryName = name }).Validate()),
            }
        )
        {
            Assert.Equal(StoreValidationCodes.InvalidCharacter, failure.Code);
            Assert.Matches("holds a format character \\(U\\+[0-9A-F]{4,5}\\) at index 1: remove it", failure.Message);
        }

        // A text that is no name may hold it, as the words of a language need it.
        Assert.Empty((Declarations.Kafka with { Description = name }).Validate());
    }

    [Fact]
    public void Of_this_runtime_no_format_character_is_forgotten()
    {
        for (var c = 0; c <= 0x10FFFF; c++)
        {
            if (c is >= 0xD800 and <= 0xDFFF)
            {
                continue;
            }

            var text = "a" + char.ConvertFromUtf32(c);
            var category = CharUnicodeInfo.GetUnicodeCategory(c);
            if (category is UnicodeCategory.Control or UnicodeCategory.Format)
            {
                Assert.True(InvisibleText.IndexOfFormat(text) == 1, $"U+{c:X4} is {category}");
            }

            if (char.IsWhiteSpace(text, 1) || category == UnicodeCategory.Control)
            {
                Assert.True(InvisibleText.CountAtEnd(text) == 1, $"U+{c:X4} is invisible");
            }
        }
    }

    [Theory]
    [InlineData("orders")]
    [InlineData("Orders of Zürich")]
    [InlineData("a\u00a0b")]
    [InlineData("注文")]
    [InlineData("الطلبات")]
    [InlineData("❤\ufe0f")]
    [InlineData("漢\U000e0100")]
    [InlineData("🚀")]
    [InlineData("x.")]
    public void What_people_see_is_taken(string text) =>
        Assert.Empty((Declarations.Postgres with { Name = text, Owner = text, Username = text }).Validate());

    [Theory]
    [InlineData(" ")]
    [InlineData(" p ")]
    [InlineData("p\u00a0")]
    [InlineData("\ufeffp")]
    [InlineData("p\u200b")]
    [InlineData("\t")]
    public void A_secret_stays_as_it_is(string secret) =>
        Assert.Empty((Declarations.Postgres with { Password = secret }).Validate());

    private static IEnumerable<int> Range(int first, int last) => Enumerable.Range(first, last - first + 1);
}
