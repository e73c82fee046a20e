using System.Text.Json;
using CsCheck;
using DeltaStream.Sdk.Generator.Json;
using DeltaStream.Sdk.Generator.Tests.Running;
using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.Sdk.Generator.Tests.Json;

public sealed class JsonPropertyTests
{
    [Fact]
    public void What_the_platform_writes_reads_back_to_the_same_values_at_the_same_places() =>
        JsonGen.Text.Sample(
            text =>
            {
                using var expected = JsonDocument.Parse(text);
                AssertSame(expected.RootElement, JsonReading.Value(text), text);
            },
            iter: 2_000
        );

    [Fact]
    public void Every_beginning_of_a_text_is_a_fault_with_a_place_inside_it()
    {
        foreach (var spec in Repository.Three().Select(s => s.GetText()!.ToString().TrimEnd()))
        {
            for (var length = 0; length < spec.Length; length++)
            {
                var fault = JsonReading.Fault(spec[..length]);
                Assert.InRange(fault.Span.End, 0, length);
                Assert.NotEmpty(fault.Expected);
                Assert.NotEmpty(fault.Found);
            }
        }
    }

    [Fact]
    public void A_damaged_text_is_JSON_exactly_when_the_platform_says_so() =>
        Gen.Select(JsonGen.Text.Where(t => t.All(char.IsAscii)), TextMutation.Some)
            .Sample(
                (text, mutations) =>
                {
                    var damaged = TextMutation.Apply(text, mutations);
                    var (value, fault) = JsonReader.Read(SourceText.From(damaged));
                    Assert.Equal(IsJson(damaged), value is not null);
                    Assert.Equal(value is null, fault is not null);
                    Assert.InRange((fault?.Span ?? value!.Span).End, 0, damaged.Length);
                },
                iter: 5_000
            );

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void AssertSame(JsonElement expected, JsonValue actual, string text)
    {
        Assert.Equal(expected.GetRawText(), text.Substring(actual.Span.Start, actual.Span.Length));
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                var members = Assert.IsType<JsonObject>(actual).Members;
                Assert.Equal(expected.EnumerateObject().Select(m => m.Name), members.Select(m => m.Name));
                foreach (var (property, member) in expected.EnumerateObject().Zip(members))
                {
                    var name = text.Substring(member.NameSpan.Start, member.NameSpan.Length);
                    Assert.Equal(property.Name, JsonSerializer.Deserialize<string>(name));
                    AssertSame(property.Value, member.Value, text);
                }

                break;
            case JsonValueKind.Array:
                var items = Assert.IsType<JsonArray>(actual).Items;
                Assert.Equal(expected.GetArrayLength(), items.Count);
                foreach (var (element, item) in expected.EnumerateArray().Zip(items))
                {
                    AssertSame(element, item, text);
                }

                break;
            case JsonValueKind.String:
                Assert.Equal(expected.GetString(), Assert.IsType<JsonString>(actual).Value);
                break;
            case JsonValueKind.Number:
                Assert.Equal(expected.GetRawText(), Assert.IsType<JsonNumber>(actual).Text);
                break;
            case JsonValueKind.True or JsonValueKind.False:
                Assert.Equal(expected.GetBoolean(), Assert.IsType<JsonBoolean>(actual).Value);
                break;
            default:
                Assert.IsType<JsonNull>(actual);
                break;
        }
    }
}
