using DeltaStream.Declarations;
using DeltaStream.Sdk.Generator.Tests.Analysis;
using DeltaStream.Sdk.Generator.Tests.Running;
using DeltaStream.WriteDocs.Stores;

namespace DeltaStream.Sdk.Generator.Tests.Docs;

/// <summary>Where a spec and its accounts give no page, the command says what is wrong and where to mend it.</summary>
public sealed class StoreFaultTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deltastream-accounts-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(null, "postgres.accounts.json does not exist beside postgres.store.json: add it, an array with one ")]
    [InlineData("[]", "postgres.accounts.json is empty: make it an array with one ")]
    [InlineData("{}", "postgres.accounts.json is not understood: make it an array with one ")]
    [InlineData("[", "postgres.accounts.json is not understood: make it an array with one ")]
    [InlineData(
        """[{ "type": "POSTGRESQL" }]""",
        "postgres.accounts.json is not understood: make it an array with one "
    )]
    [InlineData(
        """[{ "type": "POSTGRESQL", "parameters": { "postgres.username": "a", "postgres.username": "b" } }]""",
        "postgres.accounts.json: account 1 has a key twice."
    )]
    [InlineData(
        """[{ "type": "KAFKA", "parameters": { "postgres.username": "a" } }]""",
        "postgres.accounts.json: account 1 is of another type than POSTGRESQL."
    )]
    [InlineData(
        """[{ "type": "POSTGRESQL", "parameters": { "postgres.pasword": "x" } }]""",
        "postgres.accounts.json: account 1 has 'postgres.pasword', and no property of postgres.store.json has this key."
    )]
    [InlineData(
        """[{ "type": "POSTGRESQL", "parameters": { "postgres.username": "" } }]""",
        "Account 1 of postgres.accounts.json and the examples of postgres.store.json make no right declaration: postgres.username is empty: give it a value."
    )]
    public void Accounts(string? accounts, string words)
    {
        if (accounts is not null)
        {
            Write("postgres", accounts);
        }

        Assert.StartsWith(words, Fault("postgres"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_that_is_none()
    {
        Write("kafka", """[{ "type": "KAFKA", "parameters": { "kafka.sasl.hash_function": "sha512" } }]""");

        Assert.Equal(
            "kafka.accounts.json: account 1 has 'sha512' for kafka.sasl.hash_function, which is no value of it: use one of NONE, PLAIN, SHA256, SHA512, AWS_MSK_IAM.",
            Fault("kafka")
        );
    }

    [Fact]
    public void A_spec_that_the_SDK_was_not_built_from()
    {
        Write("demo", """[{ "type": "DEMO", "parameters": { "uris": "x" } }]""");

        Assert.StartsWith(
            "The SDK has no DeltaStream.Sdk.DemoStoreArgs: ",
            Fault(SpecFile.Of("demo", DemoSpec.Text)),
            StringComparison.Ordinal
        );
    }

    private void Write(string subtype, string accounts) =>
        File.WriteAllText(Path.Combine(_folder.FullName, $"{subtype}.accounts.json"), accounts);

    private string Fault(string subtype) => Fault(Repository.Spec(subtype));

    private string Fault(SpecFile spec) =>
        Assert
            .Throws<SpecGapException>(() => StorePages.Of([DeclarationText.Read(spec)], _folder.FullName).ToArray())
            .Message;
}
