using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Diagnostics;

public sealed class NotJsonTests
{
    [Theory]
    [InlineData(
        "\"DEMO\",\n  \"title\"",
        "\"DEMO\"\n  ⟦\"⟧title\"",
        """The spec is not JSON: expected ',' or '}', found '"'"""
    )]
    public void What_is_not_JSON_is_refused_where_it_stops_being_JSON(
        string find,
        string replacement,
        string message
    ) => SpecMistake.Assert(find, replacement, "DS1001", message);

    [Theory]
    [InlineData("⟦⟧", "a value", "the end of the file")]
    [InlineData(" \r\n ⟦⟧", "a value", "the end of the file")]
    [InlineData("{\r\n  \"subtype\": \"démo\",\r\n  ⟦s⟧ubtype: 1\r\n}", "a name in double quotes", "'s'")]
    [InlineData("{ \"東西🚀\": 1, ⟦}⟧", "a name in double quotes", "'}'")]
    [InlineData("{} ⟦/⟧/ done", "the end of the file", "'/'")]
    public void Whole_files_that_are_not_JSON_are_refused(string marked, string expected, string found) =>
        SpecMistake.Assert(marked, "DS1001", $"The spec is not JSON: expected {expected}, found {found}");
}
