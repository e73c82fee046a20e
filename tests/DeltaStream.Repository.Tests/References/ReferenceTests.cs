using System.Text.RegularExpressions;
using DeltaStream.Repository.Tests.Files;

namespace DeltaStream.Repository.Tests.References;

/// <summary>A number in a comment or on a page leads to a place in docs/.</summary>
public sealed partial class ReferenceTests
{
    private const int Timeout = 10_000;

    // Between two words of a comment, which can go on in the next line.
    private const string Gap = @"(\s|//+)+";

    private const string Section = @"\d+(\.\d+)?";

    [Fact]
    public void A_wire_fact_has_a_section()
    {
        var sections = TextFile
            .Pages.Where(p => p.Path.StartsWith("docs/facts/", StringComparison.Ordinal))
            .SelectMany(p => Numbers(SectionHeading(), p.Text))
            .ToArray();

        Assert.Equal(sections.Distinct(), sections);
        Faults.AssertNone(Lost(WireFact(), sections));
        Faults.AssertNone(Lost(FactColumn(), sections, "docs/left-out.md"));
    }

    [Fact]
    public void A_wire_fact_is_called_so_and_has_a_number()
    {
        Faults.AssertNone(Places(FactWithoutWire(), TextFile.All));
        Faults.AssertNone(Places(WireFactWithoutNumber(), TextFile.All.Except(TextFile.Pages)));
    }

    [Fact]
    public void A_requirement_and_a_decision_of_the_specification_have_a_row() =>
        Faults.AssertNone(Lost(Requirement(), Numbers(RequirementRow(), TextFile.At("docs/requirements.md").Text)));

    [Fact]
    public void A_decision_is_in_the_list()
    {
        const string page = "docs/decisions/README.md";
        var decisions = Numbers(DecisionItem(), TextFile.At(page).Text).ToArray();

        Assert.Equal(Enumerable.Range(1, decisions.Length).Select(n => $"{n}"), decisions);
        Faults.AssertNone(Lost(Decision(), decisions));
        Faults.AssertNone(Lost(NumberInBrackets(), decisions, page));
    }

    [Fact]
    public void A_path_leads_to_a_page() =>
        Faults.AssertNone(Lost(PagePath(), TextFile.Pages.Select(p => p.Path).Append(Invented)));

    [Theory]
    [InlineData("// Rows are filtered (wire fact 3.1).", "3.1")]
    [InlineData("/// (wire facts 1.2, 3.4 and 4), and 5 more", "1.2 3.4 4")]
    [InlineData("    /// as the catalog writes it (wire " + "fact\n    /// 3.3).", "3.3")]
    public void A_reference_is_found_whole(string text, string sections) =>
        Assert.Equal(sections.Split(' '), Numbers(WireFact(), text));

    // The subtype that docs/adding-a-subtype.md makes up.
    private const string Invented = "docs/stores/tide.md";

    private static IEnumerable<string> Lost(Regex reference, IEnumerable<string> known, string? path = null) =>
        from file in path is null ? TextFile.All : [TextFile.At(path)]
        from match in reference.Matches(file.Text)
        from to in match.Groups["to"].Captures
        where !known.Contains(to.Value)
        select $"{file.PlaceOf(match.Index)}: {to.Value} leads nowhere";

    private static IEnumerable<string> Places(Regex text, IEnumerable<TextFile> files) =>
        files.SelectMany(f => text.Matches(f.Text).Select(m => $"{f.PlaceOf(m.Index)}: {m.Value}"));

    private static IEnumerable<string> Numbers(Regex text, string from) =>
        text.Matches(from).SelectMany(m => m.Groups["to"].Captures).Select(c => c.Value);

    [GeneratedRegex(
        @$"\b[Ww]ire{Gap}facts?{Gap}(?<to>{Section})((,|{Gap}and){Gap}(?<to>{Section}))*",
        RegexOptions.ExplicitCapture,
        Timeout
    )]
    private static partial Regex WireFact();

    [GeneratedRegex(@$"(?<!\b[Ww]ire{Gap})\b[Ff]acts?{Gap}\d", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex FactWithoutWire();

    [GeneratedRegex(@$"\b[Ww]ire{Gap}facts?\b(?!{Gap}\d)", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex WireFactWithoutNumber();

    [GeneratedRegex(@$"^##+ (?<to>{Section}) ", RegexOptions.ExplicitCapture | RegexOptions.Multiline, Timeout)]
    private static partial Regex SectionHeading();

    [GeneratedRegex(
        @$"^\|.*\| (?<to>{Section})(, (?<to>{Section}))* \|[^|]*\|$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        Timeout
    )]
    private static partial Regex FactColumn();

    [GeneratedRegex(@"\b(?<to>(D|N?FR)-\d+)\b", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex Requirement();

    [GeneratedRegex(@"^\| (?<to>(D|N?FR)-\d{3}) \|", RegexOptions.ExplicitCapture | RegexOptions.Multiline, Timeout)]
    private static partial Regex RequirementRow();

    [GeneratedRegex(@$"\b[Dd]ecisions?{Gap}(?<to>\d+)\b", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex Decision();

    [GeneratedRegex(@"^(?<to>\d+)\. ", RegexOptions.ExplicitCapture | RegexOptions.Multiline, Timeout)]
    private static partial Regex DecisionItem();

    [GeneratedRegex(@"\((?<to>\d+)\)", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex NumberInBrackets();

    [GeneratedRegex(@"(?<![\w/.-])(?<to>docs/[\w/-]+\.md)\b", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex PagePath();
}
