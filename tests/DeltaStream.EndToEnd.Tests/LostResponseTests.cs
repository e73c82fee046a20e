using System.Collections.Concurrent;
using DeltaStream.Emulator;
using DeltaStream.EndToEnd.Tests.Wire;
using DeltaStream.Sdk;

namespace DeltaStream.EndToEnd.Tests;

/// <summary>
/// When the response to a statement is lost, the client adopts the store that it created, and reports another store as a conflict.
/// It creates nothing twice, and calls no created store a failure.
/// </summary>
public sealed class LostResponseTests : EndToEndTest
{
    [Theory]
    [InlineData(EmulatorFaultKind.ResetAfterExecution)]
    [InlineData(EmulatorFaultKind.TruncatedBody)]
    public async Task Over_rest_the_created_store_is_adopted(EmulatorFaultKind kind)
    {
        Emulator.Faults.Add(new EmulatorFault { Kind = kind, Statement = "CREATE STORE" });
        using var wire = new RecordingHandler();
        await using var dataSource = DataSourceBy(wire);

        var store = await Clock.RunAsync(ClientOf(dataSource).CreateAsync(Subtypes["kafka"].Good));

        Assert.True(store.IsReady);
        Assert.Equal(1, Emulator.Faults.Injected);
        Assert.Single(wire.Statements, IsCreate);
    }

    [Fact]
    public async Task Over_rest_a_store_whose_response_takes_too_long_is_adopted()
    {
        Emulator.Faults.Add(
            new EmulatorFault
            {
                Kind = EmulatorFaultKind.SlowHeaders,
                Statement = "CREATE STORE",
                Delay = TimeSpan.FromHours(1),
            }
        );
        var creating = ClientOver(Transport.Rest).CreateAsync(Subtypes["kafka"].Good);
        while (Emulator.Faults.Injected == 0 && !creating.IsCompleted)
        {
            await Task.Yield();
        }

        Clock.Advance(HeaderTimeout);

        Assert.True((await Clock.RunAsync(creating)).IsReady);
    }

    [Fact]
    public async Task Over_the_postgresql_protocol_the_created_store_is_adopted()
    {
        await using var relay = new Relay(Emulator.PostgresEndpoint);
        relay.Arm(new Break("CREATE STORE"));
        await using var dataSource = DataSourceBy(relay);

        var store = await Clock.RunAsync(ClientOf(dataSource).CreateAsync(Subtypes["kafka"].Good));

        Assert.True(store.IsReady);
        Assert.Equal(0, relay.Armed);
        Assert.Equal(2, relay.Said.Split("CREATE STORE").Length);
    }

    [Fact]
    public async Task A_created_store_that_takes_time_to_show_is_adopted()
    {
        Emulator.Faults.Add(
            new EmulatorFault { Kind = EmulatorFaultKind.ResetAfterExecution, Statement = "CREATE STORE" }
        );
        Emulator.Faults.Add(
            new EmulatorFault
            {
                Kind = EmulatorFaultKind.RowNotYetVisible,
                Statement = "CREATE STORE",
                Delay = TimeSpan.FromSeconds(40),
            }
        );

        Assert.True((await Clock.RunAsync(ClientOver(Transport.Rest).CreateAsync(Subtypes["kafka"].Good))).IsReady);
    }

    [Fact]
    public async Task An_adopted_store_that_fails_is_a_failed_store()
    {
        Emulator.Faults.Add(
            new EmulatorFault { Kind = EmulatorFaultKind.ResetAfterExecution, Statement = "CREATE STORE" }
        );

        await FailsAsync<StoreErroredException>(() =>
            ClientOver(Transport.Rest).CreateAsync(Subtypes["kafka"].BadCredentials!)
        );
    }

    [Fact]
    public async Task A_store_of_another_type_is_a_conflict()
    {
        var client = ClientOver(Transport.Rest);
        var other = await Clock.RunAsync(client.CreateAsync(Subtypes["postgres"].Good));
        Emulator.Faults.Add(
            new EmulatorFault { Kind = EmulatorFaultKind.ResetBeforeExecution, Statement = "CREATE STORE" }
        );

        var exception = await FailsAsync<StoreConflictException>(() => client.CreateAsync(Subtypes["kafka"].Good));

        Assert.Contains("type Postgres", exception.Message, StringComparison.Ordinal);
        Assert.Equal(other, await client.GetAsync(Subtypes.Name));
    }

    [Fact]
    public async Task A_store_that_is_much_older_is_a_conflict()
    {
        var client = ClientOver(Transport.Rest);
        await Clock.RunAsync(client.CreateAsync(Subtypes["kafka"].Good));
        Clock.Advance(TimeSpan.FromHours(2));
        Emulator.Faults.Add(
            new EmulatorFault { Kind = EmulatorFaultKind.ResetBeforeExecution, Statement = "CREATE STORE" }
        );

        await FailsAsync<StoreConflictException>(() => client.CreateAsync(Subtypes["kafka"].Changed!));
    }

