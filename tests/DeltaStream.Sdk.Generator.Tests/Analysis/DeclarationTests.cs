using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.Sdk.Generator.Tests.Running;
using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Tests.Analysis;

/// <summary>What the analyzer says of declarations, and of what it stays silent.</summary>
public sealed class DeclarationTests
{
    private const string None = "Name = \"x\", Uris = \"b:9092\", SaslHashFunction = KafkaSaslHashFunction.None";
    private const string Sha =
        "Name = \"x\", Uris = \"b:9092\", SaslHashFunction = KafkaSaslHashFunction.Sha512, SaslUsername = Text()";
    private const string Postgres = "Name = \"x\", Username = \"u\", Password = Text()";

    [Theory]
    [InlineData($"new KafkaStoreArgs {{ {None} }}")]
    [InlineData($"new KafkaStoreArgs {{ {Sha}, SaslPassword = Text() }}")]
    [InlineData($"new KafkaStoreArgs {{ {Sha} }}", "DS2001 SaslPassword @KafkaStoreArgs")]
    [InlineData($"new KafkaStoreArgs {{ {Sha}, SaslPassword = null }}", "DS2001 SaslPassword @KafkaStoreArgs")]
    [InlineData($"new KafkaStoreArgs {{ {Sha}, SaslPassword = default }}", "DS2001 SaslPassword @KafkaStoreArgs")]
    [InlineData($"new KafkaStoreArgs {{ {None}, MskAwsRegion = \"r\" }}", "DS2002 MskAwsRegion @MskAwsRegion = \"r\"")]
    [InlineData(
        $"new KafkaStoreArgs {{ {None}, MskAwsRegion = Text() }}",
        "DS2002 MskAwsRegion @MskAwsRegion = Text()"
    )]
    [InlineData($"new KafkaStoreArgs {{ {None}, MskAwsRegion = Maybe() }}")]
    [InlineData($"new KafkaStoreArgs {{ {None}, MskAwsRegion = null }}")]
    [InlineData(
        $"new KafkaStoreArgs {{ {None}, TlsDisabled = true, TlsVerifyServerHostname = true }}",
        "DS2002 TlsVerifyServerHostname @TlsVerifyServerHostname = true"
    )]
    [InlineData($"new KafkaStoreArgs {{ {None}, TlsDisabled = true, TlsVerifyServerHostname = Flag() }}")]
    [InlineData(
        $"new KafkaStoreArgs {{ {None}, TlsDisabled = true, TlsCaCertFile = StoreFile.FromPath(\"ca.pem\") }}",
        "DS2004 TlsCaCertFile @TlsCaCertFile = StoreFile.FromPath(\"ca.pem\")"
    )]
    [InlineData(
        $"new KafkaStoreArgs {{ {None}, TlsDisabled = Flag(), TlsCaCertFile = StoreFile.FromPath(\"ca.pem\") }}"
    )]
    [InlineData(
        $"new KafkaStoreArgs {{ {None}, TlsDisabled = false, TlsCaCertFile = StoreFile.FromPath(\"ca.pem\") }}"
    )]
    [InlineData(
        $"new KafkaStoreArgs {{ {None}, TlsCaCertFile = StoreFile.FromText(\"no\") }}",
        "DS2003 TlsCaCertFile @StoreFile.FromText(\"no\")"
    )]
    [InlineData(
        $"new KafkaStoreArgs {{ {None}, TlsClientCertFile = StoreFile.FromPath(\"c.pem\") }}",
        "DS2001 TlsClientKeyFile @KafkaStoreArgs"
    )]
    [InlineData(
        "new KafkaStoreArgs { Name = \"x\", Uris = \"b\", SaslHashFunction = KafkaSaslHashFunction.None }",
        "DS2003 Uris @\"b\""
    )]
    [InlineData(
        "new KafkaStoreArgs { Name = \"a\\tb\", Uris = \"b:1,c\", SaslHashFunction = (KafkaSaslHashFunction)9 }",
        "DS2003 Name @\"a\\tb\"",
        "DS2003 Uris @\"b:1,c\"",
        "DS2003 SaslHashFunction @(KafkaSaslHashFunction)9"
    )]
    [InlineData(
        "new KafkaStoreArgs { Name = \"x\", Uris = \"b:1\", SaslHashFunction = default }",
        "DS2003 SaslHashFunction @default"
    )]
    [InlineData(
        "new KafkaStoreArgs { Name = \"x\", Uris = \"b:1\", SaslHashFunction = (KafkaSaslHashFunction)0 }",
        "DS2003 SaslHashFunction @(KafkaSaslHashFunction)0"
    )]
    [InlineData("new KafkaStoreArgs { Name = \"x\", Uris = \"b:1\", SaslHashFunction = (KafkaSaslHashFunction)1 }")]
    [InlineData($"new PostgresStoreArgs {{ {Postgres}, Uris = \"h\" }}", "DS2003 Uris @\"h\"")]
    [InlineData($"new PostgresStoreArgs {{ {Postgres}, Uris = \"h/d\" }}")]
    [InlineData($"new PostgresStoreArgs {{ {Postgres}, Uris = Text() }}")]
    [InlineData(
        $"new PostgresStoreArgs {{ {Postgres}, Uris = Constant + \"/a/b\" }}",
        "DS2003 Uris @Constant + \"/a/b\""
    )]
    [InlineData($"new PostgresStoreArgs {{ {Postgres}, Uris = $\"{{Constant}}/d\" }}")]
    [InlineData(
        "new PostgresStoreArgs { Name = \"x\", Username = \"\", Password = null, Uris = \"h/d\" }",
        "DS2003 Username @\"\"",
        "DS2003 Password @null"
    )]
    [InlineData(
        "new PostgresStoreArgs { Name = \"x\", Username = null!, Password = Text(), Uris = \"h/d\" }",
        "DS2003 Username @null"
    )]
    [InlineData(
        "new PostgresStoreArgs { Name = \"x\", Username = \"u\", Password = new Secret(), Uris = \"h/d\" }",
        "DS2003 Password @new Secret()"
    )]
    public async Task A_creation(string expression, params string[] expected) =>
        await AssertBothWays($"KeptArgs M() => {expression};", expected);

