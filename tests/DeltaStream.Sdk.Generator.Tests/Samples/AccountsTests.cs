using DeltaStream.Sdk.Generator.Tests.Running;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.Sdk.Generator.Tests.Samples;

/// <summary>Where the project requires it, each spec has accounts, and they go with it (D-005).</summary>
public sealed class AccountsTests
{
    private static readonly SpecFile s_spec = SpecFile.Of("demo", DemoSamples.Spec);

    [Fact]
    public void DS1018_a_spec_without_accounts() =>
        Generation
            .Requiring(s_spec, new SpecFile("elsewhere/other.txt", ""))
            .AssertPrints(
                "specs/demo.store.json(2,14): error DS1018: There is no 'demo.accounts.json' beside the spec: add it, with an account for each way to authenticate"
            );

    [Fact]
    public void A_spec_without_credentials_needs_no_accounts()
    {
        var spec = DemoSamples
            .Spec.Replace(", \"secret\": true", "", StringComparison.Ordinal)
            .Replace(
                "\"description\": \"Word.\"",
                "\"description\": \"Word.\", \"examples\": [\"a\", \"b\"]",
                StringComparison.Ordinal
            )
            .Replace(
                ",\n    { \"exactlyOneOf\": [[\"password\"], [\"group\"]], \"because\": \"One is enough.\" }",
                "",
                StringComparison.Ordinal
            );

        Generation.Requiring(SpecFile.Of("demo", spec)).AssertPrints();
        Generation
            .Requiring(
                SpecFile.Of("demo", spec),
                SpecFile.Accounts("demo", """[{ "type": "DEMO", "parameters": { "demo.user": "u" } }]""")
            )
            .AssertPrints();
    }

    [Fact]
    public void DS1019_accounts_without_a_spec_or_in_another_folder()
    {
        Generation
            .Requiring(
                s_spec,
                SpecFile.Accounts("demo", DemoSamples.Accounts),
                SpecFile.Accounts("demos", DemoSamples.Accounts),
                new SpecFile("other/demo.accounts.json", DemoSamples.Accounts)
            )
            .AssertPrints(
                "other/demo.accounts.json(1,1): error DS1019: There is no 'demo.store.json' beside the accounts: add the spec, or remove the file",
                "specs/demos.accounts.json(1,1): error DS1019: There is no 'demos.store.json' beside the accounts: add the spec, or remove the file"
            );
    }

    [Fact]
    public void Folders_are_the_same_whatever_separates_them() =>
        Generation.Requiring(s_spec, new SpecFile(@"specs\demo.accounts.json", DemoSamples.Accounts)).AssertPrints();

    [Fact]
    public void A_spec_with_a_mistake_has_its_accounts_to_itself() =>
        Generation
            .Requiring(
                SpecFile.Of("demo", DemoSpec.With("\"title\": \"Demo\",", "")),
                SpecFile.Accounts("demo", DemoSamples.Accounts)
            )
            .AssertPrints("specs/demo.store.json(1,1): error DS1003: A store spec needs 'title': add it");

    [Fact]
    public void DS1023_a_file_that_cannot_be_read() =>
        Generation
            .Requiring(s_spec, new SpecFile("specs/demo.accounts.json", (SourceText?)null))
            .AssertPrints(
                "specs/demo.accounts.json(1,1): error DS1023: The accounts are not understood: expected a text file, found none that can be read"
            );

    [Theory]
    [InlineData("", "expected a value, found the end of the file", "1,1")]
    [InlineData("\n  { }", "expected an array of accounts, found an object", "2,3")]
    [InlineData("[1]", "expected an account, found a number", "1,2")]
    [InlineData("[\"canary\", // one\n]", "expected a value, found '/'", "1,12")]
    public void DS1023_what_is_no_list_of_accounts(string text, string message, string at) =>
        Generation
            .Requiring(s_spec, SpecFile.Accounts("demo", text))
            .AssertPrints($"specs/demo.accounts.json({at}): error DS1023: The accounts are not understood: {message}");

