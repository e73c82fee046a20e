using DeltaStream.Data.Tests.Serving;

namespace DeltaStream.Data.Tests.Secrets;

/// <summary>Whatever form a literal has in a statement, no message of the bare provider shows its value.</summary>
public sealed class LiteralFormTests
{
    private const string Value = "correct-horse";

    [Theory]
    [InlineData("'correct-horse'", "standard")]
    [InlineData("E'correct-horse'", "escape string")]
    [InlineData("e'correct\\055horse'", "escape string with a code")]
    [InlineData("E'correct-horse\\' still'", "escape string with a quote")]
    [InlineData("'correct-horse\\' still'", "a backslash in front of a quote")]
    [InlineData("U&'correct-horse'", "Unicode string")]
    [InlineData("U&'correct\\002Dhor\\+000073e'", "Unicode string with codes")]
    [InlineData("u&'correct!002Dhorse' UESCAPE '!'", "Unicode string with an escape sign of its own")]
    [InlineData("$$correct-horse$$", "dollars")]
    [InlineData("$tag$correct-horse$tag$", "dollars with a tag")]
    [InlineData("$a$it's $$correct-horse$$ $a$", "dollars in dollars")]
    [InlineData("N'correct-horse'", "national string")]
    [InlineData("B'correct-horse'", "bit string")]
    [InlineData("'correct-horse'::text", "cast")]
    [InlineData("CAST('correct-horse' AS VARCHAR)", "CAST")]
    [InlineData("TEXT 'correct-horse'", "typed literal")]
    [InlineData("'corre' || 'ct-ho' || 'rse'", "concatenation")]
    [InlineData("E'corre' || $$ct-ho$$ || U&'rs\\0065'", "concatenation of several forms")]
    [InlineData("('corre' || ('ct-ho'::text || 'rse'))", "concatenation in parentheses")]
    [InlineData("CONCAT('corre', 'ct-ho', 'rse')", "CONCAT")]
    [InlineData("'correct-'\n  'horse'", "continued on the next line")]
    [InlineData("'correct-' /* c */ 'horse'", "continued behind a comment")]
    [InlineData("'correct-horse", "without an end")]
    [InlineData("$$correct-horse", "dollars without an end")]
    [InlineData("E'correct-horse", "escape string without an end")]
    public async Task A_value_is_masked_in_every_form(string literal, string form)
    {
        string[] statements =
        [
            $"CREATE STORE s WITH ('kafka.sasl.password' = {literal}, 'type' = KAFKA);",
            $"ALTER USER u IDENTIFIED BY {literal};",
            $"SELECT * FROM t WHERE password = {literal}",
            $"SELECT * FROM t WHERE a = 1 AND token IN ('other-token', {literal})",
        ];
        foreach (var statement in statements)
        {
            await using var server = await ScriptedServer.StartAsync();
            server.Respond(Responses.Failure("42601", $"the value {Value} is refused"));
            await using var source = Execution.Source(server.Address);
            await using var command = source.CreateCommand(statement);

            var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(true));

            // A blank that follows the value in its literal is a part of it.
            Assert.True(
                failure.Message is "the value *** is refused" or "the value ***is refused",
                $"{form}: {failure.Message} of {statement}"
            );
        }
    }

    // The names in a message are what the user needs.
    [Theory]
    [InlineData("SELECT key FROM t WHERE name = 'correct-horse'")]
    [InlineData("SELECT * FROM t WHERE password = 'x' AND name = 'correct-horse'")]
    [InlineData("SELECT * FROM t WHERE token IN ('x', 'y') OR name = 'correct-horse'")]
    [InlineData("SELECT password, 'correct-horse' FROM t")]
    [InlineData("SELECT * FROM \"secrets\" WHERE name = 'correct-' || 'horse'")]
    public async Task A_read_shows_what_is_no_secret(string statement)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Failure("42601", $"the value {Value} is refused"));
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand(statement);

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(true));

        Assert.Equal("the value correct-horse is refused", failure.Message);
    }
}
