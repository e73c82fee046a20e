using DeltaStream.Pulumi.Tests.Provider;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.TestSupport;
using Google.Protobuf.WellKnownTypes;

namespace DeltaStream.Pulumi.Tests;

/// <summary>What a program declares is checked at once and as a whole, and comes back as it was, with its secrets marked.</summary>
public sealed class CheckTests : DrivenTest
{
    [Fact]
    public async Task Every_fault_is_named_with_its_path()
    {
        var inputs = EngineValue.Object(
            ("name", EngineValue.Of("")),
            ("ownr", EngineValue.Of("x")),
            (
                "kafka",
                EngineValue.Of(
                    EngineValue.Object(
                        ("uris", EngineValue.Of($"user:{Mark}@b-1.example.com:9092")),
                        ("saslHashFunction", EngineValue.Of("SHA513")),
                        ("saslPasword", EngineValue.Secret($"{Mark}-1")),
                        ("tlsDisabled", EngineValue.Of("yes")),
                        ("tlsCaCertFile", EngineValue.Of("nowhere.pem"))
                    )
                )
            )
        );

        var faults = await Provider.FaultsAsync(inputs);

        foreach (
            var path in (string[])
                [
                    "name",
                    "ownr",
                    "kafka.uris",
                    "kafka.saslHashFunction",
                    "kafka.saslPasword",
                    "kafka.tlsDisabled",
                    "kafka.tlsCaCertFile",
                ]
        )
        {
            Assert.Contains(faults, f => f.StartsWith(path, StringComparison.Ordinal));
        }

        Assert.Contains(faults, f => f.Contains("did you mean 'saslPassword'?", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.Contains("did you mean 'owner'?", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.Contains("did you mean 'SHA512'?", StringComparison.Ordinal));
    }

    [Requirement("FR-006")]
    [Fact]
    public async Task No_subtype_two_and_one_that_nobody_knows_are_faults()
    {
        Assert.Contains(
            "add one of",
            Assert.Single(await Provider.FaultsAsync(Kafka().With("kafka", null))),
            StringComparison.Ordinal
        );
        var two = Kafka().With("postgres", Postgres().Fields["postgres"]);
        Assert.Contains(
            "a store has one: remove one of them",
            Assert.Single(await Provider.FaultsAsync(two)),
            StringComparison.Ordinal
        );
        var other = Kafka().With("mysql", Kafka().Fields["kafka"]).With("kafka", null);
        Assert.Contains(await Provider.FaultsAsync(other), f => f.StartsWith("mysql: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Null_is_the_same_as_not_set()
    {
        var inputs = Kafka()
            .With("postgres", Value.ForNull())
            .With("owner", Value.ForNull())
            .With("kafka.mskAwsRegion", Value.ForNull());

        Assert.Empty(await Provider.FaultsAsync(inputs));
        // It comes back as it was.
        Assert.Equal(inputs, await Provider.CheckAsync(inputs));
    }

    [Requirement("FR-007")]
    [Fact]
    public async Task Every_secret_of_every_subtype_comes_back_marked()
    {
        foreach (var subtype in StoreSubtypes.All)
        {
            var inputs = Inputs(CaseOf(subtype.Name).Good);
            var member = Names.Camel(subtype.Name);
            var plain = Unmarked(inputs);

            var marked = EngineValue.Plain((await Provider.CheckAsync(plain)).Fields[member]).StructValue;

            foreach (var property in subtype.Properties)
            {
                if (marked.Fields.TryGetValue(property.Name, out var value))
                {
                    Assert.Equal(property.Secret, EngineValue.IsSecret(value));
                    Assert.Equal(EngineValue.At(plain, $"{member}.{property.Name}"), EngineValue.Plain(value));
                }
            }
        }
    }

    [Fact]
    public async Task What_is_not_known_yet_is_no_fault()
    {
        foreach (var unknown in EngineValue.Unknowns.Select(EngineValue.Of))
        {
            foreach (var subtype in StoreSubtypes.All)
            {
                var inputs = Inputs(CaseOf(subtype.Name).Good);
                var member = Names.Camel(subtype.Name);
                foreach (var name in EngineValue.Plain(inputs.Fields[member]).StructValue.Fields.Keys)
                {
                    Assert.Empty(await Provider.FaultsAsync(inputs.With($"{member}.{name}", unknown)));
                }

                Assert.Empty(await Provider.FaultsAsync(inputs.With("name", unknown)));
                Assert.Empty(await Provider.FaultsAsync(inputs.With(member, unknown)));
            }
        }

        Assert.Empty(await Provider.FaultsAsync(Kafka().With("kafka.uris", EngineValue.Output(null))));
        // What is known is judged all the same.
        var fault = Assert.Single(
            await Provider.FaultsAsync(
                Kafka().With("kafka.uris", EngineValue.Unknown).With("kafka.saslHashFunction", "SHA513")
            )
        );
        Assert.StartsWith("kafka.saslHashFunction is ", fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outputs_and_assets_are_values()
    {
        var path = Path.Combine(Folder, "ca.pem");
        await File.WriteAllTextAsync(path, DeltaStream.Declarations.RightValues.Block("CERTIFICATE"));
        var inputs = Kafka().With("kafka.uris", EngineValue.Output("b-1.example.com:9092"));

        Assert.Empty(await Provider.FaultsAsync(inputs));
        Assert.Empty(await Provider.FaultsAsync(inputs.With("kafka.tlsCaCertFile", EngineValue.FileAsset(path))));
        Assert.Empty(
            await Provider.FaultsAsync(
                inputs.With(
                    "kafka.tlsCaCertFile",
                    EngineValue.Asset(DeltaStream.Declarations.RightValues.Block("CERTIFICATE"))
                )
            )
        );
        var fault = Assert.Single(
            await Provider.FaultsAsync(inputs.With("kafka.tlsCaCertFile", EngineValue.Asset("no pem")))
        );
        Assert.StartsWith("kafka.tlsCaCertFile ", fault, StringComparison.Ordinal);
    }

    private static Struct Unmarked(Struct values)
    {
        var plain = new Struct();
        foreach (var (name, value) in values.Fields)
        {
            var content = EngineValue.Plain(value);
            plain.Fields[name] =
                content.KindCase == Value.KindOneofCase.StructValue
                    ? Value.ForStruct(Unmarked(content.StructValue))
                    : content;
        }

        return plain;
    }
}
