using DeltaStream.Emulator;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Statements;
using DeltaStream.TestSupport;

namespace DeltaStream.EndToEnd.Tests.Faults;

/// <summary>Whose store it is, over both transports: adoption, wrong clocks, and a name that is taken again after a deletion.</summary>
public sealed class AuthorshipTests : EndToEndTest
{
    // The client logs it when a statement was sent and before it polls the catalog.
    private const int ResponseLost = 7;

    private KafkaStoreArgs Ours => (KafkaStoreArgs)Subtypes["kafka"].Good;

    private KafkaStoreArgs Theirs => Ours with { Uris = "theirs.example.com:9092" };

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task Their_store_of_seconds_before_is_a_conflict_and_nothing_is_sent(Transport transport)
    {
        Execute(StoreStatement.Create(Theirs));
        Fail("CREATE STORE", EmulatorFaultKind.SqlErrorBeforeExecution);

        var exception = await FailsAsync<StoreConflictException>(() => ClientOver(transport).CreateAsync(Ours));

        Assert.Equal(StatementFate.NotSent, exception.Statement);
        Assert.Equal(0, Emulator.Faults.Injected);
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task A_store_that_somebody_creates_while_ours_is_lost_is_a_conflict(Transport transport)
    {
        Fail("CREATE STORE", EmulatorFaultKind.SqlErrorBeforeExecution);
        using var hook = WhenLost(() => Execute(StoreStatement.Create(Theirs)));

        var exception = await FailsAsync<StoreConflictException>(() => Client(transport, hook).CreateAsync(Ours));

        Assert.Equal(StatementFate.Unknown, exception.Statement);
        Assert.Contains("addresses theirs.example.com:9092", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Transport.Postgres, 2)]
    [InlineData(Transport.Postgres, -2)]
    [InlineData(Transport.Rest, 2)]
    [InlineData(Transport.Rest, -2)]
    public async Task A_clock_that_is_hours_wrong_does_not_make_our_store_another(Transport transport, int hours)
    {
        Fail("CREATE STORE", EmulatorFaultKind.SqlErrorAfterExecution);
        var clock = new WrongClock(Clock, TimeSpan.FromHours(hours));
        var client = new StoreClient(DataSourceOver(transport), new StoreClientOptions { TimeProvider = clock });

        Assert.True((await Clock.RunAsync(client.CreateAsync(Ours))).IsReady);
        Assert.Equal(1, Emulator.Faults.Injected);
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task A_name_that_is_taken_again_before_the_first_poll_is_another_store(Transport transport)
    {
        await Clock.RunAsync(ClientOver(transport).CreateAsync(Ours));
        Fail("DROP STORE", EmulatorFaultKind.SqlErrorAfterExecution);
        using var hook = WhenLost(() => Execute(StoreStatement.Create(Theirs)));
        var started = Clock.GetUtcNow();

        Assert.True(await Clock.RunAsync(Client(transport, hook).DeleteAsync(Subtypes.Name)));

        Assert.Equal(started, Clock.GetUtcNow());
        Assert.NotNull(await ClientOver(transport).GetAsync(Subtypes.Name));
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task A_store_that_the_catalog_does_not_show_is_not_dropped(Transport transport)
    {
        // As if somebody created it in the moment after the client read the catalog, or as if its row came late.
        Emulator.Faults.Add(
            new EmulatorFault
            {
                Kind = EmulatorFaultKind.RowNotYetVisible,
                Statement = "CREATE STORE",
                Delay = TimeSpan.FromSeconds(30),
            }
        );
        Execute(StoreStatement.Create(Theirs));

        Assert.False(await Clock.RunAsync(ClientOver(transport).DeleteAsync(Subtypes.Name)));

        Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.NotNull(await ClientOver(transport).GetAsync(Subtypes.Name));
        Assert.True(await Clock.RunAsync(ClientOver(transport).DeleteAsync(Subtypes.Name)));
    }

    private void Fail(string statement, EmulatorFaultKind kind) =>
        Emulator.Faults.Add(
            new EmulatorFault
            {
                Kind = kind,
                SqlState = "57014",
                Statement = statement,
            }
        );

    private void Execute(StoreStatement statement)
    {
        using var command = DataSourceOver(Transport.Postgres).CreateCommand(statement.Reveal());
        command.ExecuteNonQuery();
    }

    private static LogHook WhenLost(Action action) =>
        new(
            (_, logged, _) =>
            {
                if (logged.Id == ResponseLost)
                {
                    action();
                }
            }
        );

    private StoreClient Client(Transport transport, LogHook hook) =>
        new(DataSourceOver(transport), new StoreClientOptions { TimeProvider = Clock, LoggerFactory = hook });

    private sealed class WrongClock(TimeProvider right, TimeSpan difference) : TimeProvider
    {
        public override long TimestampFrequency => right.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => right.GetUtcNow() + difference;

        public override long GetTimestamp() => right.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            right.CreateTimer(callback, state, dueTime, period);
    }
}
