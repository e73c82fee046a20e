using System.Data.Common;
using System.Net;
using DeltaStream.Data;
using DeltaStream.Emulator;
using DeltaStream.EndToEnd.Tests.Wire;
using DeltaStream.Sdk;

namespace DeltaStream.EndToEnd.Tests.Connections;

/// <summary>
/// The service is healthy, but connections to it died: it restarted, or something between cut them. Over neither transport does
/// that cost a false report or a wait.
/// </summary>
public sealed class DeadConnectionTests : EndToEndTest
{
    // How many connections an operation may make after those before died: two that are lost again, and two for what follows.
    private const int MostConnections = 4;

    // What an operation may take longer than over connections that live. Its waits for the service are by the tests' clock, so a
    // busy machine does not count. A connection that is dead and says so costs no wait. One that says nothing costs the time of
    // the probe, 2 s, and as long again for the driver to give up: so there may be one probe, and nothing else, over such ones.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_pollInterval = TimeSpan.FromSeconds(5);

    // By the machine's clock, for tests in which something is silent: the waits above, on a busy machine. Npgsql's own limit is 30 s.
    private static readonly TimeSpan s_longestSilence = TimeSpan.FromSeconds(20);

    private readonly string _dataFile = Path.Combine(Path.GetTempPath(), $"stores-{Guid.NewGuid():N}.db");
    private string? _password;
    private string? _token;

    public static TheoryData<Moment, Operation, Transport> Cases
    {
        get
        {
            var cases = new TheoryData<Moment, Operation, Transport>();
            foreach (var moment in Enum.GetValues<Moment>())
            {
                foreach (var operation in Enum.GetValues<Operation>())
                {
                    if (moment == Moment.RestartDuringItsWait && !Waits(operation))
                    {
                        continue;
                    }

                    foreach (var transport in Enum.GetValues<Transport>())
                    {
                        cases.Add(moment, operation, transport);
                    }
                }
            }

            return cases;
        }
    }

    // A get and a list wait for nothing, and the wait of a deletion ends with its first poll: they are over before the service can
    // restart, so 'RestartDuringItsWait' is no case of theirs. Below they meet it during another operation's wait.
    private static bool Waits(Operation operation) => operation is Operation.Create or Operation.Update;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_connection_that_died_costs_no_false_report_and_no_wait(
        Moment moment,
        Operation operation,
        Transport transport
    )
    {
        if (operation != Operation.Create)
        {
            await Clock.RunAsync(ClientOver(transport).CreateAsync(Subtypes["kafka"].Good));
        }

        await using var relay = new Relay(
            transport == Transport.Postgres ? Emulator.PostgresEndpoint : Emulator.HttpEndpoint
        );
        await using var dataSource = DataSourceBy(relay, transport);
        var client = ClientOf(dataSource);
        await UseAsync(client, connections: moment == Moment.RestartWithManyIdle ? 5 : 1);
        var connections = relay.Connections;
        var polled = new Polled();
        var started = Clock.GetUtcNow();
        Task running;
        if (moment == Moment.RestartDuringItsWait)
        {
            running = BeginAsync(client, operation, polled);
            await polled.Once;
            await HappenAsync(moment, relay);
            Assert.False(running.IsCompleted);
        }
        else
        {
            await HappenAsync(moment, relay);
            running = BeginAsync(client, operation, polled);
        }

        await Clock.RunAsync(running);

        // The clock goes from poll to poll.
        var expected = Waits(operation) ? ProvisionDelay + s_pollInterval : TimeSpan.Zero;
        Assert.InRange(Clock.GetUtcNow() - started, TimeSpan.Zero, expected + s_longestWait);
        Assert.InRange(relay.Connections - connections, 0, MostConnections);
    }

    [Theory]
    [InlineData(Operation.Delete)]
    [InlineData(Operation.Get)]
    [InlineData(Operation.List)]
    [InlineData(Operation.Update)]
    public async Task A_restart_during_the_wait_for_another_store_ends_nothing(Operation operation)
    {
        foreach (var transport in Enum.GetValues<Transport>())
        {
            await Clock.RunAsync(ClientOver(transport).CreateAsync(Subtypes["kafka"].Good));
            await using var dataSource = DataSourceOver(transport, Emulator);
            var client = ClientOf(dataSource);
            var polled = new Polled();
            var other = client.CreateAsync(
                (KafkaStoreArgs)Subtypes["kafka"].Good with
                {
                    Name = $"other by {transport}",
                },
                polled
            );
            await polled.Once;

            await RestartAsync();
            await Clock.RunAsync(BeginAsync(client, operation, polled));

            Assert.True((await Clock.RunAsync(other)).IsReady);
            if (operation != Operation.Delete)
            {
                Assert.True(await Clock.RunAsync(client.DeleteAsync(Subtypes.Name)));
            }
        }
    }

