using CsCheck;
using DeltaStream.Pulumi.Tests.Provider;
using DeltaStream.Pulumi.Wire;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace DeltaStream.Pulumi.Tests;

/// <summary>Bags of anything: never a fault of the provider's own, never a secret in an answer.</summary>
public sealed class FuzzTests : DrivenTest
{
    private static readonly string[] s_names =
    [
        "name",
        "owner",
        "description",
        "kafka",
        "postgres",
        "databricks",
        "uris",
        "saslHashFunction",
        "saslPassword",
        "tlsDisabled",
        "tlsCaCertFile",
        "clientKey",
        "password",
        "warehousePort",
        "state",
        "createdAt",
        "updatedAt",
        "__state",
        "__described",
        "type",
        "a.b",
        EngineValue.Signature,
        "value",
        "file",
        "env",
        "base64",
    ];

    private static readonly Gen<string> s_text = Gen.OneOf(
        Any([
            .. EngineValue.Unknowns,
            "orders",
            "SHA512",
            "2026-01-01T00:00:00Z",
            "nowhere.pem",
            "\u0000",
            "b:9092",
            EngineValue.SecretSignature,
            EngineValue.OutputSignature,
            EngineValue.AssetSignature,
            EngineValue.ArchiveSignature,
            EngineValue.ReferenceSignature,
            EngineValue.BytesSignature,
        ]),
        Gen.String
    );

    private static readonly Gen<Value> s_value = Gen.Recursive<Value>(
        (depth, value) =>
            depth > 4
                ? s_text.Select(Value.ForString)
                : Gen.Frequency(
                    (4, s_text.Select(Value.ForString)),
                    (1, Gen.Bool.Select(Value.ForBool)),
                    (1, Gen.Double.Select(Value.ForNumber)),
                    (1, Gen.Const(Value.ForNull())),
                    (1, value.Array[0, 3].Select(v => Value.ForList(v))),
                    (4, Members(value).Select(Value.ForStruct))
                )
    );

    private static readonly Gen<Struct> s_bag = Members(s_value);

    [Fact]
    public Task Anything_is_checked() =>
        AnyAsync(bag => Provider.Client.CheckAsync(new CheckRequest { Urn = Urn(), News = bag }).ResponseAsync);

    [Fact]
    public Task Any_configuration_is_checked() =>
        AnyAsync(bag => Provider.Client.CheckConfigAsync(new CheckRequest { News = bag }).ResponseAsync);

    [Fact]
    public async Task Any_state_is_compared()
    {
        var inputs = await Provider.CheckAsync(Kafka());
        await AnyAsync(bag =>
            Provider
                .Client.DiffAsync(
                    new DiffRequest
                    {
                        Id = "orders",
                        Urn = Urn(),
                        Olds = bag,
                        News = inputs,
                    }
                )
                .ResponseAsync
        );
        var created = await Clock.RunAsync(Provider.CreateAsync(Kafka()));
        await AnyAsync(bag =>
            Provider
                .Client.DiffAsync(
                    new DiffRequest
                    {
                        Id = "orders",
                        Urn = Urn(),
                        Olds = created.Properties,
                        News = bag,
                    }
                )
                .ResponseAsync
        );
    }

    private static Gen<string> Any(string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static Gen<Struct> Members(Gen<Value> value) =>
        Gen.Select(Any(s_names), value)
            .Array[0, 6]
            .Select(members =>
            {
                var made = new Struct();
                foreach (var (name, member) in members)
                {
                    made.Fields[name] = member;
                }

                return made;
            });

    private static Task AnyAsync<T>(Func<Struct, Task<T>> call) =>
        s_bag.SampleAsync(
            async bag =>
            {
                try
                {
                    await call(bag);
                }
                catch (RpcException e)
                {
                    Assert.True(e.StatusCode == StatusCode.FailedPrecondition, $"{e.Status} for {bag}");
                }
            },
            iter: 2_000,
            threads: 1
        );
}