    [Theory]
    [InlineData(
        "\"type\": \"DEMO\", \"parameters\": { \"demo.group\"",
        "⟦\"tpye\"⟧: \"DEMO\", \"type\": \"DEMO\", \"parameters\": { \"demo.group\"",
        "DS1002",
        "An account has no 'tpye'"
    )]
    [InlineData(
        "{ \"type\": \"DEMO\", \"parameters\": { \"demo.group\"",
        "⟦{⟧ \"parameters\": { \"demo.group\"",
        "DS1003",
        "An account needs 'type': add it"
    )]
    [InlineData(
        "\"canary-1\"",
        "⟦1⟧",
        "DS1004",
        "'demo.password' must be a string, as all parameters of accounts are, not a number"
    )]
    [InlineData(
        "\"demo.user\": \"who\"",
        "\"demo.user\": \"who\", ⟦\"demo.user\"⟧: \"canary\"",
        "DS1007",
        "The key 'demo.user' stands twice: remove one"
    )]
    [InlineData(
        "\"demo.user\": \"who\"",
        "⟦\"demo.usr\"⟧: \"who\"",
        "DS1024",
        "A DEMO store has no parameter 'demo.usr'; did you mean 'demo.user'?"
    )]
    [InlineData(
        "\"demo.user\": \"who\"",
        "\"demo.user\": ⟦\"\"⟧",
        "DS1024",
        "The parameter 'demo.user' is empty: give it a value"
    )]
    [InlineData(
        "\"demo.user\": \"who\"",
        "\"demo.mode\": ⟦\"canary\"⟧",
        "DS1024",
        "The parameter 'demo.mode' must be OPEN, CLOSED or AJAR"
    )]
    [InlineData(
        "\"demo.user\": \"who\"",
        "\"demo.quiet\": ⟦\"canary\"⟧",
        "DS1024",
        "The parameter 'demo.quiet' must be TRUE or FALSE"
    )]
    [InlineData(
        "\"demo.user\": \"who\"",
        "\"demo.retries\": ⟦\"canary\"⟧",
        "DS1024",
        "The parameter 'demo.retries' is not a whole number"
    )]
    [InlineData(
        "\"demo.user\": \"who\"",
        "\"demo.retries\": ⟦\"10\"⟧",
        "DS1024",
        "The parameter 'demo.retries' is out of bounds: the most is 9"
    )]
    [InlineData(
        "\"demo.user\": \"who\"",
        "\"demo.cert\": ⟦\"\"⟧",
        "DS1024",
        "The parameter 'demo.cert' is an empty file: give it its content"
    )]
    [InlineData(
        "\"demo.user\": \"who\"",
        "\"uris\": ⟦\"http://canary\"⟧",
        "DS1024",
        "The parameter 'uris' has another scheme than https: start it with https://, for example https://a"
    )]
    [InlineData(
        "{ \"demo.user\": \"who\", \"demo.password\": \"canary-1\" } },",
        "{ \"demo.password\": \"canary-1\" } },\n  ⟦{⟧ \"type\": \"DEMO\", \"parameters\": { \"demo.user\": \"who\" } },",
        "DS1024",
        "The account holds no credential: add demo.password or demo.group"
    )]
    [InlineData(
        "{ \"demo.user\": \"who\", \"demo.password\": \"canary-1\" } },",
        "{ \"demo.password\": \"canary-1\" } },\n  ⟦{⟧ \"type\": \"DEMO\", \"parameters\": { \"demo.password\": \"p\", \"demo.group\": \"g\" } },",
        "DS1024",
        "No store can match the account, as it has parameters of more than one way: keep either demo.password or demo.group"
    )]
    [InlineData(
        "\"demo.user\": \"who\"",
        "\"demo.mode\": \"CLOSED\", ⟦\"demo.cert\"⟧: \"canary\"",
        "DS1024",
        "No store can match the account, as it can't have 'demo.cert' with this value of 'demo.mode': So it is."
    )]
    [InlineData(
        "[\n  { \"type\": \"DEMO\", \"parameters\": { \"demo.user\": \"who\", \"demo.password\": \"canary-1\" } },",
        "⟦[⟧\n",
        "DS1025",
        "No account has demo.password: add one that does, as the spec has this way to authenticate"
    )]
    [InlineData(
        "\"parameters\": { \"demo.group\": \"g\" }",
        "\"parameters\": ⟦[]⟧",
        "DS1004",
        "'parameters' must be an object, not an array"
    )]
    public void A_mistake_in_an_account(string find, string replacement, string id, string message) =>
        DemoSamples.AssertMistake(find, replacement, id, message);

    [Fact]
    public void DS1024_an_account_of_another_type() =>
        DemoSamples.AssertMistake(
            "\"DEMO\", \"parameters\": { \"demo.group\": \"g\" } }",
            "\"DEMO\", \"parameters\": { \"demo.group\": \"g\" } },\n  { \"type\": ⟦\"OTHER\"⟧, \"parameters\": { \"other.key\": \"canary\" } }",
            "DS1024",
            "The account's type is 'OTHER', and that of 'demo' is DEMO: write DEMO"
        );

    [Fact]
    public void DS1025_a_way_that_an_enum_decides_and_a_required_secret()
    {
        // 'closed' decides about a secret, so what the other values require is a way too.
        var spec = DemoSamples
            .Spec.Replace(
                "\"require\": [\"user\"], \"forbid\": [\"cert\"]",
                "\"require\": [\"user\", \"password\"]",
                StringComparison.Ordinal
            )
            .Replace(
                "{ \"exactlyOneOf\": [[\"password\"], [\"group\"]],",
                "{ \"when\": { \"mode\": [\"open\"] }, \"require\": [\"group\", \"cert\"],",
                StringComparison.Ordinal
            );

        Generation
            .Requiring(SpecFile.Of("demo", spec), SpecFile.Accounts("demo", DemoSamples.Accounts))
            .AssertPrints(
                "specs/demo.accounts.json(1,1): error DS1025: No account has demo.group and demo.cert: add one that does, as the spec has this way to authenticate"
            );
        Generation
            .Requiring(
                SpecFile.Of(
                    "demo",
                    DemoSamples
                        .Spec.Replace(
                            "\"secret\": true",
                            "\"secret\": true, \"required\": true",
                            StringComparison.Ordinal
                        )
                        .Replace("[[\"password\"], [\"group\"]]", "[[\"user\"], [\"group\"]]", StringComparison.Ordinal)
                        .Replace("\"require\": [\"user\"], ", "", StringComparison.Ordinal)
                ),
                SpecFile.Accounts(
                    "demo",
                    """
                    [
                      { "type": "DEMO", "parameters": { "demo.user": "who" } },
                      { "type": "DEMO", "parameters": { "demo.group": "g" } }
                    ]
                    """
                )
            )
            .AssertPrints(
                "specs/demo.accounts.json(1,1): error DS1025: No account has demo.password: add one that does, as the spec has this way to authenticate"
            );
    }

