using System.Text.Json.Nodes;

namespace DeltaStream.Sdk.Generator.Tests.Schemas;

/// <summary>The tests' own validator does what the JSON Schema specification says of each keyword.</summary>
public sealed class JsonSchemaCheckTests
{
    [Theory]
    [InlineData("""true""", "1", "")]
    [InlineData("""{}""", "null", "")]
    [InlineData("""{"type":"string"}""", "\"\"", "1|true|{}|null")]
    [InlineData("""{"type":"integer"}""", "1|-1|1.0|9223372036854775807", "1.5|\"1\"|true")]
    [InlineData("""{"type":"boolean"}""", "true|false", "0|\"true\"|null")]
    [InlineData("""{"type":"object"}""", "{}", "1|\"\"")]
    [InlineData("""{"const":1}""", "1", "2|\"1\"|true")]
    [InlineData("""{"enum":["A","B"]}""", "\"A\"|\"B\"", "\"a\"|\"C\"|1")]
    [InlineData("""{"minLength":2,"maxLength":3}""", "\"ab\"|\"abc\"|1|{}", "\"a\"|\"abcd\"|\"\\ud83d\\ude80\"")]
    [InlineData("""{"pattern":"^a+$"}""", "\"aa\"|1|null", "\"b\"|\"\"")]
    [InlineData("""{"pattern":"b"}""", "\"abc\"", "\"ac\"")]
    [InlineData("""{"minimum":1,"maximum":2}""", "1|2|1.5|\"9\"", "0|3|0.9")]
    [InlineData("""{"required":["a"]}""", "{\"a\":null}|1", "{}|{\"b\":1}")]
    [InlineData(
        """{"properties":{"a":false,"b":{"type":"string"}}}""",
        "{}|{\"b\":\"\",\"c\":1}|1",
        "{\"a\":1}|{\"b\":1}"
    )]
    [InlineData("""{"properties":{"a":true},"additionalProperties":false}""", "{}|{\"a\":1}|1", "{\"b\":1}")]
    [InlineData("""{"minProperties":1,"maxProperties":1}""", "{\"a\":1}|1", "{}|{\"a\":1,\"b\":1}")]
    [InlineData("""{"type":"array"}""", "[]|[1]", "{}|1|\"\"|null")]
    [InlineData("""{"items":{"const":1}}""", "[]|[1,1]|{}|1|null", "[2]|[1,2]")]
    [InlineData("""{"propertyNames":{"maxLength":1}}""", "{}|{\"a\":1}|1|[]", "{\"ab\":1}")]
    [InlineData("""{"not":{"const":1}}""", "2", "1")]
    [InlineData("""{"allOf":[{"minimum":1},{"maximum":1}]}""", "1", "0|2")]
    [InlineData("""{"anyOf":[{"const":1},{"const":2}]}""", "1|2", "3")]
    [InlineData("""{"oneOf":[{"minimum":1},{"maximum":1}]}""", "0|2", "1")]
    [InlineData("""{"if":{"const":1},"then":false}""", "2", "1")]
    [InlineData("""{"if":{"const":1},"then":true,"else":{"const":2}}""", "1|2", "3")]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"const":1}}}""", "1", "2")]
    public void A_value_is_right_or_wrong_as_the_specification_says(string schema, string right, string wrong)
    {
        var check = JsonSchemaCheck.Of(schema);

        Assert.All(Values(right), v => Assert.Empty(check.Faults(v)));
        Assert.All(Values(wrong), v => Assert.NotEmpty(check.Faults(v)));
    }

    [Theory]
    [InlineData("""{"minItems":1}""", "\"\"")]
    [InlineData("""{"minItems":1}""", "{}")]
    [InlineData("""{"type":"number"}""", "[]")]
    [InlineData("""{"$ref":"other.json"}""", "1")]
    public void What_it_does_not_know_it_does_not_pass_over(string schema, string value) =>
        Assert.Throws<NotSupportedException>(() => JsonSchemaCheck.Of(schema).Faults(JsonNode.Parse(value)));

    private static IEnumerable<JsonNode?> Values(string texts) =>
        texts.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(t => JsonNode.Parse(t));
}
