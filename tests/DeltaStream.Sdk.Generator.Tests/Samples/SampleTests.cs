using DeltaStream.Declarations;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.Sdk.Generator.Tests.Analysis;
using DeltaStream.Sdk.Generator.Tests.Running;
using DeltaStream.Sdk.Statements;

namespace DeltaStream.Sdk.Generator.Tests.Samples;

/// <summary>Each spec brings what the gate and the documentation take from it: examples and accounts (D-005).</summary>
public sealed class SampleTests
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "specs");

    public static TheoryData<string> Subtypes => [.. Repository.Subtypes];

    [Theory]
    [MemberData(nameof(Subtypes))]
    public void Each_text_has_an_example_and_a_second_one_where_it_can_be_updated(string subtype)
    {
        var lacking = Spec(subtype)
            .Properties.Where(p =>
                p.Kind is PropertyKind.String or PropertyKind.Uris or PropertyKind.Identifier
                && !p.Secret
                && p.Examples.Count < (p.Mutable ? 2 : 1)
            )
            .Select(p => p.Name);

        Assert.Empty(lacking);
    }

    [Theory]
    [MemberData(nameof(Subtypes))]
    public void Each_address_is_shown_in_full_as_it_is_sent(string subtype)
    {
        var way = WaysOf(Spec(subtype))[0].Minimal;
        var examples = way
            .Spec.Properties.Where(p => p.Kind == PropertyKind.Uris)
            .SelectMany(p => p.Examples.Select(e => (Property: p, Example: e)));

        Assert.All(
            examples,
            one =>
                Assert.Contains(
                    $"'{one.Property.Key}' = '{one.Example}'",
                    StoreStatement.Create(way.With(one.Property, one.Example).ToStore()).Reveal(),
                    StringComparison.Ordinal
                )
        );
    }

    [Theory]
    [MemberData(nameof(Subtypes))]
    public void The_values_of_each_account_are_right(string subtype)
    {
        var spec = Spec(subtype);

        Assert.All(
            Repository.Accounts(subtype).Zip(WaysOf(spec), (a, w) => (Account: a, Way: w)),
            one =>
                Assert.Empty(
                    one.Account.Values.Aggregate(one.Way.Minimal, (d, v) => d.With(v.Property, v.Value)).Validate()
                )
        );
    }

    [Theory]
    [MemberData(nameof(Subtypes))]
    public void Each_way_to_authenticate_has_an_account(string subtype)
    {
        var accounts = Repository.Accounts(subtype).Select(KeysOf).ToArray();

        Assert.DoesNotContain(
            CredentialWays.Of(Spec(subtype)),
            way => !accounts.Any(keys => way.All(p => keys.Contains(p.Key)))
        );
    }

    [Theory]
    [MemberData(nameof(Subtypes))]
    public void Each_account_has_a_credential(string subtype)
    {
        var spec = Spec(subtype);
        var credentials = CredentialWays
            .Of(spec)
            .SelectMany(way => way)
            .Concat(spec.Properties.Where(p => p.Secret))
            .Select(p => p.Key)
            .ToArray();

        Assert.All(
            Repository.Accounts(subtype).Select(KeysOf),
            keys => Assert.True(credentials.Length == 0 || keys.Any(credentials.Contains))
        );
    }

    [Fact]
    public void Accounts_stand_beside_a_spec() =>
        Assert.Equal(
            Repository.Subtypes,
            Directory
                .GetFiles(s_folder, "*.accounts.json")
                .Select(f => Path.GetFileName(f)[..^".accounts.json".Length])
                .Order(StringComparer.Ordinal)
        );

    [Theory]
    [InlineData("[[\"password\"], [\"group\"]]", "password", "group")]
    [InlineData("[[\"user\", \"password\"], [\"user\", \"group\"]]", "user password", "user group")]
    public void Each_choice_is_a_way(string sets, params string[] ways) =>
        AssertWays(DemoSpec.With("[[\"password\"], [\"group\"]]", sets), ways);

    [Fact]
    public void A_required_secret_is_a_way() =>
        AssertWays(
            DemoSpec
                .With("\"secret\": true", "\"secret\": true, \"required\": true")
                .Replace("[[\"password\"], [\"group\"]]", "[[\"cert\"], [\"group\"]]", StringComparison.Ordinal)
                .Replace(", \"forbid\": [\"cert\"]", "", StringComparison.Ordinal),
            "password",
            "cert",
            "group"
        );

    [Fact]
    public void What_an_enum_requires_is_a_way_when_it_decides_about_a_secret()
    {
        // 'closed' requires a secret, so what 'open' requires is a way too.
        const string Rules = """
            { "when": { "mode": ["open"] }, "require": ["group", "cert"], "because": "So it is." },
            { "when": { "mode": ["closed"] }, "require": ["user", "password"], "because": "So it is." }
            """;
        var start = DemoSpec.Text.IndexOf("{ \"when\": { \"mode\"", StringComparison.Ordinal);
        var end = DemoSpec.Text.IndexOf("\n  ],", start, StringComparison.Ordinal);

        AssertWays(
            string.Concat(DemoSpec.Text.AsSpan(0, start), Rules, DemoSpec.Text.AsSpan(end)),
            "group cert",
            "user password"
        );
    }

    private static void AssertWays(string spec, params string[] ways) =>
        Assert.Equal(
            ways,
            CredentialWays
                .Of(DeclarationText.Read(SpecFile.Of("demo", spec)))
                .Select(way => string.Join(' ', way.Select(p => p.Name)))
        );

    private static StoreSpec Spec(string subtype) => DeclarationText.Read(Repository.Spec(subtype));

    private static IReadOnlyList<Way> WaysOf(StoreSpec spec) => Way.Of(s_folder, new RightValues(spec));

    private static string[] KeysOf(Account account) => [.. account.Values.Select(v => v.Property.Key)];
}