    [Theory]
    [InlineData($"KafkaStoreArgs a = new() {{ {Sha} }};", "DS2001 SaslPassword @new")]
    [InlineData($"KafkaStoreArgs[] a = [new() {{ {Sha} }}];", "DS2001 SaslPassword @new")]
    [InlineData(
        $"const string uris = \"b\"; const KafkaSaslHashFunction way = KafkaSaslHashFunction.AwsMskIam; KafkaStoreArgs a = new() {{ Name = \"x\", Uris = uris, SaslHashFunction = way, MskIamRoleArn = \"arn\" }};",
        "DS2001 MskAwsRegion @new",
        "DS2003 Uris @uris"
    )]
    [InlineData(
        $"var a = new KafkaStoreArgs {{ {None} }}; var b = a with {{ SaslUsername = Text() }};",
        "DS2002 SaslUsername @SaslUsername = Text()"
    )]
    [InlineData(
        $"var a = new KafkaStoreArgs {{ {None} }}; var b = a with {{ SaslHashFunction = KafkaSaslHashFunction.Plain, SaslUsername = Text() }};",
        "DS2001 SaslPassword @with"
    )]
    [InlineData(
        $"var a = new KafkaStoreArgs {{ {Sha}, SaslPassword = Text() }}; var b = a with {{ SaslHashFunction = KafkaSaslHashFunction.None }};",
        "DS2002 SaslUsername @with",
        "DS2002 SaslPassword @with"
    )]
    [InlineData(
        $"var a = new KafkaStoreArgs {{ {Sha} }}; var b = a with {{ SaslPassword = Text() }};",
        "DS2001 SaslPassword @KafkaStoreArgs"
    )]
    [InlineData(
        $"var a = new KafkaStoreArgs {{ {Sha} }}; var b = a with {{ Name = \"y\" }};",
        "DS2001 SaslPassword @KafkaStoreArgs"
    )]
    [InlineData($"var a = new KafkaStoreArgs {{ {None} }}; a = Other(); var b = a with {{ SaslUsername = Text() }};")]
    [InlineData($"var a = new KafkaStoreArgs {{ {None} }}; Change(ref a); var b = a with {{ SaslUsername = Text() }};")]
    [InlineData(
        $"var a = new KafkaStoreArgs {{ {None} }}; (a, _) = (Other(), 1); var b = a with {{ SaslUsername = Text() }};"
    )]
    [InlineData("var b = Other() with { SaslUsername = Text() };")]
    [InlineData("var b = Other() with { SaslHashFunction = KafkaSaslHashFunction.Plain };")]
    [InlineData(
        "var b = Other() with { SaslHashFunction = KafkaSaslHashFunction.None, SaslUsername = Text() };",
        "DS2002 SaslUsername @SaslUsername = Text()"
    )]
    [InlineData(
        "var b = Other() with { SaslHashFunction = KafkaSaslHashFunction.Plain, SaslUsername = null };",
        "DS2001 SaslUsername @with"
    )]
    [InlineData("var b = Other() with { Uris = \"\" };", "DS2003 Uris @\"\"")]
    [InlineData("var b = Kept with { SaslUsername = Text() };", "DS2002 SaslUsername @SaslUsername = Text()")]
    [InlineData("var b = Given with { SaslUsername = Text() };")]
    [InlineData(
        $"var b = (new KafkaStoreArgs {{ {None} }} with {{ Name = \"y\" }}) with {{ SaslUsername = Text() }};",
        "DS2002 SaslUsername @SaslUsername = Text()"
    )]
    public async Task A_body(string body, params string[] expected) =>
        await AssertBothWays($"void M() {{ {body} }}", expected);

    [Fact]
    public async Task Words_are_the_validators()
    {
        var code = Around($"StoreArgs M() => new KafkaStoreArgs {{ {Sha} }};");

        var diagnostic = Assert.Single(await Analyzing.Referring(code).Analyze());

        Assert.Equal(
            new KafkaStoreArgs
            {
                Name = "x",
                Uris = "b:9092",
                SaslHashFunction = KafkaSaslHashFunction.Sha512,
                SaslUsername = "u",
            }
                .Validate()
                .Single()
                .Message,
            diagnostic.Said()
        );
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
    }

