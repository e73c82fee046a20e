using System.Text.Json;
using DeltaStream.Repository.Tests.Docs;
using DeltaStream.Repository.Tests.Files;

namespace DeltaStream.Repository.Tests.Samples;

/// <summary>A sample is short, its output is checked, and it takes as many lines as the pages say.</summary>
public sealed class SampleTests
{
    private const int MostLines = 60;

    // The quickstart is a show of everything, which its picture checks. The Pulumi tests run the other one.
    private static readonly string[] s_others = ["Quickstart", "pulumi"];

    public static TheoryData<string> Names => [.. Sample.Folders.Except(s_others)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_sample_has_at_most_60_lines_of_code(string name) =>
        Assert.InRange(Sample.CodeOf(name).Length, 1, MostLines);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_output_of_a_sample_is_checked_and_its_command_is_on_the_page(string name)
    {
        Assert.Contains(name, Sample.All);
        Assert.Contains($"\ncheck {name}\n", TextFile.At("samples/run").Text, StringComparison.Ordinal);
        Assert.Contains($"\n| [{name}](", TextFile.At("samples/README.md").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Three_stores_of_appsettings_are_applied_at_start_in_at_most_12_lines()
    {
        var settings = JsonDocument.Parse(TextFile.At("samples/Worker/appsettings.json").Text).RootElement;
        Assert.Equal(3, settings.GetProperty("Stores").EnumerateObject().Count());

        var program = Sample
            .CodeOf("Worker", "Program.cs")
            .TakeWhile(l => !l.Contains("class", StringComparison.Ordinal))
            .ToArray();
        Assert.Contains(program, l => l.Contains(".ApplyStores()", StringComparison.Ordinal));
        Assert.InRange(program.Length, 1, 12);
    }

    [Fact]
    public void Health_and_telemetry_are_two_lines()
    {
        Assert.Equal(2, Statements("AddDeltaStreamHealthCheck", "AddDeltaStreamInstrumentation"));
        Assert.Equal(2, Sample.Code(Block("Health and telemetry are two lines:").Split('\n'), "//").Length);
    }

    [Fact]
    public void A_second_organization_is_one_line()
    {
        Assert.Equal(1, Statements("AddKeyedDeltaStream"));
        Assert.Single(
            Block("A second organization is one line.").Split('\n'),
            l => l.Contains("AddKeyedDeltaStream", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_fixture_and_the_first_test_are_at_most_11_lines() =>
        Assert.InRange(Sample.CodeOf("XunitTests", "FirstTest.cs").Length, 1, 11);

    [Theory]
    [InlineData("README.md")]
    [InlineData("runtime/DeltaStream.Testing/README.md")]
    public void A_fixture_and_the_first_test_are_11_lines_on_the_page(string page)
    {
        var block = CodeBlock
            .Of(TextFile.At(page))
            .First(b => b.IsCSharp && b.Code.Contains("IClassFixture", StringComparison.Ordinal));

        Assert.Equal(11, Sample.Code(block.Code.Split('\n'), "//").Length);
    }

    [Fact]
    public void Comments_and_empty_lines_are_not_counted() =>
        Assert.Equal(
            ["var a = 1; // One."],
            Sample.Code(["// Why.", "", "  /// <summary>", "  var a = 1; // One."], "//")
        );

    /// <summary>How many lines of the web API have one of the names. Each is a whole statement.</summary>
    private static int Statements(params string[] names)
    {
        var lines = Sample
            .CodeOf("WebApi", "Program.cs")
            .Where(l => names.Any(n => l.Contains(n, StringComparison.Ordinal)))
            .ToArray();
        Assert.All(lines, l => Assert.Matches("^builder\\..*;$", l));
        return lines.Length;
    }

    /// <summary>The block that follows a sentence of the page about the host.</summary>
    private static string Block(string sentence)
    {
        var text = TextFile.At("docs/hosting.md").Text;
        return CodeBlock.Of(text[text.IndexOf(sentence, StringComparison.Ordinal)..]).First(b => b.IsCSharp).Code;
    }
}
