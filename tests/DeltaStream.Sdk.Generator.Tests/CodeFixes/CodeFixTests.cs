using DeltaStream.Sdk.CodeFixes;
using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.CodeFixes;

/// <summary>Each fix gives code that the compiler and the analyzers have nothing to say of.</summary>
public sealed class CodeFixTests
{
    [Theory]
    [InlineData(
        "new KafkaStoreArgs { }",
        "Set Name, Uris and SaslHashFunction",
        "new KafkaStoreArgs { Name = \"kafka\", Uris = \"b-1.example.com:9092,b-2.example.com:9092\", SaslHashFunction = KafkaSaslHashFunction.None }"
    )]
    [InlineData(
        "new KafkaStoreArgs()",
        "Set Name, Uris and SaslHashFunction",
        "new KafkaStoreArgs { Name = \"kafka\", Uris = \"b-1.example.com:9092,b-2.example.com:9092\", SaslHashFunction = KafkaSaslHashFunction.None }"
    )]
    [InlineData(
        "new() { Name = \"x\", SaslHashFunction = KafkaSaslHashFunction.None }",
        "Set Uris",
        "new() { Name = \"x\", SaslHashFunction = KafkaSaslHashFunction.None, Uris = \"b-1.example.com:9092,b-2.example.com:9092\" }"
    )]
    [InlineData(
        "new KafkaStoreArgs\n        {\n            Name = \"x\", // Kept\n            SaslHashFunction = KafkaSaslHashFunction.None,\n        }",
        "Set Uris",
        "new KafkaStoreArgs\n        {\n            Name = \"x\", // Kept\n            SaslHashFunction = KafkaSaslHashFunction.None,\n            Uris = \"b-1.example.com:9092,b-2.example.com:9092\",\n        }"
    )]
    public async Task Required_members_are_set(string before, string title, string after) =>
        await AssertFix(new AddMembersCodeFix(), "CS9035", "KafkaStoreArgs M() => ", before, title, after);

    [Fact]
    public async Task Required_members_of_every_kind_are_set()
    {
        await AssertFix(
            new AddMembersCodeFix(),
            "CS9035",
            "StoreArgs M() => ",
            "new PostgresStoreArgs { Name = \"x\" }",
            "Set Uris, Username and Password",
            "new PostgresStoreArgs { Name = \"x\", Uris = \"postgresql://db.example.com:5432/demo\", Username = \"deltastream\", Password = Environment.GetEnvironmentVariable(\"POSTGRES_PASSWORD\")! }"
        );
        await AssertFix(
            new AddMembersCodeFix(),
            "CS9035",
            "StoreArgs M() => ",
            "new SnowflakeStoreArgs { Name = \"x\", Uris = \"https://a.example.com\", AccountId = \"a\", CloudRegion = \"r\", RoleName = \"r\", Username = \"u\" }",
            "Set WarehouseName and ClientKey",
            "new SnowflakeStoreArgs { Name = \"x\", Uris = \"https://a.example.com\", AccountId = \"a\", CloudRegion = \"r\", RoleName = \"r\", Username = \"u\", WarehouseName = \"COMPUTE_WH\", ClientKey = StoreFile.FromPath(\"clientKey.pem\") }"
        );
    }

    [Fact]
    public async Task What_the_chosen_way_needs_is_set()
    {
        await AssertFix(
            new AddMembersCodeFix(),
            "DS2001",
            "StoreArgs M() => ",
            "new KafkaStoreArgs\n        {\n            Name = \"x\",\n            Uris = \"b:9092\",\n            SaslHashFunction = KafkaSaslHashFunction.Sha512\n        }",
            "Set SaslUsername and SaslPassword",
            "new KafkaStoreArgs\n        {\n            Name = \"x\",\n            Uris = \"b:9092\",\n            SaslHashFunction = KafkaSaslHashFunction.Sha512,\n            SaslUsername = Environment.GetEnvironmentVariable(\"KAFKA_SASL_USERNAME\")!,\n            SaslPassword = Environment.GetEnvironmentVariable(\"KAFKA_SASL_PASSWORD\")!,\n        }"
        );
        await AssertFix(
            new AddMembersCodeFix(),
            "DS2001",
            "StoreArgs M() => ",
            "Plain with { SaslHashFunction = KafkaSaslHashFunction.AwsMskIam, MskAwsRegion = \"r\" }",
            "Set MskIamRoleArn",
            "Plain with { SaslHashFunction = KafkaSaslHashFunction.AwsMskIam, MskAwsRegion = \"r\", MskIamRoleArn = \"arn:aws:iam::123456789012:role/example\" }"
        );
    }

