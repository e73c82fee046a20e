using System.Globalization;
using System.Text.Json;
using DeltaStream.Pulumi.Tests.Provider;

namespace DeltaStream.Pulumi.Tests.Scenarios;

/// <summary>The specification's four acceptance scenarios and three edge cases, as Pulumi's user meets them.</summary>
public sealed class AcceptanceScenarioTests : EngineTest
{
    protected override TimeSpan ProvisionDelay => TimeSpan.FromMinutes(30);

    [EngineTheory]
    [MemberData(nameof(Transports))]
    public Task Scenario_1_a_new_store_is_created_and_ready_before_up_succeeds(string transport) =>
        ScenarioAsync(
            transport,
            async () =>
            {
                Declare(Kafka());
                var run = (await UpAsync()).Does("create");
                Assert.Contains(run.Events, IsWaiting);
                Assert.Equal("ready", Output("state"));
                Assert.Single(Changes);
            }
        );

    [EngineTheory]
    [MemberData(nameof(Transports))]
    public Task Scenario_2_a_store_that_is_provisioning_at_the_limit_fails_with_its_status(string transport) =>
        ScenarioAsync(transport, TimesOutAsync);

    [EngineTheory]
    [MemberData(nameof(Transports))]
    public Task Scenario_3_the_description_is_updated_in_place(string transport) =>
        ScenarioAsync(
            transport,
            async () =>
            {
                Declare(Kafka().With("description", "Orders"));
                (await UpAsync()).Does("create");
                var created = Output("createdAt");

                Declare(Kafka().With("description", "Orders of all countries"));
                var run = (await UpAsync()).Does("update");

                Assert.Equal(
                    "update",
                    run.StepsOf("store").Last().GetProperty("detailedDiff").GetProperty("description").GetString()
                );
                Assert.Equal(created, Output("createdAt"));
                Assert.Equal(2, Changes.Length);
            }
        );

    [EngineTheory]
    [MemberData(nameof(Transports))]
    public Task Scenario_4_a_store_deleted_outside_is_created_again_by_a_plain_up(string transport) =>
        ScenarioAsync(
            transport,
            async () =>
            {
                Declare(Kafka());
                (await UpAsync()).Does("create");
                await SendAsync("DROP STORE \"orders\";");

                var run = (await UpAsync()).Does("create");

                Assert.Contains(run.Events, IsWaiting);
                Assert.Equal("ready", Output("state"));
                Assert.Equal(["CREATE", "DROP", "CREATE"], Changes.Select(c => c.Split(' ')[0]));
            }
        );

    [EngineTheory]
    [MemberData(nameof(Transports))]
    public Task Edge_case_1_an_unsupported_subtype_is_a_validation_error(string transport) =>
        ScenarioAsync(
            transport,
            async () =>
            {
                Declare(Kafka().With("mysql", Kafka().Fields["kafka"]).With("kafka", null));
                (await RunAsync("preview")).Fails("mysql: ");
                (await RunAsync("up")).Fails("mysql: ");
                Assert.Empty(Statements);
            }
        );

    [EngineTheory]
    [MemberData(nameof(Transports))]
    public Task Edge_case_2_a_store_that_is_never_ready_is_a_timeout_and_the_next_up_goes_on(string transport) =>
        ScenarioAsync(
            transport,
            async () =>
            {
                await TimesOutAsync();
                // It is provisioning still, so the next run waits. Nothing is sent again.
                (await UpAsync()).Does("update");
                Assert.Equal("ready", Output("state"));
                Assert.Single(Changes);
            }
        );

    [EngineTheory]
    [MemberData(nameof(Transports))]
    public Task Edge_case_3_invalid_credentials_fail_with_the_services_message(string transport) =>
        ScenarioAsync(
            transport,
            async () =>
            {
                Declare(Kafka().With("kafka.saslPassword", EngineValue.Secret($"{Mark}-wrong")));
                var run = await UpAsync();
                run.Fails("authentication failed: the credentials for ");
                Assert.Contains("the next 'pulumi up' goes on from here", run.Errors, StringComparison.Ordinal);
                Assert.Equal("errored", Output("state"));
            }
        );

    /// <summary>The provider in this process, whose clock runs as far as it waits.</summary>
    private async Task TimesOutAsync()
    {
        var process = Plugin;
        await using (var provider = await DrivenProvider.StartAsync(Clock))
        {
            Plugin = provider.Port.ToString(CultureInfo.InvariantCulture);
            Declare(Kafka());
            var run = await Clock.RunAsync(RunAsync("up"));
            run.Fails("Store 'orders' (kafka) was not ready after 600 s; last state: provisioning, ");
            Assert.Contains(run.Events, IsWaiting);
            Assert.Equal("orders", Assert.Single(Stores()).GetProperty("id").GetString());
        }

        Plugin = process;
    }

    private protected override Emulator.DeltaStreamEmulatorOptions Options(
        IReadOnlyList<Emulator.EmulatorAccount> accounts,
        TestSupport.LogHook log
    )
    {
        // A store with another password is errored.
        var options = base.Options(accounts, log);
        return new Emulator.DeltaStreamEmulatorOptions
        {
            Accounts =
            [
                new Emulator.EmulatorAccount
                {
                    Type = "KAFKA",
                    Parameters = new Dictionary<string, string>
                    {
                        ["kafka.sasl.username"] = $"{Mark}-user",
                        ["kafka.sasl.password"] = $"{Mark}-password",
                    },
                },
            ],
            LoggerFactory = options.LoggerFactory,
            TimeProvider = options.TimeProvider,
            ProvisionDelay = options.ProvisionDelay,
            Token = options.Token,
            Password = options.Password,
        };
    }
}
