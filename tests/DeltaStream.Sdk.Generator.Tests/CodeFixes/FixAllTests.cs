using System.Collections.Immutable;
using DeltaStream.Sdk.CodeFixes;
using DeltaStream.Sdk.Generator.Analysis;
using DeltaStream.Sdk.Generator.Tests.Running;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace DeltaStream.Sdk.Generator.Tests.CodeFixes;

/// <summary>Each fix one by one, and applied to all of a document, a project and a solution: the same code each time. Issue 11, number 14.</summary>
public sealed class FixAllTests
{
    private const string Plain =
        "static readonly KafkaStoreArgs Plain = new() { Name = \"x\", Uris = \"b:9092\", SaslHashFunction = KafkaSaslHashFunction.None };\n"
        + "    static readonly KafkaStoreArgs Secured = Plain with { TlsCaCertFile = StoreFile.FromPath(\"ca.pem\"), TlsProtocols = \"TLSv1.2\" };";

    [Fact]
    public Task DS2002_and_several_of_them_in_one_declaration() =>
        Verify<RemoveMemberCodeFix>(
            "Remove",
            """
            StoreArgs A() => Plain with { {|DS2002:MskAwsRegion = "r"|}, {|DS2002:MskIamRoleArn = "a"|} };
                StoreArgs B() => Plain with { TlsDisabled = true, {|DS2002:TlsVerifyServerHostname = true|} };
                StoreArgs C() => Plain with { {|DS2002:TlsVerifyServerHostname = true|}, TlsDisabled = true };
                StoreArgs D() => Plain with { TlsDisabled = true, {|DS2002:TlsVerifyServerHostname = true|}, {|DS2002:MskAwsRegion = "r"|} };
                StoreArgs E() => Plain with
                {
                    Name = "e", // Kept
                    {|DS2002:MskAwsRegion = "r"|}
                };
            """,
            """
            StoreArgs A() => Plain with { };
                StoreArgs B() => Plain with { TlsDisabled = true };
                StoreArgs C() => Plain with { TlsDisabled = true };
                StoreArgs D() => Plain with { TlsDisabled = true };
                StoreArgs E() => Plain with
                {
                    Name = "e" // Kept
                };
            """
        );

    [Fact]
    public Task DS2004_of_the_declaration_and_of_what_it_starts_from() =>
        Verify<RemoveMemberCodeFix>(
            "Remove",
            """
            StoreArgs A() => Plain with { TlsDisabled = true, {|DS2004:TlsProtocols = "TLSv1.2"|}, {|DS2004:TlsCaCertFile = StoreFile.FromPath("a")|} };
                StoreArgs B() => Secured {|DS2004:{|DS2004:with|}|} { TlsDisabled = true };
                StoreArgs C() => Secured {|DS2004:with|} { TlsDisabled = true, {|DS2004:TlsCaCertFile = StoreFile.FromPath("a")|} };
            #if true
                StoreArgs D() => Plain with
                {
            #pragma warning disable CS0612
                    {|DS2004:TlsProtocols = "TLSv1.2"|},
            #pragma warning restore CS0612
                    TlsDisabled = true,
                };
            #endif
            """,
            """
            StoreArgs A() => Plain with { TlsDisabled = true };
                StoreArgs B() => Secured with { TlsDisabled = true, TlsCaCertFile = null, TlsProtocols = null };
                StoreArgs C() => Secured with { TlsDisabled = true, TlsCaCertFile = null, TlsProtocols = null };
            #if true
                StoreArgs D() => Plain with
                {
            #pragma warning disable CS0612
            #pragma warning restore CS0612
                    TlsDisabled = true,
                };
            #endif
            """
        );

    [Fact]
    public Task DS2001_with_all_that_is_missing() =>
        Verify<AddMembersCodeFix>(
            "Set",
            """
            StoreArgs A() => Plain {|DS2001:{|DS2001:with|}|} { SaslHashFunction = KafkaSaslHashFunction.Plain };
                StoreArgs B() => Plain {|DS2001:with|} { SaslHashFunction = KafkaSaslHashFunction.AwsMskIam, MskAwsRegion = "r" };
                StoreArgs C() => Plain {|DS2001:with|}
                {
                    SaslHashFunction = KafkaSaslHashFunction.Sha512,
                    SaslUsername = Environment.GetEnvironmentVariable("U")!
                };
            """,
            """
            StoreArgs A() => Plain with { SaslHashFunction = KafkaSaslHashFunction.Plain, SaslUsername = Environment.GetEnvironmentVariable("KAFKA_SASL_USERNAME")!, SaslPassword = Environment.GetEnvironmentVariable("KAFKA_SASL_PASSWORD")! };
                StoreArgs B() => Plain with { SaslHashFunction = KafkaSaslHashFunction.AwsMskIam, MskAwsRegion = "r", MskIamRoleArn = "arn:aws:iam::123456789012:role/example" };
                StoreArgs C() => Plain with
                {
                    SaslHashFunction = KafkaSaslHashFunction.Sha512,
                    SaslUsername = Environment.GetEnvironmentVariable("U")!,
                    SaslPassword = Environment.GetEnvironmentVariable("KAFKA_SASL_PASSWORD")!,
                };
            """
        );

