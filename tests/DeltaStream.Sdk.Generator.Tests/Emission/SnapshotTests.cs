using System.Globalization;
using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Emission;

/// <summary>What is generated for the shipped specs, letter by letter. A change here is a change for every user.</summary>
public sealed class SnapshotTests
{
    [Theory]
    [InlineData("KafkaStoreArgs")]
    [InlineData("PostgresStoreArgs")]
    [InlineData("SnowflakeStoreArgs")]
    [InlineData("StoreSubtypes")]
    public void The_shipped_specs_give_this_code(string file) =>
        Running.Snapshots.Match($"{file}.snap", Generation.Of(Repository.Three()).Sources[$"{file}.g.cs"]);

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("sv-SE")]
    public void No_culture_changes_a_letter_of_code_or_message(string culture)
    {
        var specs = Repository
            .All()
            .Append(
                SpecFile.Of(
                    "demo",
                    DemoSpec
                        .Text.Replace("\"minimum\": 0", "\"minimum\": -12345", StringComparison.Ordinal)
                        .Replace(
                            "\"description\": \"Who.\"",
                            "\"description\": \"İI.\", \"maxLength\": 12345",
                            StringComparison.Ordinal
                        )
                )
            )
            .Append(
                SpecFile.Of(
                    "wrong",
                    DemoSpec.With("\"minimum\": 0", "\"Minimum\": 0, \"minimum\": -5, \"maximum\": -6")
                )
            )
            .ToArray();
        var expected = Generation.Of(specs);

        var actual = Under(culture, () => Generation.Of(specs));

        Assert.Equal(expected.Sources, actual.Sources);
        actual.AssertPrints(expected.Diagnostics.Select(d => d.ToString()));
        Assert.NotEmpty(expected.Diagnostics);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void No_line_end_of_a_spec_changes_a_letter_and_all_lines_end_in_LF(string lineEnd)
    {
        var specs = Repository.All().ToArray();
        var expected = Generation.Of(specs).Sources;

        var actual = Generation
            .Of(specs.Select(s => new SpecFile(s.Path, s.GetText()!.ToString().ReplaceLineEndings(lineEnd))))
            .Sources;

        Assert.Equal(expected, actual);
        Assert.DoesNotContain(actual.Values, s => s.Contains('\r', StringComparison.Ordinal));
        Assert.All(actual.Values, s => Assert.EndsWith("}\n", s, StringComparison.Ordinal));
    }

    [Fact]
    public void No_order_of_files_changes_a_letter()
    {
        var specs = Repository.All().ToArray();

        Assert.Equal(Generation.Of(specs).Sources, Generation.Of(specs.Reverse()).Sources);
    }

    [Fact]
    public void No_folder_of_a_spec_changes_a_letter()
    {
        var elsewhere = Repository
            .All()
            .Select(s => new SpecFile($"/home/somebody/{Path.GetFileName(s.Path)}", s.GetText()!));

        Assert.Equal(Generation.Of(Repository.All()).Sources, Generation.Of(elsewhere).Sources);
    }

    private static T Under<T>(string culture, Func<T> run)
    {
        var (before, beforeUi) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(culture);
            return run();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, beforeUi);
        }
    }
}