    [Theory]
    [InlineData(Operation.Create, Transport.Postgres)]
    [InlineData(Operation.Get, Transport.Postgres)]
    [InlineData(Operation.Create, Transport.Rest)]
    [InlineData(Operation.Get, Transport.Rest)]
    public async Task A_connection_that_a_load_balancer_forgot_without_a_word_is_replaced_in_seconds(
        Operation operation,
        Transport transport
    )
    {
        if (operation != Operation.Create)
        {
            await Clock.RunAsync(ClientOver(transport).CreateAsync(Subtypes["kafka"].Good));
        }

        await using var relay = new Relay(
            transport == Transport.Postgres ? Emulator.PostgresEndpoint : Emulator.HttpEndpoint
        );
        await using var dataSource = DataSourceBy(relay, transport);
        var client = ClientOf(dataSource);
        await UseAsync(client, connections: 1);

        relay.Forget();
        await Clock.RunAsync(BeginAsync(client, operation, new Polled()).WaitAsync(s_longestSilence));

        Assert.Equal(1, relay.Unheard);
        Assert.InRange(relay.Said.Split("CREATE STORE").Length - 1, 0, operation == Operation.Create ? 1 : 0);
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task A_change_over_rest_uses_no_connection_that_was_idle(Transport transport)
    {
        await using var relay = new Relay(
            transport == Transport.Postgres ? Emulator.PostgresEndpoint : Emulator.HttpEndpoint
        );
        await using var dataSource = DataSourceBy(relay, transport);
        var client = ClientOf(dataSource);
        await UseAsync(client, connections: 3);

        // What the client reads before it sends the statement finds one of the dead connections at most.
        relay.Forget();
        var creation = client.CreateAsync(Subtypes["kafka"].Good);
        Assert.True((await Clock.RunAsync(creation.WaitAsync(s_longestSilence))).IsReady);

        Assert.InRange(relay.Unheard, 1, transport == Transport.Rest ? 1 : 3);
        Assert.Equal(2, relay.Said.Split("CREATE STORE").Length);
    }

    [Theory]
    [InlineData(Operation.Create, Transport.Postgres)]
    [InlineData(Operation.Get, Transport.Postgres)]
    [InlineData(Operation.Create, Transport.Rest)]
    [InlineData(Operation.Get, Transport.Rest)]
    public async Task A_service_that_comes_within_seconds_of_the_first_attempt_is_reached(
        Operation operation,
        Transport transport
    )
    {
        if (operation != Operation.Create)
        {
            await Clock.RunAsync(ClientOver(transport).CreateAsync(Subtypes["kafka"].Good));
        }

        await Emulator.DisposeAsync();
        // The second pause: two attempts fail.
        var clock = new AtPause(Clock, 2, () => Task.Run(RestartAsync).GetAwaiter().GetResult());
        var options = RestOptions(Emulator.ServerUri, Emulator.Token);
        options.TimeProvider = clock;
        await using var dataSource =
            transport == Transport.Postgres
                ? DataSourceOver(transport, Emulator)
                : DeltaStreamDataSource.Create(options);
        var client = new StoreClient(
            dataSource,
            new StoreClientOptions { TimeProvider = clock, LoggerFactory = Watch.Logs }
        );

        await Clock.RunAsync(BeginAsync(client, operation, new Polled()));

        Assert.Equal(0, clock.PausesLeft);
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task A_service_that_is_not_there_is_given_up_after_seconds(Transport transport)
    {
        await using var dataSource = DataSourceOver(transport, Emulator);
        await Emulator.DisposeAsync();
        var started = Clock.GetUtcNow();

        var exception = await FailsAsync<StoreBackendException>(() =>
            ClientOf(dataSource).CreateAsync(Subtypes["kafka"].Good)
        );

        Assert.Equal(StatementFate.NotSent, exception.Statement);
        // Three pauses, each between half and all of 0.5, 1 and 2 seconds.
        Assert.InRange(Clock.GetUtcNow() - started, TimeSpan.FromSeconds(1.75), TimeSpan.FromSeconds(3.5));
    }

    [Fact]
    public async Task A_probe_sends_no_statement_of_the_users()
    {
        await using var relay = new Relay(Emulator.PostgresEndpoint);
        await using var dataSource = DataSourceBy(relay, Transport.Postgres);
        var client = ClientOf(dataSource);
        await Clock.RunAsync(client.CreateAsync(Subtypes["kafka"].Good));

        relay.Cut(reset: true);
        Assert.True(await Clock.RunAsync(client.DeleteAsync(Subtypes.Name)));

        Assert.Equal(2, relay.Said.Split("CREATE STORE").Length);
        Assert.Equal(2, relay.Said.Split("DROP STORE").Length);
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        File.Delete(_dataFile);
    }

    protected override DeltaStreamEmulatorOptions Options() =>
        new()
        {
            PostgresEndpoint = Emulator?.PostgresEndpoint ?? new IPEndPoint(IPAddress.Loopback, 0),
            HttpEndpoint = Emulator?.HttpEndpoint ?? new IPEndPoint(IPAddress.Loopback, 0),
            Password = _password ??= Watch.Canary(),
            Token = _token ??= Watch.Canary(),
            TimeProvider = Clock,
            ProvisionDelay = ProvisionDelay,
            Accounts = Subtypes.Accounts,
            DataFile = _dataFile,
            LoggerFactory = Watch.Logs,
        };

    // At the same addresses, with the same stores.
    private Task RestartAsync() => StartAsync(Options());

    private async Task HappenAsync(Moment moment, Relay relay)
    {
        switch (moment)
        {
            case Moment.Restart or Moment.RestartWithManyIdle or Moment.RestartDuringItsWait:
                await RestartAsync();
                break;
            case Moment.Close:
                relay.Cut(reset: false);
                break;
            case Moment.Reset:
                relay.Cut(reset: true);
                break;
            case Moment.CutAtARead:
                relay.Arm(new Break("SELECT"));
                break;
            case Moment.ResetAndCutAtARead:
                relay.Cut(reset: true);
                relay.Arm(new Break("SELECT"));
                break;
            case Moment.RestartTwice:
                await RestartAsync();
                await RestartAsync();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(moment));
        }
    }

    private async Task BeginAsync(StoreClient client, Operation operation, Polled polled)
    {
        switch (operation)
        {
            case Operation.Create:
                Assert.True((await client.CreateAsync(Subtypes["kafka"].Good, polled)).IsReady);
                break;
            case Operation.Update:
                Assert.True((await client.UpdateAsync(Subtypes["kafka"].Changed!, progress: polled)).IsReady);
                break;
            case Operation.Delete:
                Assert.True(await client.DeleteAsync(Subtypes.Name, progress: polled));
                break;
            case Operation.Get:
                Assert.NotNull(await client.GetAsync(Subtypes.Name));
                break;
            case Operation.List:
                Assert.Contains(await client.ListAsync().ToListAsync(), s => s.Name == Subtypes.Name);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(operation));
        }
    }

