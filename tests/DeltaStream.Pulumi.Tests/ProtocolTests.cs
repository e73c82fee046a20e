using System.Text.Json;
using DeltaStream.Pulumi.Tests.Provider;
using DeltaStream.Pulumi.Wire;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace DeltaStream.Pulumi.Tests;

/// <summary>Every call of the protocol, to a real process.</summary>
public sealed class ProtocolTests : PulumiTest
{
    protected override bool HasAccounts => false;

    [Fact]
    public async Task The_package_says_what_it_is()
    {
        await using var provider = await StartAsync();

        var info = await provider.Client.GetPluginInfoAsync(new Empty());
        var schema = JsonDocument
            .Parse((await provider.Client.GetSchemaAsync(new GetSchemaRequest())).Schema)
            .RootElement;

        Assert.Equal("deltastream", schema.GetProperty("name").GetString());
        Assert.Equal(info.Version, schema.GetProperty("version").GetString());
        Assert.True(schema.GetProperty("resources").TryGetProperty("deltastream:index:Store", out _));
        var e = await Assert.ThrowsAsync<RpcException>(async () =>
            await provider.Client.GetSchemaAsync(new GetSchemaRequest { Version = 1 })
        );
        Assert.Equal(StatusCode.InvalidArgument, e.StatusCode);
    }

    [Fact]
    public async Task It_accepts_secrets_and_previews()
    {
        await using var provider = await ProviderProcess.StartAsync(Folder);

        var handshake = await provider.Client.HandshakeAsync(
            new ProviderHandshakeRequest { EngineAddress = "127.0.0.1:1" }
        );
        Assert.True(handshake.AcceptSecrets);
        Assert.True(handshake.AcceptResources);
        Assert.False(handshake.AcceptOutputs);
        var configured = await provider.Client.ConfigureAsync(
            new ConfigureRequest { Args = ConfigOf("REST"), AcceptSecrets = true }
        );
        Assert.True(configured.AcceptSecrets);
        Assert.True(configured.SupportsPreview);
        await provider.Client.AttachAsync(new PluginAttach { Address = "127.0.0.1:1" });
        var e = await Assert.ThrowsAsync<RpcException>(async () =>
            await provider.Client.AttachAsync(new PluginAttach { Address = "nowhere" })
        );
        Assert.Equal(StatusCode.InvalidArgument, e.StatusCode);
    }

    [Fact]
    public async Task What_is_not_served_says_so()
    {
        await using var provider = await StartAsync();
        var method = new Method<Empty, Empty>(
            MethodType.Unary,
            "pulumirpc.ResourceProvider",
            "Construct",
            Marshallers.Create(_ => [], _ => new Empty()),
            Marshallers.Create(_ => [], _ => new Empty())
        );

        var e = await Assert.ThrowsAsync<RpcException>(async () =>
            await provider.Invoker.AsyncUnaryCall(method, null, new CallOptions(), new Empty())
        );

        Assert.Equal(StatusCode.Unimplemented, e.StatusCode);
    }

    [Fact]
    public async Task Configuration_is_checked()
    {
        await using var provider = await ProviderProcess.StartAsync(Folder);

        Assert.StartsWith("server: It is missing", Assert.Single(await FaultsAsync([])), StringComparison.Ordinal);
        Assert.StartsWith(
            "apiKey: It is missing",
            Assert.Single(await FaultsAsync(("server", "https://api.example.com/v2"))),
            StringComparison.Ordinal
        );
        Assert.Equal(
            [
                "servr: The provider has no such setting; did you mean 'server'?",
                "insecureSkipVerify: It is a string, and must be true or false",
                "role: It is a number, and must be a string",
            ],
            await FaultsAsync(("servr", "x"), ("insecureSkipVerify", "maybe"), ("role", 1))
        );
        Assert.Contains(
            "PostgreSQL's protocol",
            Assert.Single(await FaultsAsync(("connection", "Host=x"), ("server", "https://x"))),
            StringComparison.Ordinal
        );
        Assert.Single(await FaultsAsync(("server", "http://api.example.com"), ("apiKey", $"{Mark}-key")));
        // What the engine adds, what is not known yet, and flags as texts.
        Assert.Empty(
            await FaultsAsync(
                ("server", "https://api.example.com"),
                ("apiKey", EngineValue.Unknown),
                ("version", "1.0.0"),
                ("insecureSkipVerify", "true")
            )
        );

        async Task<IReadOnlyList<string>> FaultsAsync(params (string Name, object Value)[] config)
        {
            var check = await provider.Client.CheckConfigAsync(
                new CheckRequest
                {
                    News = EngineValue.Object([.. config.Select(c => (c.Name, EngineValue.Of(c.Value)))]),
                }
            );
            Assert.All(check.Failures, f => Assert.Empty(f.Property));
            return [.. check.Failures.Select(f => f.Reason)];
        }
    }