    [Theory]
    [InlineData("DS2002", "Plain with { MskAwsRegion = \"r\" }", "Remove MskAwsRegion", "Plain with { }")]
    [InlineData(
        "DS2002",
        "Plain with { TlsDisabled = true, TlsVerifyServerHostname = true, Name = \"y\" }",
        "Remove TlsVerifyServerHostname",
        "Plain with { TlsDisabled = true, Name = \"y\" }"
    )]
    [InlineData(
        "DS2004",
        "new KafkaStoreArgs\n        {\n            Name = \"x\",\n            Uris = \"b:9092\",\n            SaslHashFunction = KafkaSaslHashFunction.None,\n            TlsDisabled = true,\n            TlsCaCertFile = StoreFile.FromPath(\"ca.pem\"),\n        }",
        "Remove TlsCaCertFile",
        "new KafkaStoreArgs\n        {\n            Name = \"x\",\n            Uris = \"b:9092\",\n            SaslHashFunction = KafkaSaslHashFunction.None,\n            TlsDisabled = true,\n        }"
    )]
    [InlineData(
        "DS2004",
        "Secured with { TlsDisabled = true }",
        "Set TlsCaCertFile to null",
        "Secured with { TlsDisabled = true, TlsCaCertFile = null }"
    )]
    public async Task What_must_not_be_set_is_removed(string id, string before, string title, string after) =>
        await AssertFix(new RemoveMemberCodeFix(), id, "StoreArgs M() => ", before, title, after);

    [Theory]
    [InlineData(
        "StoreArgs M() => ",
        "Read it from the environment variable POSTGRES_PASSWORD",
        "Environment.GetEnvironmentVariable(\"POSTGRES_PASSWORD\")!"
    )]
    [InlineData(
        "StoreArgs M(Microsoft.Extensions.Configuration.IConfiguration settings) => ",
        "Read it from the configuration, as Postgres:Password",
        "settings[\"Postgres:Password\"]!"
    )]
    [InlineData(
        "Microsoft.Extensions.Configuration.IConfiguration Settings = null!; StoreArgs M() => ",
        "Read it from the configuration, as Postgres:Password",
        "Settings[\"Postgres:Password\"]!"
    )]
    public async Task A_secret_is_read_from_outside(string member, string title, string read)
    {
        const string Start = "new PostgresStoreArgs { Name = \"x\", Uris = \"h/d\", Username = \"u\", Password = ";
        await AssertFix(
            new LiteralSecretCodeFix(),
            "DS2010",
            member,
            $"{Start}/* the word */ \"hush\" }}",
            title,
            $"{Start}/* the word */ {read} }}"
        );
    }

    [Theory]
    [InlineData("StoreArgs M() => ")]
    [InlineData("Microsoft.Extensions.Configuration.IConfiguration Settings = null!; static StoreArgs M() => ")]
    public async Task No_configuration_in_scope_is_none_to_read_from(string member) =>
        Assert.Null(
            await Fixing.Apply(
                Around(
                    $"{member}new PostgresStoreArgs {{ Name = \"x\", Uris = \"h/d\", Username = \"u\", Password = \"hush\" }};"
                ),
                new LiteralSecretCodeFix(),
                "DS2010",
                "Read it from the configuration, as Postgres:Password"
            )
        );

    [Fact]
    public async Task Another_types_required_members_are_left_to_others() =>
        Assert.Null(
            await Fixing.Apply(
                Around("class Other { public required string A { get; init; } } object M() => new Other();"),
                new AddMembersCodeFix(),
                "CS9035",
                "Set A"
            )
        );

    private static async Task AssertFix(
        Microsoft.CodeAnalysis.CodeFixes.CodeFixProvider fix,
        string id,
        string member,
        string before,
        string title,
        string after
    )
    {
        var actual = await Fixing.Apply(Around($"{member}{before};"), fix, id, title);

        Assert.Equal(Around($"{member}{after};"), actual);
        Assert.Empty(await Fixing.Complaints(actual!));
    }

    private static string Around(string member) =>
        $$"""
            #nullable enable
            using System;
            using DeltaStream.Sdk;
            namespace Microsoft.Extensions.Configuration
            {
                public interface IConfiguration { string? this[string key] { get; } }
            }
            sealed class C
            {
                static readonly KafkaStoreArgs Plain = new() { Name = "x", Uris = "b:9092", SaslHashFunction = KafkaSaslHashFunction.None };
                static readonly KafkaStoreArgs Secured = Plain with { TlsCaCertFile = StoreFile.FromPath("ca.pem") };
                public object All => (Plain, Secured, new Func<StoreArgs>(() => Plain), Environment.NewLine);
                {{member}}
            }
            """;
}