    [Fact]
    public void Ways_may_share_a_property()
    {
        var spec = DemoSamples.Spec.Replace(
            "[[\"password\"], [\"group\"]]",
            "[[\"user\", \"password\"], [\"user\", \"group\"]]",
            StringComparison.Ordinal
        );
        var accounts = DemoSamples.Accounts.Replace(
            "\"demo.group\": \"g\"",
            "\"demo.user\": \"who\", \"demo.group\": \"g\"",
            StringComparison.Ordinal
        );

        Assert.Empty(Generation.Requiring(SpecFile.Of("demo", spec), SpecFile.Accounts("demo", accounts)).Diagnostics);
    }

    [Theory]
    [InlineData("LS0tLS1CRUdJTiBYLS0tLS0KYm05MAotLS0tLUVORCBYLS0tLS0K", true)]
    [InlineData("-----BEGIN X-----\\nbm90\\n-----END X-----\\n", true)]
    [InlineData("bm90", false)]
    [InlineData("canary", false)]
    public void A_file_is_its_content_or_that_in_base64(string content, bool isRight)
    {
        var generation = Generation.Requiring(
            SpecFile.Of(
                "demo",
                DemoSamples.Spec.Replace(
                    "{ \"token\": \"@cert\" }",
                    "{ \"token\": \"@cert\", \"content\": \"pem\" }",
                    StringComparison.Ordinal
                )
            ),
            SpecFile.Accounts(
                "demo",
                DemoSamples.Accounts.Replace(
                    "\"demo.user\": \"who\"",
                    $"\"demo.cert\": \"{content}\"",
                    StringComparison.Ordinal
                )
            )
        );

        Assert.Equal(isRight ? [] : ["DS1024"], generation.Diagnostics.Select(d => d.Id));
    }

    [Fact]
    public void No_message_shows_a_value()
    {
        const string Canary = "hunter2-canary";
        string[] texts =
        [
            $"[\"{Canary}\"]",
            $"[{{ \"type\": \"DEMO\", \"parameters\": \"{Canary}\" }}]",
            $"[{{ \"type\": \"DEMO\", \"parameters\": {{ \"demo.password\": [\"{Canary}\"] }} }}]",
            .. new[] { "uris", "demo.mode", "demo.user", "demo.retries", "demo.quiet", "demo.group", "nothing" }.Select(
                k => $"[{{ \"type\": \"DEMO\", \"parameters\": {{ \"{k}\": \"\\u0000{Canary}\" }} }}]"
            ),
            $"[{{ \"type\": \"DEMO\", \"parameters\": {{ \"demo.password\": \"{Canary} }} }}]",
        ];

        Assert.All(
            texts,
            text =>
            {
                var generation = Generation.Requiring(s_spec, SpecFile.Accounts("demo", text));
                Assert.NotEmpty(generation.Diagnostics);
                Assert.All(
                    generation.Diagnostics,
                    d => Assert.DoesNotContain("hunter2", d.ToString(), StringComparison.Ordinal)
                );
            }
        );
    }

    [Fact]
    public void Who_does_not_require_accounts_may_have_any_file_of_that_name()
    {
        Generation.Of(s_spec, SpecFile.Accounts("demo", "no JSON"), SpecFile.Accounts("other", "")).AssertPrints();
        Of("false").AssertPrints();
        Of("").AssertPrints();
        Assert.Equal(["DS1023", "DS1019"], Of(" TRUE ").Diagnostics.Select(d => d.Id));

        static Generation Of(string value) =>
            Generation.Of(
                LanguageVersion.Latest,
                new ProjectProperties(("DeltaStreamRequireExamples", value)),
                s_spec,
                SpecFile.Accounts("demo", "no JSON"),
                SpecFile.Accounts("other", "")
            );
    }

    [Fact]
    public void DS1015_a_property_that_is_neither_true_nor_false()
    {
        var properties = new ProjectProperties(("DeltaStreamRequireExamples", "yes"));

        Generation
            .Of(LanguageVersion.Latest, properties, s_spec)
            .AssertPrints(
                "error DS1015: The MSBuild property 'DeltaStreamRequireExamples' can't be 'yes': it must be true or false"
            );
        Generation.Of(LanguageVersion.Latest, properties, []).AssertPrints();
    }
}
