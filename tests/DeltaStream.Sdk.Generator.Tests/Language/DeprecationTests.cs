using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Language;

/// <summary>What is deprecated says so to the compiler, in documentation, and to nobody else.</summary>
public sealed class DeprecationTests
{
    private static readonly string s_spec = DemoSpec
        .With(
            "\"description\": \"Who.\"",
            "\"deprecated\": { \"since\": \"1.2\", \"use\": \"group\" }, \"description\": \"Who.\""
        )
        .Replace(
            "\"description\": \"Both.\"",
            "\"deprecated\": { \"since\": \"1.3\" }, \"description\": \"Both.\"",
            StringComparison.Ordinal
        );

    [Fact]
    public void Generated_code_with_deprecated_members_compiles_without_a_word() =>
        Generation.Of(SpecFile.Of(DemoSpec.Subtype, s_spec)).Compiled().AssertClean();

    [Fact]
    public void Using_what_is_deprecated_is_a_warning_with_the_way_out()
    {
        const string Use = """
            using DeltaStream.Sdk;
            internal static class Use
            {
                public static object Declared { get; } = new DemoStoreArgs
                {
                    Name = "x",
                    Uris = "https://example.com",
                    Mode = DemoMode.Ajar,
                    User = "me",
                };
            }
            """;

        var complaints = Generation.Of(SpecFile.Of(DemoSpec.Subtype, s_spec)).Compiled(Use).Complaints();

        Assert.Collection(
            complaints,
            c =>
                Assert.Contains(
                    "CS0618: 'DemoMode.Ajar' is obsolete: 'Deprecated since 1.3, and will be removed.'",
                    c,
                    StringComparison.Ordinal
                ),
            c =>
                Assert.Contains(
                    "CS0618: 'DemoStoreArgs.User' is obsolete: 'Deprecated since 1.2: use Group instead.'",
                    c,
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public void The_documentation_says_so_too()
    {
        var source = Generation.Of(SpecFile.Of(DemoSpec.Subtype, s_spec)).Sources["DemoStoreArgs.g.cs"];

        Assert.Contains("/// Deprecated since 1.2: use Group instead.\n", source, StringComparison.Ordinal);
        Assert.Contains(
            "Sent as <c>AJAR</c>. Deprecated since 1.3, and will be removed.</remarks>",
            source,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Nothing_changes_where_nothing_is_deprecated()
    {
        var source = Generation.Of(SpecFile.Of(DemoSpec.Subtype, DemoSpec.Text)).Sources["DemoStoreArgs.g.cs"];

        Assert.DoesNotContain("Obsolete", source, StringComparison.Ordinal);
        Assert.DoesNotContain("#pragma warning disable CS0618", source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("⟦{⟧ \"use\": \"group\" }", "DS1003", "'deprecated' needs 'since': add it")]
    [InlineData("{ \"since\": ⟦\"next\"⟧ }", "DS1005", "'since' can't be 'next': it must be a version such as 1.2")]
    [InlineData("{ \"since\": ⟦\"01.2\"⟧ }", "DS1005", "'since' can't be '01.2': it must be a version such as 1.2")]
    [InlineData("⟦true⟧", "DS1004", "'deprecated' must be an object, not a boolean")]
    [InlineData(
        "{ \"since\": \"1.2\", \"use\": ⟦\"grop\"⟧ }",
        "DS1005",
        "'use' can't be 'grop': there is nothing of that name; did you mean 'group'?"
    )]
    [InlineData(
        "{ \"since\": \"1.2\", \"use\": ⟦\"user\"⟧ }",
        "DS1009",
        "'user' can't be used instead of itself: name another, or leave 'use' out"
    )]
    [InlineData("{ \"since\": \"1.2\", ⟦\"why\"⟧: 1 }", "DS1002", "'deprecated' has no 'why'; there is use")]
    public void A_mistake_is_refused_at_its_place(string marked, string id, string message) =>
        SpecMistake.Assert(
            "\"description\": \"Who.\"",
            $"\"deprecated\": {marked}, \"description\": \"Who.\"",
            id,
            message
        );

    [Fact]
    public void What_is_deprecated_itself_is_no_way_out() =>
        SpecMistake.Assert(
            s_spec
                .Replace(
                    "\"kind\": \"identifier\"",
                    "\"kind\": \"identifier\", \"deprecated\": { \"since\": \"1.2\", \"use\": ⟦\"user\"⟧ }",
                    StringComparison.Ordinal
                )
                .Replace(", \"use\": \"group\"", "", StringComparison.Ordinal),
            "DS1009",
            "'user' is deprecated itself, so it is no way out: name another, or leave 'use' out"
        );

    [Fact]
    public void What_is_required_can_not_be_deprecated() =>
        SpecMistake.Assert(
            "\"kind\": \"uris\", \"required\": true,",
            "\"kind\": \"uris\", \"required\": true, \"deprecated\": ⟦{ \"since\": \"1.2\" }⟧,",
            "DS1009",
            "'uris' is required, so nobody can stop using it: make it optional first"
        );

    [Fact]
    public void What_every_store_has_can_not_be_deprecated() =>
        SpecMistake.Assert(
            "\"cert\": { \"key\"",
            "\"description\": { \"key\": \"description\", \"kind\": \"string\", \"description\": \"x\", \"deprecated\": ⟦{ \"since\": \"1.2\" }⟧ }, \"cert\": { \"key\"",
            "DS1009",
            "'description' fills the member that every store has: it must be an optional string, and neither secret nor deprecated"
        );
}
