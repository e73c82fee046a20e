using System.Text.Json.Nodes;
using DeltaStream.Sdk;
using DeltaStream.Testing;

namespace DeltaStream.EndToEnd.Tests.Specs;

/// <summary>A spec that the gate can't make a declaration from says what to add where.</summary>
public sealed class SpecGapTests : IDisposable
{
    private const string Subtype = "kinesis";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("specs-");
    private readonly CanaryWatch _watch = new();

    public SpecGapTests()
    {
        foreach (var file in Directory.GetFiles(SpecDocument.Folder, $"{Subtype}.*.json"))
        {
            File.Copy(file, Path.Combine(_folder.FullName, Path.GetFileName(file)));
        }
    }

    private string SpecFile => Path.Combine(_folder.FullName, $"{Subtype}.store.json");

    private string AccountsFile => Path.Combine(_folder.FullName, $"{Subtype}.accounts.json");

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _watch.Dispose();
    }

    [Fact]
    public void Every_spec_is_in_the_gate() =>
        Assert.Equal(
            Directory
                .GetFiles(SpecDocument.Folder, "*.store.json")
                .Select(file => Path.GetFileName(file)[..^".store.json".Length])
                .Order(StringComparer.Ordinal),
            StoreSubtypes.All.Select(s => s.Name).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void A_whole_spec_gives_a_way_for_each_account() =>
        Assert.Equal(
            ["iamRoleArn", "accessKeyId secretAccessKey"],
            Way.Of(SpecDocument.Read(Subtype, _folder.FullName), _watch).Select(w => string.Join(' ', w.Credentials))
        );

    [Fact]
    public void A_property_without_examples_is_named()
    {
        var spec = JsonNode.Parse(File.ReadAllText(SpecFile))!;
        spec["properties"]!["uris"]!.AsObject().Remove("examples");
        File.WriteAllText(SpecFile, spec.ToJsonString());

        Assert.Equal(
            "specs/kinesis.store.json: 'uris' has no examples: add \"examples\" with a value that is right, "
                + "and a second one that an update changes it to.",
            Gap()
        );
    }

    [Theory]
    [InlineData(null, "specs/kinesis.accounts.json is not there: add it, an array with one ")]
    [InlineData("[]", "specs/kinesis.accounts.json is empty: make it an array with one ")]
    [InlineData("{}", "specs/kinesis.accounts.json is not understood: make it an array with one ")]
    [InlineData("[", "specs/kinesis.accounts.json is not understood: make it an array with one ")]
    [InlineData(
        """[{"type":"KAFKA","parameters":{}}]""",
        "specs/kinesis.accounts.json: an account is of another type than KINESIS"
    )]
    [InlineData(
        """[{"type":"KINESIS","parameters":{"kinesis.key":"x"}}]""",
        "specs/kinesis.accounts.json: no property of specs/kinesis.store.json has the key 'kinesis.key'"
    )]
    [InlineData(
        """[{"type":"KINESIS","parameters":{"kinesis.iam_role_arn":"a","kinesis.access_key_id":"b"}}]""",
        "specs/kinesis.accounts.json: no declaration that is right can be made of the account with iamRoleArn, accessKeyId: kinesis."
    )]
    public void Accounts_that_are_no_use_are_named(string? accounts, string words)
    {
        File.Delete(AccountsFile);
        if (accounts is not null)
        {
            File.WriteAllText(AccountsFile, accounts);
        }

        Assert.StartsWith(words, Gap(), StringComparison.Ordinal);
    }

    private string Gap() =>
        Assert.Throws<SpecGapException>(() => Way.Of(SpecDocument.Read(Subtype, _folder.FullName), _watch)).Message;
}