    [Fact]
    public async Task A_statement_that_was_not_executed_is_a_failure_that_says_what_is_not_known()
    {
        Emulator.Faults.Add(
            new EmulatorFault { Kind = EmulatorFaultKind.ResetBeforeExecution, Statement = "CREATE STORE" }
        );
        using var wire = new RecordingHandler();
        await using var dataSource = DataSourceBy(wire);
        var started = Clock.GetUtcNow();

        var exception = await FailsAsync<StoreBackendException>(() =>
            ClientOf(dataSource).CreateAsync(Subtypes["kafka"].Good)
        );

        Assert.EndsWith(
            "It is not known whether the create was executed: check the store before you try again",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.Single(wire.Statements, IsCreate);
        Assert.InRange(Clock.GetUtcNow() - started, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(65));
    }

    [Theory]
    [InlineData(EmulatorFaultKind.TooManyRequests)]
    [InlineData(EmulatorFaultKind.ServiceUnavailable)]
    public async Task A_service_under_load_does_not_end_a_poll(EmulatorFaultKind kind)
    {
        Emulator.Faults.Add(
            new EmulatorFault
            {
                Kind = kind,
                Statement = "SELECT",
                Times = 2,
                RetryAfter = TimeSpan.FromSeconds(2),
            }
        );

        Assert.True((await Clock.RunAsync(ClientOver(Transport.Rest).CreateAsync(Subtypes["kafka"].Good))).IsReady);
        Assert.Equal(2, Emulator.Faults.Injected);
    }

    [Fact]
    public async Task A_dropped_store_is_gone_though_the_response_was_lost()
    {
        var client = ClientOver(Transport.Rest);
        await Clock.RunAsync(client.CreateAsync(Subtypes["kafka"].Good));
        Emulator.Faults.Add(
            new EmulatorFault { Kind = EmulatorFaultKind.ResetAfterExecution, Statement = "DROP STORE" }
        );

        Assert.True(await Clock.RunAsync(client.DeleteAsync(Subtypes.Name)));
        Assert.Null(await client.GetAsync(Subtypes.Name));
    }

    [Fact]
    public async Task A_store_that_was_not_dropped_is_a_failure()
    {
        var client = ClientOver(Transport.Rest);
        await Clock.RunAsync(client.CreateAsync(Subtypes["kafka"].Good));
        Emulator.Faults.Add(
            new EmulatorFault { Kind = EmulatorFaultKind.ResetBeforeExecution, Statement = "DROP STORE" }
        );

        await FailsAsync<StoreBackendException>(() => client.DeleteAsync(Subtypes.Name));
        Assert.NotNull(await client.GetAsync(Subtypes.Name));
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task A_row_that_is_not_visible_yet_does_not_end_the_wait(Transport transport)
    {
        Emulator.Faults.Add(
            new EmulatorFault
            {
                Kind = EmulatorFaultKind.RowNotYetVisible,
                Statement = "CREATE STORE",
                Delay = TimeSpan.FromSeconds(30),
            }
        );
        var started = Clock.GetUtcNow();

        var created = await Clock.RunAsync(ClientOver(transport).CreateAsync(Subtypes["kafka"].Good));

        Assert.True(created.IsReady);
        Assert.Equal(1, Emulator.Faults.Injected);
        Assert.InRange(Clock.GetUtcNow() - started, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(40));
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task A_state_that_flaps_ends_a_wait_at_ready_and_at_nothing_else(Transport transport)
    {
        var client = ClientOver(transport);
        await Clock.RunAsync(client.CreateAsync(Subtypes["kafka"].Good));
        // Three polls: ready, provisioning, ready.
        Emulator.Faults.Add(new EmulatorFault { Kind = EmulatorFaultKind.StateFlapping, Statement = "UPDATE STORE" });
        var updating = new States();
        var waiting = new States();

        await Clock.RunAsync(client.UpdateAsync(Subtypes["kafka"].Changed!, progress: updating));
        await Clock.RunAsync(client.WaitUntilReadyAsync(Subtypes.Name, progress: waiting));

        Assert.Equal(["ready"], updating.Seen);
        Assert.Equal(["provisioning", "ready"], waiting.Seen);
    }

    private static bool IsCreate(string statement) => statement.StartsWith("CREATE STORE", StringComparison.Ordinal);

    private sealed class States : IProgress<StoreReadiness>
    {
        private readonly ConcurrentQueue<string?> _seen = new();

        public IEnumerable<string?> Seen => _seen;

        public void Report(StoreReadiness value) => _seen.Enqueue(value.State);
    }
}
