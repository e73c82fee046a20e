using System.Text;
using DeltaStream.Sdk.Generator.Json;
using DeltaStream.Sdk.Generator.Tests.Running;
using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.Sdk.Generator.Tests.Json;

public sealed class JsonReaderTests
{
    [Theory]
    [InlineData("⟦{}⟧", "an object")]
    [InlineData("⟦{ \"a\": 1 }⟧", "an object")]
    [InlineData("⟦[]⟧", "an array")]
    [InlineData("⟦[1, [2]]⟧", "an array")]
    [InlineData("⟦\"\"⟧", "a string")]
    [InlineData("⟦\"kafka\"⟧", "a string")]
    [InlineData("⟦\"東西 Żółć 🚀\"⟧", "a string")]
    [InlineData("⟦\"\\\"\\u00e9\\\\\"⟧", "a string")]
    [InlineData("⟦0⟧", "a number")]
    [InlineData("⟦-0.5e+10⟧", "a number")]
    [InlineData("⟦true⟧", "a boolean")]
    [InlineData("⟦false⟧", "a boolean")]
    [InlineData("⟦null⟧", "null")]
    [InlineData(" \t\r\n ⟦null⟧ \t\r\n ", "null")]
    [InlineData("\ufeff⟦{}⟧", "an object")]
    public void A_value_knows_its_kind_and_its_place(string marked, string kind)
    {
        var (text, span) = MarkedText.Parse(marked);

        var value = JsonReading.Value(text);

        Assert.Equal(kind, value.Kind);
        Assert.Equal(span, value.Span);
    }

    [Theory]
    [InlineData("{ ⟦\"a\"⟧: 1 }")]
    [InlineData("{⟦\"東西\"⟧:1}")]
    [InlineData("{\r\n  \"é🚀\": [1, 2],\r\n  ⟦\"a\"⟧ : 1\r\n}")]
    [InlineData("{\n\"x\":{\"y\":\"\\u0041\"},\n⟦\"\\u0061\"⟧:1}")]
    public void A_name_knows_its_place(string marked)
    {
        var (text, span) = MarkedText.Parse(marked);

        var member = Assert.IsType<JsonObject>(JsonReading.Value(text)).Members[^1];

        Assert.Equal(span, member.NameSpan);
        Assert.Equal(text[span.Start..span.End], text.Substring(member.NameSpan.Start, member.NameSpan.Length));
    }

    [Theory]
    [InlineData("{ \"a\": ⟦[true]⟧ }")]
    [InlineData("{ \"é🚀\": { \"b\": 1 }, \"c\":⟦-1⟧}")]
    [InlineData("[null,\r\n⟦\"last\"⟧\r\n]")]
    public void A_nested_value_knows_its_place(string marked)
    {
        var (text, span) = MarkedText.Parse(marked);

        var last = JsonReading.Value(text) switch
        {
            JsonObject json => json.Members[^1].Value,
            JsonArray array => array.Items[^1],
            var other => other,
        };

        Assert.Equal(span, last.Span);
    }

    [Theory]
    [InlineData("\"\\\" \\\\ \\/ \\b \\f \\n \\r \\t\"", "\" \\ / \b \f \n \r \t")]
    [InlineData("\"\\u0041\\u00e9\\u6771\"", "Aé東")]
    [InlineData("\"\\uD83D\\uDE80\"", "🚀")]
    [InlineData("\"\\uABCD\\uabcd\"", "\uabcd\uabcd")]
    [InlineData("\"'/\u007f\"", "'/\u007f")]
    public void Escapes_are_read(string text, string value) =>
        Assert.Equal(value, Assert.IsType<JsonString>(JsonReading.Value(text)).Value);

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("10")]
    [InlineData("9223372036854775808")]
    [InlineData("1.50")]
    [InlineData("1e5")]
    [InlineData("-1.5E-05")]
    public void A_number_keeps_its_text(string text) =>
        Assert.Equal(text, Assert.IsType<JsonNumber>(JsonReading.Value(text)).Text);

    [Fact]
    public void Members_keep_their_order_and_stand_twice_where_the_text_has_them_twice()
    {
        var json = Assert.IsType<JsonObject>(JsonReading.Value("""{"b":true,"a":false,"b":null}"""));

        Assert.Equal(["b", "a", "b"], json.Members.Select(m => m.Name));
        Assert.True(Assert.IsType<JsonBoolean>(json.Members[0].Value).Value);
        Assert.False(Assert.IsType<JsonBoolean>(json.Members[1].Value).Value);
        Assert.IsType<JsonNull>(json.Members[2].Value);
    }

    [Fact]
    public void A_byte_order_mark_that_the_source_text_took_away_counts_for_no_place()
    {
        using var file = new MemoryStream([.. Encoding.UTF8.Preamble, .. "{\"é\": 1}"u8]);

        var (value, _) = JsonReader.Read(SourceText.From(file, Encoding.UTF8));

        Assert.Equal(new TextSpan(0, 8), value!.Span);
    }

    [Theory]
    [InlineData(63)]
    [InlineData(64)]
    public void Nesting_is_read_up_to_its_limit(int depth) =>
        Assert.Equal(depth, JsonReading.Value(Nested(depth)).AndAllInIt().Count());

    [Theory]
    [InlineData(65)]
    [InlineData(100_000)]
    public void Deeper_nesting_is_a_fault_at_the_bracket_that_is_too_much(int depth)
    {
        var fault = JsonReading.Fault(Nested(depth));

        Assert.Equal(new JsonFault("less nesting than 64 levels", "'['", new TextSpan(64, 1)), fault);
    }

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);
}