    private static Task<Store?[]> UseAsync(StoreClient client, int connections) =>
        Task.WhenAll(Enumerable.Range(0, connections).Select(_ => client.GetAsync("nobody's")));

    /// <summary>When connections die. Connections are idle unless it says otherwise.</summary>
    public enum Moment
    {
        /// <summary>The service restarts.</summary>
        Restart,

        /// <summary>The service restarts while several connections are idle.</summary>
        RestartWithManyIdle,

        /// <summary>The service restarts after the first poll of the operation.</summary>
        RestartDuringItsWait,

        /// <summary>The service restarts twice.</summary>
        RestartTwice,

        /// <summary>Something between ends the connections.</summary>
        Close,

        /// <summary>Something between resets the connections.</summary>
        Reset,

        /// <summary>The connection is cut when it has carried a SELECT, before the rows are there.</summary>
        CutAtARead,

        /// <summary>Both: the idle connections are reset, and the next SELECT is lost.</summary>
        ResetAndCutAtARead,
    }

    /// <summary>What the client does next.</summary>
    public enum Operation
    {
        Create,
        Update,
        Delete,
        Get,
        List,
    }

    private sealed class Polled : IProgress<StoreReadiness>
    {
        private readonly TaskCompletionSource _once = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Once => _once.Task;

        public void Report(StoreReadiness value) => _once.TrySetResult();
    }

    /// <summary>A clock that does something when a client begins its n-th pause before another attempt.</summary>
    private sealed class AtPause(TimeProvider inner, int count, Action action) : TimeProvider
    {
        private int _left = count;

        public int PausesLeft => Math.Max(0, _left);

        public override long TimestampFrequency => inner.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

        public override long GetTimestamp() => inner.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime > TimeSpan.Zero && dueTime < TimeSpan.FromSeconds(4) && Interlocked.Decrement(ref _left) == 0)
            {
                action();
            }

            return inner.CreateTimer(callback, state, dueTime, period);
        }
    }
}
