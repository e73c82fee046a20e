using System.Text.Json.Nodes;
using CsCheck;
using DeltaStream.Sdk.Generator.Json;

namespace DeltaStream.Sdk.Generator.Tests.Json;

public sealed class JsonWriterTests
{
    [Fact]
    public void What_is_written_for_people_reads_back_as_it_was() =>
        JsonGen.Text.Sample(text =>
        {
            var written = JsonWriter.WriteIndented(JsonReading.Value(text));

            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(text), JsonNode.Parse(written)), written);
            Assert.DoesNotContain('\r', written);
            Assert.All(written, c => Assert.InRange(c, '\n', '~'));
        });

    [Fact]
    public void Objects_and_lists_of_objects_take_lines_and_lists_of_plain_values_take_one() =>
        Assert.Equal(
            """
            {
              "a": [1, "\u00e9", true],
              "b": [
                {
                  "c": null
                },
                []
              ],
              "d": {}
            }

            """,
            JsonWriter.WriteIndented(JsonReading.Value("""{"a":[1,"é",true],"b":[{"c":null},[]],"d":{}}"""))
        );
}