    [Fact]
    public Task DS2005_with_the_nearest_way() =>
        Verify<ChooseWayCodeFix>(
            "Nearest",
            """
            StoreArgs A(Secret key) => new {|DS2005:KinesisStoreArgs|} { Name = "a", Uris = "https://kinesis.us-east-1.amazonaws.com", SecretAccessKey = key };
                StoreArgs B(Secret key) => new {|DS2005:KinesisStoreArgs|} { Name = "b", Uris = "https://kinesis.us-east-1.amazonaws.com", IamRoleArn = "r", AccessKeyId = key, SecretAccessKey = key };
                StoreArgs C() => new {|DS2005:KinesisStoreArgs|} { Name = "c", Uris = "https://kinesis.us-east-1.amazonaws.com" };
            """,
            """
            StoreArgs A(Secret key) => new KinesisStoreArgs { Name = "a", Uris = "https://kinesis.us-east-1.amazonaws.com", SecretAccessKey = key, AccessKeyId = Environment.GetEnvironmentVariable("KINESIS_ACCESS_KEY_ID")! };
                StoreArgs B(Secret key) => new KinesisStoreArgs { Name = "b", Uris = "https://kinesis.us-east-1.amazonaws.com", AccessKeyId = key, SecretAccessKey = key };
                StoreArgs C() => new KinesisStoreArgs { Name = "c", Uris = "https://kinesis.us-east-1.amazonaws.com", IamRoleArn = "arn:aws:iam::123456789012:role/example" };
            """
        );

    [Fact]
    public Task DS2010_from_the_environment() =>
        Verify<LiteralSecretCodeFix>(
            "Environment",
            """
            StoreArgs A() => Plain with { SaslHashFunction = KafkaSaslHashFunction.Plain, SaslUsername = {|DS2010:"me"|}, SaslPassword = {|DS2010:"hush"|} };
                Secret B = {|DS2010:"hush"|};
                Secret[] C(bool d) => new Secret[] { {|DS2010:"a"|}, d ? new Secret({|DS2010:"b"|}) : Secret.FromString({|DS2010:"c" + "d"|}) };
            """,
            """
            StoreArgs A() => Plain with { SaslHashFunction = KafkaSaslHashFunction.Plain, SaslUsername = Environment.GetEnvironmentVariable("KAFKA_SASL_USERNAME")!, SaslPassword = Environment.GetEnvironmentVariable("KAFKA_SASL_PASSWORD")! };
                Secret B = Environment.GetEnvironmentVariable("B")!;
                Secret[] C(bool d) => new Secret[] { Environment.GetEnvironmentVariable("SECRET")!, d ? new Secret(Environment.GetEnvironmentVariable("SECRET")!) : Secret.FromString(Environment.GetEnvironmentVariable("SECRET")!) };
            """
        );

    [Fact]
    public Task DS2010_from_the_configuration_where_there_is_one() =>
        Verify<LiteralSecretCodeFix>(
            "Configuration",
            """
            StoreArgs A(Microsoft.Extensions.Configuration.IConfiguration c) => Plain with { SaslHashFunction = KafkaSaslHashFunction.Plain, SaslUsername = {|DS2010:"me"|}, SaslPassword = {|DS2010:"hush"|} };
            """,
            """
            StoreArgs A(Microsoft.Extensions.Configuration.IConfiguration c) => Plain with { SaslHashFunction = KafkaSaslHashFunction.Plain, SaslUsername = c["Kafka:SaslUsername"]!, SaslPassword = c["Kafka:SaslPassword"]! };
            """
        );

