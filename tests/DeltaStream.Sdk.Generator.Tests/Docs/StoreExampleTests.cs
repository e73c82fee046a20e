using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Docs;

/// <summary>The programs on the pages of stores compile as they stand, and become the statements that stand below them.</summary>
public sealed class StoreExampleTests
{
    public static TheoryData<string> Subtypes => [.. Repository.Subtypes];

    [Theory]
    [MemberData(nameof(Subtypes))]
    public async Task Programs_compile_without_a_warning_and_become_the_statements_shown(string subtype)
    {
        var blocks = PageText.OfStore(subtype).Blocks;

        var secrets = Repository
            .Accounts(subtype)
            .SelectMany(a => a.Values)
            .Where(v => v.Property.Secret)
            .DistinctBy(v => v.Property.Member)
            .ToDictionary(v => v.Property.Member, v => (string)v.Value);

        Assert.NotEmpty(blocks);
        Assert.StartsWith("using ", blocks[0].Code, StringComparison.Ordinal);
        for (var i = 0; i < blocks.Count; i += 2)
        {
            Assert.Equal(("csharp", "sql"), (blocks[i].Language, blocks[i + 1].Language));
            // What is no whole program follows the first one.
            var code = blocks[i].Code.StartsWith("using ", StringComparison.Ordinal)
                ? blocks[i].Code
                : $"{blocks[0].Code}\n{blocks[i].Code}";
            var program = new PageProgram(code, secrets);

            Assert.Empty(await program.Complaints());
            Assert.Equal(program.Run().ToString(), OnOneLine(blocks[i + 1].Code));
        }
    }

    [Theory]
    [MemberData(nameof(Subtypes))]
    public void There_is_a_program_for_each_account(string subtype)
    {
        var accounts = Repository.Accounts(subtype);
        var programs = PageText
            .OfStore(subtype)
            .Blocks.Where(b => b.Code.Contains("CREATE STORE", StringComparison.Ordinal))
            .Select(b => b.Code)
            .ToArray();

        Assert.NotEmpty(accounts);
        Assert.All(
            accounts.Select((a, i) => (Account: a, Statement: programs[i])),
            one =>
                Assert.All(
                    one.Account.Values,
                    v => Assert.Contains($"'{v.Property.Key}' = ", one.Statement, StringComparison.Ordinal)
                )
        );
    }

    [Theory]
    [InlineData("Uris = \"a:1\",", "", "CS9035")]
    [InlineData("SaslPassword = configuration[\"p\"],", "", "DS2001")]
    [InlineData("SaslPassword = configuration[\"p\"],", "SaslPassword = \"hush\",", "DS2010")]
    [InlineData("client.CreateAsync", "client.MakeAsync", "CS1061")]
    public async Task A_wrong_program_would_be_noticed(string was, string becomes, string id)
    {
        const string Right = """
            using DeltaStream.Sdk;

            var store = new KafkaStoreArgs
            {
                Name = "n",
                Uris = "a:1",
                SaslHashFunction = KafkaSaslHashFunction.Plain,
                SaslUsername = configuration["u"],
                SaslPassword = configuration["p"],
            };
            await client.CreateAsync(store);
            """;

        Assert.Empty(await new PageProgram(Right).Complaints());
        Assert.Contains(
            await new PageProgram(Right.Replace(was, becomes, StringComparison.Ordinal)).Complaints(),
            c => c.Contains(id, StringComparison.Ordinal)
        );
    }

    private static string OnOneLine(string statement) => string.Join(' ', statement.Split('\n').Select(l => l.Trim()));
}
