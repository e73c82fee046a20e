using DeltaStream.Sdk.Generator.Json;
using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Json;

public sealed class JsonFaultTests
{
    [Theory]
    [InlineData("⟦⟧", "a value", "the end of the file")]
    [InlineData(" \r\n\t⟦⟧", "a value", "the end of the file")]
    [InlineData("\ufeff⟦⟧", "a value", "the end of the file")]
    [InlineData("⟦x⟧", "a value", "'x'")]
    [InlineData("⟦T⟧rue", "a value", "'T'")]
    [InlineData("⟦n⟧ul", "a value", "'n'")]
    [InlineData("true⟦x⟧", "the end of the file", "'x'")]
    [InlineData("{} ⟦{⟧}", "the end of the file", "'{'")]
    [InlineData("⟦/⟧/ a comment", "a value", "'/'")]
    [InlineData("{⟦'⟧a': 1}", "a name in double quotes", "'''")]
    [InlineData("{⟦a⟧: 1}", "a name in double quotes", "'a'")]
    [InlineData("{⟦⟧", "a name in double quotes", "the end of the file")]
    [InlineData("{\"a\": 1, ⟦}⟧", "a name in double quotes", "'}'")]
    [InlineData("{⟦,⟧}", "a name in double quotes", "','")]
    [InlineData("{\"a\" ⟦1⟧}", "':'", "'1'")]
    [InlineData("{\"a\"⟦}⟧", "':'", "'}'")]
    [InlineData("{\"a\": ⟦}⟧", "a value", "'}'")]
    [InlineData("{\"a\": 1 ⟦\"⟧b\": 2}", "',' or '}'", "'\"'")]
    [InlineData("{\"a\": 1⟦⟧", "',' or '}'", "the end of the file")]
    [InlineData("{\"a\": 1⟦]⟧", "',' or '}'", "']'")]
    [InlineData("[1 ⟦2⟧]", "',' or ']'", "'2'")]
    [InlineData("[1⟦⟧", "',' or ']'", "the end of the file")]
    [InlineData("[1, ⟦]⟧", "a value", "']'")]
    [InlineData("[⟦⟧", "a value", "the end of the file")]
    [InlineData("[⟦,⟧]", "a value", "','")]
    [InlineData("\"abc⟦⟧", "a closing '\"' on the same line", "the end of the file")]
    [InlineData("\"abc⟦\n⟧\"", "a closing '\"' on the same line", "U+000A")]
    [InlineData("\"abc⟦\r⟧\n\"", "a closing '\"' on the same line", "U+000D")]
    [InlineData("\"abc⟦\t⟧\"", "a closing '\"' on the same line", "U+0009")]
    [InlineData("\"abc⟦\0⟧\"", "a closing '\"' on the same line", "U+0000")]
    [InlineData("⟦\0⟧", "a value", "U+0000")]
    [InlineData("⟦\u00a0⟧1", "a value", "U+00A0")]
    [InlineData("⟦🚀⟧", "a value", "'🚀'")]
    [InlineData("⟦“⟧a”", "a value", "'“'")]
    [InlineData("\"\\⟦x⟧\"", EscapeExpected, "'x'")]
    [InlineData("\"\\⟦u⟧12g4\"", EscapeExpected, "'u'")]
    [InlineData("\"\\⟦u⟧12", EscapeExpected, "'u'")]
    [InlineData("\"\\⟦u⟧ 123\"", EscapeExpected, "'u'")]
    [InlineData("\"\\⟦⟧", EscapeExpected, "the end of the file")]
    [InlineData("⟦0⟧1", "a number without a zero in front", "'0'")]
    [InlineData("-⟦0⟧0.5", "a number without a zero in front", "'0'")]
    [InlineData("-⟦⟧", "a digit", "the end of the file")]
    [InlineData("[-⟦]⟧", "a digit", "']'")]
    [InlineData("[1.⟦]⟧", "a digit", "']'")]
    [InlineData("[1e⟦]⟧", "a digit", "']'")]
    [InlineData("[1e+⟦,⟧", "a digit", "','")]
    [InlineData("⟦+⟧1", "a value", "'+'")]
    [InlineData("⟦.⟧5", "a value", "'.'")]
    [InlineData("⟦N⟧aN", "a value", "'N'")]
    public void A_fault_says_what_was_expected_what_is_there_and_where(string marked, string expected, string found)
    {
        var (text, span) = MarkedText.Parse(marked);

        var fault = JsonReading.Fault(text);

        Assert.Equal(new JsonFault(expected, found, span), fault);
    }

    // Not among the data above: an attribute holds UTF-8, which knows no half characters.
    [Fact]
    public void Half_a_character_is_named_by_its_code() =>
        Assert.Equal(new JsonFault("a value", "U+D83D", new(0, 1)), JsonReading.Fault("\ud83d1"));

    private const string EscapeExpected = "an escape: \\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u and four hex digits";
}