    [Fact]
    public async Task The_environment_configures_what_the_configuration_leaves_out()
    {
        await using var provider = await ProviderProcess.StartAsync(
            Folder,
            new Dictionary<string, string>
            {
                ["DELTASTREAM_SERVER"] = Emulator.ServerUri.ToString(),
                ["DELTASTREAM_API_KEY"] = Emulator.Token!,
            }
        );

        await provider.ConfigureAsync(new Struct());

        Assert.Equal("ready", EngineValue.At((await provider.CreateAsync(Kafka())).Properties, "state")?.StringValue);
    }

    [Fact]
    public async Task Without_all_of_its_configuration_it_reaches_nobody_and_previews_all_the_same()
    {
        await using var provider = await ProviderProcess.StartAsync(Folder);
        await provider.Client.ConfigureAsync(
            new ConfigureRequest { Args = ConfigOf("REST").With("apiKey", EngineValue.Unknown), AcceptSecrets = true }
        );
        var inputs = await provider.CheckAsync(Kafka());

        var preview = await provider.Client.CreateAsync(
            new CreateRequest
            {
                Urn = Urn(),
                Properties = inputs,
                Preview = true,
            }
        );
        Assert.Equal(EngineValue.Unknown, preview.Properties.Fields["state"]);
        Assert.Contains(
            "is not configured",
            await ProviderClient.RefusedAsync(() => provider.CreateAsync(Kafka())),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Another_way_to_the_service_replaces_nothing()
    {
        await using var provider = await StartAsync();
        var (before, after) = (ConfigOf("REST"), ConfigOf("PostgreSQL"));

        var diff = await provider.Client.DiffConfigAsync(
            new DiffRequest
            {
                Olds = before,
                OldInputs = before,
                News = after,
            }
        );
        Assert.Equal(DiffResponse.Types.DiffChanges.DiffSome, diff.Changes);
        Assert.Empty(diff.Replaces);
        Assert.Equal(
            DiffResponse.Types.DiffChanges.DiffNone,
            (
                await provider.Client.DiffConfigAsync(
                    new DiffRequest
                    {
                        Olds = before,
                        OldInputs = before,
                        News = before,
                    }
                )
            ).Changes
        );
    }

    [Fact]
    public async Task Functions_find_stores()
    {
        await using var provider = await StartAsync();
        await provider.CreateAsync(Kafka());
        await provider.CreateAsync(Postgres("payments"));

        var store = (await InvokeAsync("getStore", ("name", "orders"))).Return;
        Assert.Equal("Kafka", EngineValue.At(store, "type")?.StringValue);
        Assert.Equal("ready", EngineValue.At(store, "state")?.StringValue);
        var stores = (await InvokeAsync("getStores")).Return.Fields["stores"].ListValue.Values;
        Assert.Contains(stores, s => s.StructValue.Fields["name"].StringValue == "payments");
        Assert.Contains(
            "'nothing'",
            await ProviderClient.RefusedAsync(() => InvokeAsync("getStore", ("name", "nothing"))),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "getStores",
            await ProviderClient.RefusedAsync(() => InvokeAsync("getQueries")),
            StringComparison.Ordinal
        );

        async Task<InvokeResponse> InvokeAsync(string function, params (string Name, string Value)[] arguments) =>
            await provider.Client.InvokeAsync(
                new InvokeRequest
                {
                    Tok = $"deltastream:index:{function}",
                    Args = EngineValue.Object([.. arguments.Select(a => (a.Name, EngineValue.Of(a.Value)))]),
                }
            );
    }

    [Fact]
    public async Task Other_resources_are_those_of_the_official_package()
    {
        await using var provider = await StartAsync();

        var message = await ProviderClient.RefusedAsync(async () =>
            await provider.Client.CheckAsync(
                new CheckRequest { Urn = "urn:pulumi:dev::tests::deltastream:index:Database::db", News = new Struct() }
            )
        );

        Assert.Contains("deltastream:index:Database", message, StringComparison.Ordinal);
        Assert.Contains("official package", message, StringComparison.Ordinal);
    }
}
