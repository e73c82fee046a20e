using System.Text.RegularExpressions;
using DeltaStream.EndToEnd.Tests.Wire;
using DeltaStream.Sdk;
using DeltaStream.TestSupport;

namespace DeltaStream.EndToEnd.Tests;

/// <summary>Both transports send the same statements. Only files travel differently.</summary>
public sealed partial class StatementTests : EndToEndTest
{
    // What parsers of parameters, comments, batches and escapes might take for their own.
    private const string Awkward = "a'b''c\"d\\e;--f/*g*/$1$$ :h @i ?{0}%s\t東\U0001F600";

    [Requirement("NFR-005")]
    [Theory]
    [MemberData(nameof(Subtypes.All), MemberType = typeof(Subtypes))]
    public async Task Statements_are_the_same_over_each_transport_but_for_files(string subtype)
    {
        var (good, changed, _) = Subtypes[subtype];
        using var http = new RecordingHandler();
        await using var rest = DataSourceBy(http);
        await using var relay = new Relay(Emulator.PostgresEndpoint);
        await using var postgres = DataSourceBy(relay);

        // Not every subtype has a description.
        StoreArgs[] stores = good.Subtype.Properties.Any(p => p.Name == "description")
            ? [good, good with { Description = Awkward }]
            : [good];
        foreach (var client in new[] { ClientOf(rest), ClientOf(postgres) })
        {
            foreach (var store in stores)
            {
                await Clock.RunAsync(client.CreateAsync(store));
                if (changed is not null)
                {
                    await Clock.RunAsync(client.UpdateAsync(changed, good));
                    await Clock.RunAsync(client.UpdateAsync(good));
                }

                await Clock.RunAsync(client.DeleteAsync(Subtypes.Name));
            }
        }

        var files = http.Sent.SelectMany(s => s.Attachments).DistinctBy(a => a.Name).ToList();
        var overRest = Changes(http.Statements);
        var overPostgres = Changes(Statement().Matches(relay.Said).Select(m => m.Value))
            .Select(statement =>
                files.Aggregate(
                    statement,
                    (text, file) =>
                        text.Replace(Convert.ToBase64String(file.Content), file.Name, StringComparison.Ordinal)
                )
            )
            .ToList();
        Assert.Equal((changed is null ? 2 : 4) * stores.Length, overRest.Count);
        Assert.Equal(overRest, overPostgres);
    }

    [Theory]
    [InlineData("SELECT $$a;b$$", "a;b")]
    [InlineData("SELECT $tag$it's; $$ -- $tag$", "it's; $$ -- ")]
    [InlineData("SELECT $$a;b$$ || 'c;d'", "a;bc;d")]
    [InlineData("SELECT $é$/* ; */$é$;", "/* ; */")]
    [InlineData("SELECT $$$$", "")]
    public async Task A_string_in_dollar_quotes_is_one_statement_s_text_over_each_transport(string text, string meant)
    {
        foreach (var transport in Enum.GetValues<Transport>())
        {
            await using var command = DataSourceOver(transport).CreateCommand(text);

            Assert.Equal(meant, await command.ExecuteScalarAsync());
        }
    }

    [Fact]
    public async Task A_file_travels_beside_the_statement_under_the_very_name_that_stands_in_it()
    {
        var snowflake = (SnowflakeStoreArgs)Subtypes["snowflake"].Good;
        using var http = new RecordingHandler();
        await using var rest = DataSourceBy(http);

        await Clock.RunAsync(ClientOf(rest).CreateAsync(snowflake));

        var create = http.Sent.First(s => s.Text.StartsWith("CREATE STORE", StringComparison.Ordinal));
        Assert.Contains("'snowflake.client.key_file' = '@keyfile'", create.Text, StringComparison.Ordinal);
        Assert.Equal(
            ("@keyfile", snowflake.ClientKey.Length),
            (create.Attachments[0].Name, create.Attachments[0].Content.Length)
        );
        Assert.True(snowflake.ClientKey.Reveal().Span.SequenceEqual(create.Attachments[0].Content));
    }

    [Requirement("NFR-005")]
    [Fact]
    public async Task A_store_whose_files_came_in_the_statement_is_not_changed_by_attachments()
    {
        var good = (SnowflakeStoreArgs)Subtypes["snowflake"].Good;
        await Clock.RunAsync(ClientOver(Transport.Postgres).CreateAsync(good));
        using var http = new RecordingHandler();
        await using var rest = DataSourceBy(http);
        var same = good with { ClientKey = StoreFile.FromBytes(good.ClientKey.Reveal().Span) };

        await Clock.RunAsync(ClientOf(rest).UpdateAsync(same, good));
        Assert.All(http.Statements, s => Assert.StartsWith("SELECT", s, StringComparison.Ordinal));

        await Clock.RunAsync(ClientOf(rest).UpdateAsync(same with { WarehouseName = "OTHER_WH" }, good));
        Assert.True((await ClientOf(rest).GetAsync(Subtypes.Name))!.IsReady);
    }

    private static List<string> Changes(IEnumerable<string> statements) =>
        [
            .. statements
                .Where(s =>
                    !s.StartsWith("SELECT", StringComparison.Ordinal)
                    && !s.StartsWith("DESCRIBE", StringComparison.Ordinal)
                )
                // Npgsql takes the semicolon at the end for its own and does not send it.
                .Select(s => s.TrimEnd(';')),
        ];

    /// <summary>Finds a statement in the messages of the PostgreSQL protocol, where a NUL ends it.</summary>
    [GeneratedRegex("(CREATE|UPDATE|DROP) STORE [^\0]*")]
    private static partial Regex Statement();
}