    [Fact]
    public async Task A_choice_of_a_spec_of_ones_own()
    {
        const string Code = """
            #nullable enable
            using DeltaStream.Sdk;
            class C
            {
                object A() => new KinesisStoreArgs { Name = "x", Uris = "https://k.amazonaws.com" };
                object B() => new KinesisStoreArgs { Name = "x", Uris = "https://k.amazonaws.com", AccessKeyId = Text() };
                object D() => new KinesisStoreArgs { Name = "x", Uris = "https://k.amazonaws.com", IamRoleArn = "a", AccessKeyId = Maybe() };
                object E() => new KinesisStoreArgs { Name = "x", Uris = "https://k.amazonaws.com", IamRoleArn = "a" };
                object F() => new KinesisStoreArgs { Name = "x", Uris = "https://k.amazonaws.com", IamRoleArn = Maybe() };
                string Text() => "";
                string? Maybe() => "";
            }
            """;

        var all = await Analyzing.Generated(Code).Analyze();

        // A secret from a text that may be null is set all the same: to an empty one.
        Assert.Equal(
            [(4, "DS2005"), (5, "DS2005"), (6, "DS2005")],
            all.Select(d => (d.Location.GetLineSpan().StartLinePosition.Line, d.Id))
        );
    }

    [Theory]
    [InlineData(
        "static readonly KafkaStoreArgs A = B with { SaslUsername = Text() }; static readonly KafkaStoreArgs B = A with { };"
    )]
    [InlineData("static readonly KafkaStoreArgs A = A with { SaslUsername = Text() };")]
    [InlineData("void M() { KafkaStoreArgs a = b with { SaslUsername = Text() }; KafkaStoreArgs b = a with { }; }")]
    [InlineData("void M() { KafkaStoreArgs a = a with { SaslUsername = Text() }; }")]
    public async Task A_circle_ends(string member) => Assert.Empty(await Analyzing.Referring(Around(member)).Analyze());

    [Theory]
    [InlineData("99999999999999999999")]
    [InlineData("18446744073709551615")]
    [InlineData("\"abc\"")]
    [InlineData("0.5")]
    [InlineData("'c'")]
    public async Task Code_that_does_not_compile_is_no_exception(string value)
    {
        var code =
            $"class C {{ object M(DeltaStream.Sdk.DatabricksStoreArgs a) => a with {{ WarehousePort = {value} }}; }}";

        var said = await Analyzing.Generated(code).Analyze();

        Assert.DoesNotContain(said, d => d.Id == "AD0001");
    }

    [Fact]
    public async Task A_spec_of_another_generator_is_passed_over()
    {
        const string Code = """
            namespace DeltaStream.Sdk
            {
                [StoreSpec("new")]
                public abstract record NewStoreArgs : StoreArgs
                {
                    [StoreValue((StorePropertyKind)99, Minimum = 5)]
                    [StoreRule((StoreRuleKind)99, "Unheard is true")]
                    [StoreRule(StoreRuleKind.Required, "Unheard is Of")]
                    [StoreRule(StoreRuleKind.ExactlyOne, "Unheard and Of")]
                    public string? New { get; init; }
                }
                public sealed class C { public StoreArgs M(NewStoreArgs a) => a with { New = "x" }; }
            }
            """;

        Assert.Empty(await Analyzing.Referring(Code).Analyze());
    }

    private static async Task AssertBothWays(string member, string[] expected)
    {
        var code = Around(member);
        foreach (var compilation in new[] { Analyzing.Referring(code), Analyzing.Generated(code) })
        {
            Assert.DoesNotContain(
                compilation.Errors(),
                e => e.Id is "CS0103" or "CS0246" or "CS1061" or "CS1525" or "CS1002"
            );

            var actual = await compilation.Analyze();

            Assert.Equal(
                expected.Order(StringComparer.Ordinal),
                actual.Select(d => $"{d.Id} {MemberOf(d)} @{d.At()}").Order(StringComparer.Ordinal)
            );
        }
    }

    // The message begins with the property, such as kafka.uris[1].
    private static string MemberOf(Diagnostic diagnostic) => Names.Pascal(diagnostic.Said().Split('.', ' ', '[')[1]);

    private static string Around(string member) =>
        $$"""
            #nullable enable
            using DeltaStream.Sdk;
            using KeptArgs = DeltaStream.Sdk.StoreArgs;
            class C
            {
                private const string Constant = "h";
                private static readonly KafkaStoreArgs Kept = new KafkaStoreArgs { {{None}} };
                private readonly KafkaStoreArgs Given = new KafkaStoreArgs { {{None}} };
                C(KafkaStoreArgs given) { Given = given; }
                static string Text() => System.Environment.MachineName;
                static string? Maybe() => null;
                static bool Flag() => System.Environment.Is64BitProcess;
                static KafkaStoreArgs Other() => Kept;
                static void Change(ref KafkaStoreArgs a) { }
                {{member}}
            }
            """;
}
