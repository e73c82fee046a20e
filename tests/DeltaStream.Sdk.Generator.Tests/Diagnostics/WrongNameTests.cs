using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Diagnostics;

public sealed class WrongNameTests
{
    [Theory]
    [InlineData(
        "\"uris\": {",
        """⟦"the uris"⟧: {""",
        """The name 'the uris' can't be used: it must be camelCase, such as userName"""
    )]
    [InlineData(
        "\"uris\": {",
        """⟦"größe"⟧: {""",
        """The name 'größe' can't be used: it must be camelCase, such as userName"""
    )]
    [InlineData("\"uris\": {", """⟦""⟧: {""", """The name '' can't be used: it must be camelCase, such as userName""")]
    [InlineData(
        "\"uris\": {",
        """⟦"owner"⟧: {""",
        """The name 'owner' can't be used: the record has a member of that name, or may get one; choose another"""
    )]
    [InlineData(
        "\"uris\": {",
        """⟦"name"⟧: {""",
        """The name 'name' can't be used: the record has a member of that name, or may get one; choose another"""
    )]
    [InlineData(
        "\"uris\": {",
        """⟦"equalityContract"⟧: {""",
        """The name 'equalityContract' can't be used: the record has a member of that name, or may get one; choose another"""
    )]
    [InlineData(
        "\"uris\": {",
        """⟦"writeType"⟧: {""",
        """The name 'writeType' can't be used: the record has a member of that name, or may get one; choose another"""
    )]
    [InlineData(
        "\"uris\": {",
        """⟦"storeArgs"⟧: {""",
        """The name 'storeArgs' can't be used: the record has a member of that name, or may get one; choose another"""
    )]
    [InlineData(
        "\"uris\": {",
        """⟦"effectiveQuiet"⟧: {""",
        """The name 'effectiveQuiet' can't be used: the record has a member of that name, or may get one; choose another"""
    )]
    [InlineData(
        "\"uris\": {",
        """⟦"demoStoreArgs"⟧: {""",
        """The name 'demoStoreArgs' can't be used: it is the record's own name; choose another"""
    )]
    [InlineData(
        "\"open\": {",
        """⟦"OPEN"⟧: {""",
        """The name 'OPEN' can't be used: it must be camelCase, such as roundRobin"""
    )]
    public void A_name_that_C_sharp_or_the_SDK_has_no_room_for_is_refused(
        string find,
        string replacement,
        string message
    ) => SpecMistake.Assert(find, replacement, "DS1006", message);

    [Theory]
    [InlineData("all")]
    [InlineData("get")]
    [InlineData("try-get")]
    [InlineData("store-subtypes")]
    [InlineData("equals")]
    [InlineData("store")]
    [InlineData("secret")]
    [InlineData("name")]
    [InlineData("owner")]
    [InlineData("description")]
    [InlineData("created-at")]
    // Pulumi's own, of every resource.
    [InlineData("id")]
    [InlineData("urn")]
    public void A_subtype_that_the_registry_or_the_SDK_has_no_room_for_is_refused(string subtype)
    {
        var (text, _) = MarkedText.Parse(DemoSpec.With("\"demo\"", $"⟦\"{subtype}\"⟧"));

        var generation = Generation.Of(SpecFile.Of(subtype, text));

        Assert.Equal(
            [
                $"specs/{subtype}.store.json(2,14): error DS1006: The name '{subtype}' can't be used: the SDK has a member or a type of that name already; choose another",
            ],
            generation.Diagnostics.Select(d => d.ToString())
        );
    }
}
