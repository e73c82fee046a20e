using DeltaStream.Emulator;
using DeltaStream.Sdk;

namespace DeltaStream.Testing.Tests;

/// <summary>What tests of somebody's code get: a DeltaStream, and time that passes by itself.</summary>
public sealed class DeltaStreamFixtureTests(DeltaStreamFixture deltaStream) : IClassFixture<DeltaStreamFixture>
{
    private static KafkaStoreArgs Kafka(string name) =>
        new()
        {
            Name = name,
            Uris = "b-1.example.com:9092",
            SaslHashFunction = KafkaSaslHashFunction.None,
        };

    [Fact]
    public async Task What_one_way_creates_the_other_shows()
    {
        var postgres = deltaStream.CreateClient(deltaStream.PostgresDataSource);

        Assert.True((await deltaStream.Client.CreateAsync(Kafka("by-rest"))).IsReady);
        Assert.True((await postgres.CreateAsync(Kafka("by-postgres"))).IsReady);

        Assert.NotNull(await postgres.GetAsync("by-rest"));
        Assert.NotNull(await deltaStream.Client.GetAsync("by-postgres"));
    }

    [Fact]
    public async Task Minutes_of_provisioning_pass_and_no_request_runs_out_of_time()
    {
        await using var slow = await DeltaStreamFixture.StartAsync(Slow(TimeSpan.FromMinutes(9)));
        var startedAt = slow.Clock.GetUtcNow();

        var stores = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => slow.Client.CreateAsync(Kafka($"slow-{i}")))
        );

        Assert.All(stores, s => Assert.True(s.IsReady));
        Assert.InRange(slow.Clock.GetUtcNow() - startedAt, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(30));
    }

    [Fact]
    public async Task A_store_that_is_never_ready_is_given_up_after_ten_minutes()
    {
        await using var slow = await DeltaStreamFixture.StartAsync(Slow(TimeSpan.FromHours(1)));

        var e = await Assert.ThrowsAsync<StoreReadinessTimeoutException>(() => slow.Client.CreateAsync(Kafka("never")));

        Assert.Equal(10, (int)e.Elapsed.TotalMinutes);
    }

    [Fact]
    public async Task Pauses_before_a_request_is_sent_again_pass()
    {
        await using var faulty = new DeltaStreamFixture();
        faulty.Emulator.Faults.Add(
            new()
            {
                Kind = EmulatorFaultKind.ServiceUnavailable,
                Times = 3,
                RetryAfter = TimeSpan.FromSeconds(50),
            }
        );
        var startedAt = faulty.Clock.GetUtcNow();

        Assert.True((await faulty.Client.CreateAsync(Kafka("busy"))).IsReady);

        Assert.Equal(3, faulty.Emulator.Faults.Injected);
        Assert.True(faulty.Clock.GetUtcNow() - startedAt >= TimeSpan.FromSeconds(150));
    }

    [Fact]
    public async Task A_jump_of_the_clock_ends_no_request()
    {
        await using var slow = new DeltaStreamFixture();
        slow.Emulator.Faults.Add(
            new()
            {
                Kind = EmulatorFaultKind.SlowHeaders,
                Delay = TimeSpan.FromHours(2),
                Statement = "CREATE STORE",
            }
        );

        await using var command = slow.RestDataSource.CreateCommand(
            "CREATE STORE jump WITH ('type' = KAFKA, 'uris' = 'b-1.example.com:9092', 'kafka.sasl.hash_function' = NONE)"
        );
        var create = command.ExecuteNonQueryAsync();
        while (!create.IsCompleted)
        {
            slow.Clock.Advance(TimeSpan.FromHours(1));
            await Task.Yield();
        }

        await create;
        Assert.Equal(1, slow.Emulator.Faults.Injected);
    }

    [Fact]
    public async Task Each_change_has_a_time_of_its_own()
    {
        var created = await deltaStream.Client.CreateAsync(Kafka("times"));
        var updated = await deltaStream.Client.UpdateAsync(Kafka("times") with { Uris = "b-2.example.com:9092" });

        Assert.True(updated.UpdatedAt > created.UpdatedAt);
    }

    [Fact]
    public void It_starts_and_stops_where_no_other_work_can_run()
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new DeafContext());
        try
        {
            using var blocked = new DeltaStreamFixture();
            Assert.NotEqual(0, blocked.Emulator.HttpEndpoint.Port);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    [Fact]
    public async Task It_stops_once()
    {
        var stopped = new DeltaStreamFixture();
        await stopped.PostgresDataSource.OpenConnectionAsync();

        await stopped.DisposeAsync();
        stopped.Dispose();

        await Assert.ThrowsAsync<StoreBackendException>(() => stopped.Client.GetAsync("any"));
    }

    [Fact]
    public async Task A_clock_of_ones_own_is_refused()
    {
        var e = await Assert.ThrowsAsync<ArgumentException>(() =>
            DeltaStreamFixture.StartAsync(new() { Emulator = new() { TimeProvider = new DrivenClock() } })
        );

        Assert.StartsWith("The emulator of a fixture has the fixture's clock", e.Message, StringComparison.Ordinal);
    }

    private static DeltaStreamFixtureOptions Slow(TimeSpan delay) =>
        new() { Emulator = new() { ProvisionDelay = delay } };

    /// <summary>A context that runs nothing, as that of a thread that is blocked.</summary>
    private sealed class DeafContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) { }
    }
}
