using DeltaStream.Emulator;
using DeltaStream.Sdk;
using DeltaStream.TestSupport;

namespace DeltaStream.EndToEnd.Tests.Planning;

/// <summary>What goes wrong between a plan and the next one loses no store, and drops none that is well.</summary>
public sealed class LifecycleFaultTests : EndToEndTest
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deltastream-lifecycle-").FullName;

    public override async Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        await base.DisposeAsync();
    }

    protected override DeltaStreamEmulatorOptions Options() =>
        new()
        {
            Password = Watch.Canary(),
            Token = Watch.Canary(),
            TimeProvider = Clock,
            ProvisionDelay = ProvisionDelay,
            Accounts = Subtypes.Accounts,
            Roles = ["sysadmin", "team_a", "team_b"],
            LoggerFactory = Watch.Logs,
        };

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task A_plan_is_applied_once_and_two_of_one_state_lose_nothing(Transport transport)
    {
        var client = ClientOver(transport);
        using var file = StoreStateFile.Open(Path.Combine(_folder, "state.json"));
        var options = new StoreApplyOptions { SaveState = file.SaveAsync };
        StoreArgs[] declared = [Store("kafka", "a"), Store("postgres", "b")];
        var first = await client.PlanAsync(declared[..1], file.State);
        var second = await client.PlanAsync(declared[1..], file.State);
        var third = await client.PlanAsync(declared[1..]);

        (await Clock.RunAsync(client.ApplyAsync(first, options))).ThrowIfFailed();
        var again = await FailsAsync<InvalidOperationException>(() => client.ApplyAsync(first, options));
        var stale = await Clock.RunAsync(client.ApplyAsync(second, options));
        var foreign = await Clock.RunAsync(client.ApplyAsync(third, options));

        Assert.Contains("a plan is applied once", again.ToString(), StringComparison.Ordinal);
        foreach (var refused in new[] { stale, foreign })
        {
            var failed = Assert.Single(refused.Stores);
            Assert.Contains("plan again with the file's State", failed.Exception!.ToString(), StringComparison.Ordinal);
            Assert.Empty(refused.State.Stores);
        }

        Assert.Null(await client.GetAsync("b"));
        Assert.Equal(["a"], file.State.Stores.Keys);
        var next = await client.PlanAsync(declared, file.State);
        (await Clock.RunAsync(client.ApplyAsync(next, options))).ThrowIfFailed();
        Assert.True((await client.PlanAsync(declared, file.State)).IsEmpty);
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task An_update_that_was_refused_changed_nothing_and_going_back_is_nothing(Transport transport)
    {
        var client = ClientOver(transport);
        var store = Store("postgres", "billing");
        var first = await Clock.RunAsync(client.ApplyAsync(await client.PlanAsync([store])));
        Emulator.Faults.Add(
            new EmulatorFault
            {
                Kind = EmulatorFaultKind.SqlErrorBeforeExecution,
                Statement = "UPDATE STORE",
                SqlState = "42501",
            }
        );

        // What can't be taken away again in place.
        var described = store with
        {
            Description = "what it is for",
        };
        var refused = await Clock.RunAsync(client.ApplyAsync(await client.PlanAsync([described], first.State)));
        var back = await client.PlanAsync([store], refused.State);

        var failed = Assert.IsType<StoreBackendException>(Assert.Single(refused.Stores).Exception);
        Assert.Equal(StatementFate.Refused, failed.Statement);
        Assert.True(back.IsEmpty, back.ToString());
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task A_store_of_an_interrupted_create_that_is_not_described_yet_is_waited_for_and_then_proved(
        Transport transport
    )
    {
        var client = ClientOver(transport);
        var (ours, theirs) = (Kafka("orders"), Kafka("orders") with { Uris = "theirs.example.com:9092" });
        foreach (var created in new[] { ours, theirs })
        {
            // What a process left that was killed before the first poll.
            var known = new StoreState();
            var isIntent = true;
            var options = new StoreApplyOptions
            {
                SaveState = (s, _) =>
                {
                    (known, isIntent) = (isIntent ? StoreState.Parse(s.ToJson(), s.Key) : known, false);
                    throw new IOException("killed");
                },
            };
            await Clock.RunAsync(client.ApplyAsync(await client.PlanAsync([ours]), options));
            await Clock.RunAsync(client.CreateAsync(created, wait: StoreWait.Started));
            Emulator.Faults.Add(
                new EmulatorFault
                {
                    Kind = EmulatorFaultKind.SqlErrorBeforeExecution,
                    Statement = "DESCRIBE STORE",
                    SqlState = "3D006",
                }
            );

            var plan = await client.PlanAsync([ours], known);
            var result = await Clock.RunAsync(client.ApplyAsync(plan));
            var again = await client.PlanAsync([ours], result.State);

            Assert.Equal(StoreAction.Wait, Assert.Single(plan.Stores).Action);
            if (created == ours)
            {
                Assert.True(result.IsDone, result.ToString());
                Assert.True(again.IsEmpty, again.ToString());
            }
            else
            {
                var exception = Assert.Single(result.Stores).Exception;
                Assert.Contains("its uris is 'theirs.example.com:9092'", exception!.Message, StringComparison.Ordinal);
                Assert.True(again.HasConflicts, again.ToString());
            }

            await Clock.RunAsync(client.DeleteAsync("orders"));
        }
    }

    [Theory]
    [InlineData(Transport.Postgres, null)]
    [InlineData(Transport.Rest, null)]
    [InlineData(Transport.Rest, "team_a")]
    public async Task A_store_of_an_interrupted_create_that_comes_late_and_is_no_longer_declared_is_not_forgotten(
        Transport transport,
        string? owner
    )
    {
        var client = ClientOver(transport);
        var store = Kafka("orders") with { Owner = owner };
        StoreState? known = null;
        var options = new StoreApplyOptions
        {
            SaveState = (s, _) =>
            {
                known ??= StoreState.Parse(s.ToJson(), s.Key);
                throw new IOException("killed");
            },
        };
        await Clock.RunAsync(client.ApplyAsync(await client.PlanAsync([store]), options));
        Emulator.Faults.Add(
            new EmulatorFault
            {
                Kind = EmulatorFaultKind.RowNotYetVisible,
                Statement = "CREATE STORE",
                Delay = TimeSpan.FromSeconds(30),
            }
        );
        var creating = client.CreateAsync(store, wait: StoreWait.Started);

        var plan = await client.PlanAsync([], known);
        var result = await Clock.RunAsync(client.ApplyAsync(plan));
        await creating;
        var next = await client.PlanAsync([], result.State, new StorePlanOptions { Delete = true });
        var deleted = await Clock.RunAsync(client.ApplyAsync(next));

        Assert.Equal(StoreAction.Forget, Assert.Single(plan.Stores).Action);
        Assert.IsType<StorePlanOutdatedException>(Assert.Single(result.Stores).Exception);
        Assert.Equal(StoreAction.Delete, Assert.Single(next.Stores).Action);
        Assert.True(deleted.IsDone, deleted.ToString());
        Assert.Null(await client.GetAsync("orders", owner));
    }

    [Fact]
    public async Task Another_owner_is_a_replacement_that_is_applied()
    {
        var client = ClientOver(Transport.Rest);
        var store = Store("kafka", "orders") with { Owner = "team_a" };
        var first = await Clock.RunAsync(client.ApplyAsync(await client.PlanAsync([store])));
        first.ThrowIfFailed();

        var moved = store with { Owner = "team_b" };
        var plan = await client.PlanAsync([moved], first.State);
        var result = await Clock.RunAsync(client.ApplyAsync(plan));

        Assert.Equal(StoreAction.Replace, Assert.Single(plan.Stores).Action);
        Assert.True(result.IsDone, result.ToString());
        Assert.Equal("team_b", (await client.GetAsync("orders", "team_b"))!.Owner);
        Assert.True((await client.PlanAsync([moved], result.State)).IsEmpty);
    }

    [Fact]
    public async Task An_owner_that_is_no_longer_declared_is_still_known()
    {
        var client = ClientOver(Transport.Rest);
        var store = Kafka("orders") with { Owner = "team_a" };
        var first = await Clock.RunAsync(client.ApplyAsync(await client.PlanAsync([store])));
        var state = first.State;

        var bare = store with { Owner = null, TlsVerifyServerHostname = false };
        for (var i = 0; i < 2; i++)
        {
            var result = await Clock.RunAsync(client.ApplyAsync(await client.PlanAsync([bare], state)));
            Assert.True(result.IsDone, result.ToString());
            state = result.State;
        }

        Assert.True((await client.PlanAsync([bare], state)).IsEmpty);
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task An_intent_that_can_not_be_saved_is_no_attempt(Transport transport)
    {
        var client = ClientOver(transport);
        var plan = await client.PlanAsync([Store("kafka", "orders")]);
        var isFull = true;
        var options = new StoreApplyOptions
        {
            SaveState = (_, _) => isFull && !(isFull = false) ? throw new IOException("No space left") : default,
        };

        var result = await Clock.RunAsync(client.ApplyAsync(plan, options));

        Assert.IsType<IOException>(Assert.Single(result.Stores).Exception);
        Assert.Empty(result.State.Stores);
        Assert.Null(await client.GetAsync("orders"));
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task Progress_that_throws_ends_the_apply_and_hangs_nothing(Transport transport)
    {
        var client = ClientOver(transport);
        var plan = await client.PlanAsync(Enumerable.Range(0, 20).Select(i => Store("kafka", $"s{i}")));
        var options = new StoreApplyOptions { Progress = new Throwing() };

        var exception = await FailsAsync<StoreBackendException>(() =>
            client.ApplyAsync(plan, options).WaitAsync(TimeSpan.FromMinutes(1))
        );

        Assert.Contains("the caller's own", exception.ToString(), StringComparison.Ordinal);
    }

    private KafkaStoreArgs Kafka(string name) => (KafkaStoreArgs)Subtypes["kafka"].Good with { Name = name };

    private StoreArgs Store(string subtype, string name) => Subtypes[subtype].Good with { Name = name };

    private sealed class Throwing : IProgress<StoreApplyEvent>
    {
        public void Report(StoreApplyEvent value) => throw new InvalidOperationException("the caller's own");
    }
}