    [Fact]
    public Task CS9035_in_declarations_that_stand_in_each_other() =>
        Verify<AddMembersCodeFix>(
            "Set",
            """
            StoreArgs A() => new {|CS9035:{|CS9035:{|CS9035:KafkaStoreArgs|}|}|} { };
                StoreArgs B() => new {|CS9035:PostgresStoreArgs|} { Name = new {|CS9035:PostgresStoreArgs|} { Name = "b", Uris = "h/d", Username = "u" }.Name, Uris = "h/d", Username = "u" };
            """,
            """
            StoreArgs A() => new KafkaStoreArgs { Name = "kafka", Uris = "b-1.example.com:9092,b-2.example.com:9092", SaslHashFunction = KafkaSaslHashFunction.None };
                StoreArgs B() => new PostgresStoreArgs { Name = new PostgresStoreArgs { Name = "b", Uris = "h/d", Username = "u", Password = Environment.GetEnvironmentVariable("POSTGRES_PASSWORD")! }.Name, Uris = "h/d", Username = "u", Password = Environment.GetEnvironmentVariable("POSTGRES_PASSWORD")! };
            """
        );

    public static TheoryData<string, string> Formatted { get; } =
        new()
        {
            { "DS2001", "SaslPassword = Environment" },
            { "DS2002", "A() => Plain with { };" },
            { "DS2004", "B() => Plain with { TlsDisabled = true };" },
            { "DS2005", "AccessKeyId = Environment" },
            { "DS2010", "SecretAccessKey = Environment" },
        };

    [Theory]
    [MemberData(nameof(Formatted))]
    public async Task As_dotnet_format_does_with_a_diagnostic_of_another_fix(string id, string expected)
    {
        CodeFixProvider[] fixes =
        [
            new AddMembersCodeFix(),
            new RemoveMemberCodeFix(),
            new ChooseWayCodeFix(),
            new LiteralSecretCodeFix(),
        ];
        var code = Around(
            "One",
            """
            StoreArgs A() => Plain with { MskAwsRegion = "r", MskIamRoleArn = "a" };
                StoreArgs B() => Plain with { TlsDisabled = true, TlsProtocols = "TLSv1.2" };
                StoreArgs C() => Plain with { SaslHashFunction = KafkaSaslHashFunction.Plain };
                StoreArgs D() => new KinesisStoreArgs { Name = "a", Uris = "https://kinesis.us-east-1.amazonaws.com", SecretAccessKey = "hush" };
            """
        );

        var after = await Fixing.ApplyToAll(code, fixes.Single(f => f.FixableDiagnosticIds.Contains(id)), id);

        Assert.Contains(expected, after, StringComparison.Ordinal);
        Assert.DoesNotContain(await Fixing.Complaints(after), c => c.StartsWith(id, StringComparison.Ordinal));
    }

    // Two documents of one project, with the same code.
    private static Task Verify<TFix>(string key, string before, string after)
        where TFix : CodeFixProvider, new()
    {
        var test = new Test<TFix> { CodeActionEquivalenceKey = key };
        foreach (var name in new[] { "One", "Two" })
        {
            test.TestState.Sources.Add(($"{name}.cs", Around(name, before)));
            test.FixedState.Sources.Add(($"{name}.cs", Around(name, after)));
        }

        return test.RunAsync();
    }

    private static string Around(string name, string members) =>
        $$"""
            #nullable enable
            using System;
            using DeltaStream.Sdk;

            namespace Microsoft.Extensions.Configuration
            {
                partial interface IConfiguration { {{(name == "One" ? "string? this[string key] { get; }" : "")}} }
            }

            sealed class {{name}}
            {
                {{Plain}}
                {{members}}
            }

            """;

    private sealed class Test<TFix> : CSharpCodeFixTest<DeclarationAnalyzer, TFix, DefaultVerifier>
        where TFix : CodeFixProvider, new()
    {
        public Test()
        {
            // What the tests themselves run with: nothing is fetched.
            ReferenceAssemblies = new ReferenceAssemblies("net10.0");
            TestState.AdditionalReferences.AddRange(
                Compiling.Compile(new CSharpParseOptions(LanguageVersion.Latest)).References
            );
            MarkupOptions = MarkupOptions.UseFirstDescriptor;
            // One fix may mend several findings of a declaration.
            NumberOfIncrementalIterations = -20;
            // A secret in the code is a warning beside what is fixed.
            DisabledDiagnostics.AddRange(typeof(TFix) == typeof(LiteralSecretCodeFix) ? [] : ["DS2010"]);
        }

        protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() =>
            [new DeclarationAnalyzer(), new SecretAnalyzer()];

        protected override Microsoft.CodeAnalysis.ParseOptions CreateParseOptions() =>
            new CSharpParseOptions(LanguageVersion.Latest);
    }
}
