using System.Text.RegularExpressions;
using DeltaStream.Data.Errors;
using DeltaStream.TestSupport;

namespace DeltaStream.Data.Tests.Failures;

/// <summary>The list of SQLSTATEs that prove a refusal is the one of docs/facts/errors.md.</summary>
public sealed partial class RefusalTableTests
{
    private const string Title = "| Kind | Proves that nothing happened |";

    [Fact]
    public void Code_and_page_have_the_same_list()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "facts", "errors.md"));
        var table = page[page.IndexOf(Title, StringComparison.Ordinal)..];
        var written = SqlState().Matches(table[..table.IndexOf("\n\n", StringComparison.Ordinal)]).Select(m => m.Value);

        Assert.Equal(SqlStates.Refusals.Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("08006")]
    [InlineData("40003")]
    [InlineData("57014")]
    [InlineData("57P01")]
    [InlineData("58030")]
    [InlineData("53300")]
    [InlineData("XX000")]
    [InlineData("3E001")]
    [InlineData("42p05")]
    [InlineData("ZZ999")]
    public void What_is_not_on_the_list_proves_nothing(string? sqlState) =>
        Assert.False(DeltaStreamException.ProvesRefusal(sqlState));

    [GeneratedRegex("\\b[0-9][0-9A-Z]{4,5}\\b", RegexOptions.None, 1000)]
    private static partial Regex SqlState();
}
