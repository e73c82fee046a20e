using System.Text.Json;
using DeltaStream.Pulumi.Tests.Provider;

namespace DeltaStream.Pulumi.Tests.Scenarios;

/// <summary>Programs that change, and stores that somebody else changed, deleted or made.</summary>
public sealed class ChangeScenarioTests : EngineTest
{
    [EngineTheory]
    [MemberData(nameof(Transports))]
    public Task Another_subtype_replaces_and_frees_the_name_first(string transport) =>
        ScenarioAsync(
            transport,
            async () =>
            {
                Declare(Kafka());
                (await RunAsync("up")).Does("create");
                Declare(Postgres());
                (await RunAsync("up")).Does("delete-replaced", "replace", "create-replacement");
                Assert.Equal(["CREATE", "DROP", "CREATE"], Verbs);
                (await RunAsync("up")).Does("same");
            }
        );

    [EngineTheory]
    [MemberData(nameof(Transports))]
    public Task Another_name_replaces_and_the_new_store_comes_first(string transport) =>
        ScenarioAsync(
            transport,
            async () =>
            {
                Declare(Postgres());
                (await RunAsync("up")).Does("create");
                Declare(Postgres("payments"));
                (await RunAsync("up")).Does("create-replacement", "replace", "delete-replaced");
                Assert.Equal(["CREATE", "CREATE", "DROP"], Verbs);
            }
        );

    [EngineTheory]
    [MemberData(nameof(Transports))]
    public Task Another_owner_replaces(string transport) =>
        ScenarioAsync(
            transport,
            async () =>
            {
                Declare(Postgres());
                (await RunAsync("up")).Does("create");
                Declare(Postgres().With("owner", "other"));
                // The preview alone: the emulator has one role.
                (await RunAsync("preview")).Does("delete-replaced", "replace", "create-replacement");
                Assert.Single(Changes);
            }
        );

    [EngineTheory]
    [MemberData(nameof(Transports))]
    public Task A_store_that_was_updated_outside_shows_in_a_refresh_and_is_updated_back(string transport) =>
        ScenarioAsync(
            transport,
            async () =>
            {
                Declare(Kafka());
                (await RunAsync("up")).Does("create");
                await SendAsync(
                    "UPDATE STORE \"orders\" WITH ('uris' = 'b-9.example.com:9092', 'kafka.sasl.hash_function' = SHA512, 'kafka.sasl.username' = 'other', "
                        + "'kafka.sasl.password' = 'other', 'tls.disabled' = FALSE, 'tls.verify_server_hostname' = TRUE);"
                );

                var refresh = (await RunAsync("refresh")).Succeeds();
                var step = Assert.Single(refresh.StepsOf("store"));
                Assert.Equal("update", step.GetProperty("result").GetString());
                Assert.Equal("update", step.GetProperty("detailedDiff").GetProperty("kafka.uris").GetString());
                Assert.Equal(
                    "b-9.example.com:9092",
                    step.GetProperty("inputs").GetProperty("kafka").GetProperty("uris").GetString()
                );

                (await RunAsync("up")).Does("update");
                Assert.Equal(["CREATE", "UPDATE", "UPDATE"], Verbs);
                (await RunAsync("up")).Does("same");
            }
        );

    [EngineTheory]
    [MemberData(nameof(Transports))]
    public Task A_store_that_was_deleted_outside_is_gone_after_a_refresh_and_deleting_it_is_no_failure(
        string transport
    ) =>
        ScenarioAsync(
            transport,
            async () =>
            {
                Declare(Kafka());
                (await RunAsync("up")).Does("create");
                await SendAsync("DROP STORE \"orders\";");
                // FR-004: nothing reads it first.
                (await RunAsync("destroy")).Does("delete");

                (await RunAsync("up")).Does("create");
                await SendAsync("DROP STORE \"orders\";");
                var step = Assert.Single((await RunAsync("refresh")).Succeeds().StepsOf("store"));
                Assert.Equal("delete", step.GetProperty("result").GetString());
                Assert.Empty(Stores());
            }
        );

    [EngineTheory]
    [MemberData(nameof(Transports))]
    public Task An_import_leads_to_one_update_with_what_the_service_does_not_tell(string transport) =>
        ScenarioAsync(
            transport,
            async () =>
            {
                await SendAsync(
                    "CREATE STORE \"orders\" WITH ('type' = KAFKA, 'uris' = 'b-1.example.com:9092', 'kafka.sasl.hash_function' = SHA512, "
                        + $"'kafka.sasl.username' = '{Mark}', 'kafka.sasl.password' = '{Mark}');"
                );
                var import = (await RunAsync("import deltastream:index:Store store orders")).Does("import");
                Assert.Contains(import.Logs("warning"), l => l.Contains("kafka.sasl", StringComparison.Ordinal));
                Assert.Equal(
                    "b-1.example.com:9092",
                    Assert.Single(Stores()).GetProperty("inputs").GetProperty("kafka").GetProperty("uris").GetString()
                );

                Declare(Kafka());
                (await RunAsync("up")).Does("update");
                (await RunAsync("up")).Does("same");
                Assert.Equal(["CREATE", "UPDATE"], Verbs);
            }
        );

    [EngineTheory]
    [MemberData(nameof(Transports))]
    public Task An_import_of_what_can_not_be_changed_in_place_replaces_nothing(string transport) =>
        ScenarioAsync(
            transport,
            async () =>
            {
                Declare(Databricks());
                (await RunAsync("up")).Does("create");
                File.Delete(StateFile);
                (await RunAsync("import deltastream:index:Store store orders")).Does("import");

                (await RunAsync("up")).Does("update");
                Assert.Equal(["CREATE", "UPDATE"], Verbs);
            }
        );

    [EngineTheory]
    [MemberData(nameof(Transports))]
    public Task A_preview_with_unknown_values_reaches_nobody(string transport) =>
        ScenarioAsync(
            transport,
            async () =>
            {
                Write(
                    $$"""
                    const first = new Store('first', {{Script(Postgres("first"))}});
                    new Store('second', {
                      name: pulumi.interpolate`after-${first.type}`,
                      postgres: { uris: pulumi.interpolate`postgresql://${first.type}.example.com:5432/orders`, username: 'ingest', password: first.owner },
                    });
                    """
                );
                var preview = (await RunAsync("preview")).Does("create", "create");
                Assert.Equal(
                    "[unknown]",
                    preview.StepsOf("second").Single().GetProperty("inputs").GetProperty("name").GetString()
                );
                Assert.Empty(Statements);
                Assert.False(File.Exists(StateFile));

                (await RunAsync("up")).Does("create", "create");
                Assert.Equal(["CREATE", "CREATE"], Verbs);

                // Of stores that exist a preview reads, and changes nothing.
                Write($"new Store('first', {Script(Postgres("first").With("postgres.username", "other"))});");
                preview = (await RunAsync("preview")).Does("update", "delete");
                Assert.Equal(2, Changes.Length);
                var outputs = preview
                    .StepsOf("first")
                    .Single(s => s.GetProperty("op").GetString() == "update")
                    .GetProperty("outputs");
                Assert.Equal("Postgres", outputs.GetProperty("type").GetString());
                Assert.Equal("other", outputs.GetProperty("postgres").GetProperty("username").GetString());
            }
        );

    private string[] Verbs => [.. Changes.Select(c => c.Split(' ')[0])];
}
