using System.Text.Json.Nodes;
using DeltaStream.Declarations;
using DeltaStream.Sdk;
using DeltaStream.TestSupport;

namespace DeltaStream.EndToEnd.Tests.Specs;

/// <summary>A spec that the gate can't make a declaration from says what to add where.</summary>
public sealed class SpecGapTests : IDisposable
{
    private const string Subtype = "kinesis";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("specs-");
    private readonly CanaryWatch _watch = new();

    public SpecGapTests()
    {
        foreach (var file in Directory.GetFiles(CanaryValues.Folder, $"{Subtype}.*.json"))
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
                .GetFiles(CanaryValues.Folder, "*.store.json")
                .Select(file => Path.GetFileName(file)[..^".store.json".Length])
                .Order(StringComparer.Ordinal),
            StoreSubtypes.All.Select(s => s.Name).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void A_whole_spec_gives_a_way_for_each_account() =>
        Assert.Equal(
            ["iamRoleArn", "accessKeyId secretAccessKey"],
            CanaryValues
                .WaysOf(Subtype, _watch, _folder.FullName)
                .Select(w => string.Join(' ', w.Credentials.Select(p => p.Name)))
        );

    [Fact]
    public void A_property_without_examples_is_named()
    {
        var spec = JsonNode.Parse(File.ReadAllText(SpecFile))!;
        spec["properties"]!["uris"]!.AsObject().Remove("examples");
        File.WriteAllText(SpecFile, spec.ToJsonString());

        Assert.Equal(
            "kinesis.store.json: 'uris' has no examples: add \"examples\" with a value that is right, "
                + "and a second one that an update changes it to.",
            Gap()
        );
    }

    [Theory]
    [InlineData(null, "kinesis.accounts.json does not exist beside kinesis.store.json: add it, an array with one ")]
    [InlineData(
        """[{"type":"KINESIS","parameters":{"kinesis.iam_role_arn":"a","kinesis.access_key_id":"b"}}]""",
        "Account 1 of kinesis.accounts.json and the examples of kinesis.store.json make no right declaration: kinesis."
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

    /// <summary>One such subtype must not keep the tests of all others from running.</summary>
    [Fact]
    public void A_subtype_of_which_nothing_can_be_updated_is_no_gap()
    {
        Mutable();

        Assert.Equal((null, null), Case());
    }

    [Fact]
    public void A_subtype_of_which_nothing_but_a_secret_can_be_updated_is_no_gap()
    {
        Mutable("accessKeyId");
        File.WriteAllText(
            AccountsFile,
            """[{"type":"KINESIS","parameters":{"kinesis.access_key_id":"a","kinesis.secret_access_key":"b"}}]"""
        );

        var (changed, bad) = Case();

        Assert.Equal(
            2,
            new[] { changed, bad }.Select(c => Assert.IsType<KinesisStoreArgs>(c).AccessKeyId).Distinct().Count()
        );
    }

    /// <summary>Leaves to some properties only that they can be updated.</summary>
    private void Mutable(params string[] names)
    {
        var spec = JsonNode.Parse(File.ReadAllText(SpecFile))!;
        foreach (var (name, property) in spec["properties"]!.AsObject().Where(p => !names.Contains(p.Key)))
        {
            property!.AsObject().Remove("mutable");
        }

        // A group holds nothing but what can be updated.
        spec.AsObject().Remove("update");

        File.WriteAllText(SpecFile, spec.ToJsonString());
    }

    private (StoreArgs? Changed, StoreArgs? Bad) Case()
    {
        var ways = CanaryValues.WaysOf(Subtype, _watch, _folder.FullName);
        var (_, changed, bad) = Subtypes.Case(ways[0], []);
        return (changed, bad);
    }

    private string Gap() =>
        Assert.Throws<SpecGapException>(() => CanaryValues.WaysOf(Subtype, _watch, _folder.FullName)).Message;
}
