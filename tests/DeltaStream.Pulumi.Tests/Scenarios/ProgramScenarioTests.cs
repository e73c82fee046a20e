using DeltaStream.Declarations;
using DeltaStream.Pulumi.Tests.Provider;
using DeltaStream.TestSupport;

namespace DeltaStream.Pulumi.Tests.Scenarios;

/// <summary>Programs: many stores, functions, providers of their own, and those written for the official package.</summary>
public sealed class ProgramScenarioTests : EngineTest
{
    [EngineTheory]
    [MemberData(nameof(Transports))]
    public Task Fifty_stores_in_one_program(string transport) =>
        ScenarioAsync(
            transport,
            async () =>
            {
                const int Stores = 50;
                var kafka = Script(Kafka().Fields["kafka"].StructValue);
                Write(
                    $"for (let i = 0; i < {Stores}; i++) new Store(`store-${{i}}`, {{ name: `orders-${{i}}`, kafka: {kafka} }});"
                );
                var run = (await RunAsync("up")).Does([.. Enumerable.Repeat("create", Stores)]);
                Measure(run);
                Assert.Equal(Stores, Changes.Length);

                (await RunAsync("up")).Does([.. Enumerable.Repeat("same", Stores)]);
                (await RunAsync("destroy")).Does([.. Enumerable.Repeat("delete", Stores)]);
                Assert.Equal(2 * Stores, Changes.Length);
            }
        );

    [EngineTheory]
    [MemberData(nameof(Transports))]
    public Task Functions_find_stores(string transport) =>
        ScenarioAsync(
            transport,
            async () =>
            {
                await SendAsync(
                    "CREATE STORE \"orders\" WITH ('type' = KAFKA, 'uris' = 'b-1.example.com:9092', 'kafka.sasl.hash_function' = NONE);"
                );
                Write(
                    """
                    exports.one = pulumi.runtime.invoke('deltastream:index:getStore', { name: 'orders' }).then(s => `${s.name} ${s.type} ${s.state}`);
                    exports.all = pulumi.runtime.invoke('deltastream:index:getStores', {}).then(all => all.stores.map(s => s.name));
                    """
                );
                var outputs = (await RunAsync("up")).Succeeds().Outputs;
                Assert.Equal("orders Kafka ready", outputs.GetProperty("one").GetString());
                Assert.Equal("""["orders"]""", outputs.GetProperty("all").GetRawText());

                Write("exports.one = pulumi.runtime.invoke('deltastream:index:getStore', { name: 'nothing' });");
                (await RunAsync("up")).Fails("There is no store 'nothing' that the role can see.");
            }
        );

    [EngineTheory]
    [MemberData(nameof(Transports))]
    public Task A_provider_of_its_own_is_configured_by_the_program(string transport) =>
        ScenarioAsync(
            transport,
            async () =>
            {
                var settings = ConfigOf(transport)
                    .Fields.Select(f => $"{f.Key}: config.requireSecret('{Secret(f.Value.StringValue)}')");
                Write(
                    $$"""
                    const own = new deltastream.Provider('own', { {{string.Join(", ", settings)}} });
                    exports.state = new Store('store', {{Script(Kafka())}}, { provider: own }).state;
                    """
                );
                Assert.Equal("ready", (await RunAsync("up")).Does("create").Outputs.GetProperty("state").GetString());
                (await RunAsync("up")).Does("same");
                (await RunAsync("destroy")).Does("delete");
            }
        );

    [EngineTheory]
    [MemberData(nameof(Transports))]
    public Task Secrets_that_the_program_does_not_mark_are_secret_in_the_state(string transport) =>
        ScenarioAsync(
            transport,
            async () =>
            {
                Write(
                    $$"""
                    new Store('store', {
                      name: 'orders',
                      postgres: { uris: 'postgresql://db.example.com:5432/orders', username: 'ingest', password: '{{Mark}}-plain' },
                    });
                    """
                );
                // Each run looks for the mark in all that the engine prints and keeps.
                (await RunAsync("preview")).Does("create");
                (await RunAsync("up")).Does("create");
                (await RunAsync("refresh")).Succeeds();
            }
        );

    [EngineTheory]
    [MemberData(nameof(Transports))]
    public Task The_sample_runs_with_the_official_packages_names(string transport) =>
        ScenarioAsync(
            transport,
            async () =>
            {
                var sample = Path.Combine(Repository.Root, "samples", "pulumi");
                var key = CaseOf("snowflake").Good;
                Secret($"{Mark}-kafka", "kafkaPassword");
                Secret($"{Mark}-postgres", "postgresPassword");
                Secret(
                    EngineValue.Plain(EngineValue.At(Inputs(key), "snowflake.clientKey")!).StringValue,
                    "snowflakeClientKey"
                );

                var run = (await RunAsync("up", program: sample)).Does("create", "create", "create");
                Assert.All(
                    run.Outputs.GetProperty("states").EnumerateObject(),
                    s => Assert.Equal("ready", s.Value.GetString())
                );
                (await RunAsync("up", program: sample)).Does("same", "same", "same");
                (await RunAsync("destroy", program: sample)).Does("delete", "delete", "delete");
            }
        );
}
