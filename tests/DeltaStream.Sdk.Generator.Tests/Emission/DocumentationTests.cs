using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Emission;

/// <summary>Any text of a spec can stand in documentation, messages and literals.</summary>
public sealed class DocumentationTests
{
    [Theory]
    [InlineData("<b> & </summary> \\\" ' ]]> --> */ // {0}")]
    [InlineData("two\\nlines\\r\\nand\\ttabs\\u2028more\\u2029and\\u0085yet more")]
    [InlineData("\\u0000\\u0001\\u001f\\ufffe\\uffff")]
    [InlineData("\\ud83d\\ude80 and half of it: \\ud83d")]
    [InlineData("東西🚀 Żółć")]
    [InlineData("\\\"\\\"\\\" {x} @ $ \\\\ %")]
    public void Whatever_a_spec_says(string text)
    {
        var spec = DemoSpec
            .Text.Replace("\"title\": \"Demo\"", $"\"title\": \"{text}\"", StringComparison.Ordinal)
            .Replace("\"A demo.\"", $"\"{text}\"", StringComparison.Ordinal)
            .Replace("\"Open.\"", $"\"{text}\"", StringComparison.Ordinal)
            .Replace("\"So it is.\"", $"\"{text}\"", StringComparison.Ordinal)
            .Replace("\"One is enough.\"", $"\"{text}\"", StringComparison.Ordinal)
            .Replace(
                "\"Who.\"",
                // An example must be a value that the service takes: one line.
                $"\"{text}\", \"unverified\": \"{text}\", \"examples\": [\"{(text.Contains("\\u", StringComparison.Ordinal) ? "Who" : text)}\"]",
                StringComparison.Ordinal
            );

        var generation = Generation.Of(SpecFile.Of(DemoSpec.Subtype, spec));

        generation.AssertPrints();
        generation.Compiled().AssertClean();
    }

    [Fact]
    public void Every_public_member_says_what_the_spec_says()
    {
        var source = Generation.Of(SpecFile.Of(DemoSpec.Subtype, DemoSpec.Text)).Sources["DemoStoreArgs.g.cs"];

        foreach (
            var line in new[]
            {
                "/// <summary>Declares a store: Demo. A demo.</summary>",
                "/// Optional; can be updated in place. Sent as <c>'demo.user'</c>.<br/>",
                "/// Required when Mode is Closed: So it is.",
                "/// Optional; secret; can be updated in place. Sent as <c>'demo.password'</c>.<br/>",
                "/// Set either Password, or Group: One is enough.",
                "/// Optional, 3 when not set; can't be updated in place. Sent as <c>'demo.retries'</c>.<br/>",
                "/// Is 0 when Quiet is true: Retries are loud.",
                "/// Must not be set when Mode is Closed: So it is.",
                "/// <remarks>Sent as <c>AJAR</c>.</remarks>",
            }
        )
        {
            Assert.Contains(line, source, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_line_of_an_attribute_can_be_read_without_scrolling()
    {
        var lines = Generation
            .Of(Repository.All())
            .Sources.Values.SelectMany(source => source.Split('\n'))
            .Where(line => line.TrimStart().StartsWith('[') || line.Contains("Because = ", StringComparison.Ordinal))
            .ToArray();

        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 200));
    }
}
