using System.Data.Common;
using DeltaStream.Emulator;
using DeltaStream.EndToEnd.Tests.Wire;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Npgsql;
using DeltaStream.TestSupport;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace DeltaStream.EndToEnd.Tests;

/// <summary>The caller's pipeline, of Polly here, runs around every read and around nothing else.</summary>
public sealed class ReadPipelineTests : EndToEndTest
{
    private int _reads;

    [Fact]
    public async Task A_read_over_rest_that_fails_is_tried_again_as_the_pipeline_says()
    {
        await Clock.RunAsync(ClientOver(Transport.Rest).CreateAsync(Subtypes["kafka"].Good));
        FailReads(1);
        await FailsAsync<StoreBackendException>(() => ClientOver(Transport.Rest).GetAsync(Subtypes.Name));
        FailReads(2);

        var client = ClientOver(Transport.Rest, Counted(Retries()));
        var store = await Clock.RunAsync(client.GetAsync(Subtypes.Name));

        Assert.True(store!.IsReady);
        Assert.Equal(3, _reads);
        Assert.Single(await Clock.RunAsync(ListAsync(client)));
        Assert.Equal(4, _reads);
    }

    [Fact]
    public async Task A_read_over_postgresql_that_fails_is_tried_again_as_the_pipeline_says()
    {
        await Clock.RunAsync(ClientOver(Transport.Postgres).CreateAsync(Subtypes["kafka"].Good));
        await using var relay = new Relay(Emulator.PostgresEndpoint);
        await using var dataSource = DataSourceBy(relay);
        BreakRead();
        await FailsAsync<StoreBackendException>(() => ClientOf(dataSource).GetAsync(Subtypes.Name));
        Assert.Equal(0, relay.Armed);
        BreakRead();

        var store = await Clock.RunAsync(ClientOf(dataSource, Counted(Retries())).GetAsync(Subtypes.Name));

        Assert.True(store!.IsReady);
        Assert.Equal((2, 0), (_reads, relay.Armed));

        // The client sends a read three times by itself: the first is a probe.
        void BreakRead()
        {
            for (var i = 0; i < 3; i++)
            {
                relay.Arm(new Break("SELECT"));
            }
        }
    }

    [Theory]
    [InlineData(Transport.Rest)]
    [InlineData(Transport.Postgres)]
    public async Task A_read_that_the_pipeline_refuses_is_a_failed_poll(Transport transport)
    {
        var client = ClientOver(
            transport,
            (read, token) => ++_reads is 2 or 3 ? throw new BrokenCircuitException("the circuit is open") : read(token)
        );

        var store = await Clock.RunAsync(client.CreateAsync(Subtypes["kafka"].Good));

        Assert.True(store.IsReady);
        Assert.True(_reads > 3);
    }

    [Theory]
    [InlineData(Transport.Rest)]
    [InlineData(Transport.Postgres)]
    public async Task A_look_up_that_the_pipeline_refuses_says_so(Transport transport)
    {
        var client = ClientOver(transport, (_, _) => throw new BrokenCircuitException("the circuit is open"));

        var refused = await FailsAsync<StoreBackendException>(() => client.GetAsync("orders"));

        Assert.Contains(
            "The ReadPipeline of the options ended the read with BrokenCircuitException: the circuit is open",
            refused.Message,
            StringComparison.Ordinal
        );
        Assert.True(refused.IsTransient);
    }

    [Theory]
    [InlineData(Transport.Rest)]
    [InlineData(Transport.Postgres)]
    public async Task A_pipeline_that_runs_no_read_is_told_to_throw(Transport transport)
    {
        var client = ClientOver(transport, (_, _) => ValueTask.CompletedTask);

        var nothing = await FailsAsync<StoreBackendException>(() => client.GetAsync("orders"));

        Assert.Contains("let it throw instead", nothing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_timeout_of_the_pipeline_ends_the_read()
    {
        Emulator.Faults.Add(
            new EmulatorFault
            {
                Kind = EmulatorFaultKind.SlowHeaders,
                Delay = TimeSpan.FromHours(1),
                Statement = "SELECT",
            }
        );
        var limit = new ResiliencePipelineBuilder { TimeProvider = Clock }
            .AddTimeout(TimeSpan.FromSeconds(2))
            .Build();

        var reading = FailsAsync<StoreBackendException>(() =>
            ClientOver(Transport.Rest, limit.ExecuteAsync).GetAsync("orders")
        );
        while (Emulator.Faults.Injected == 0)
        {
            await Task.Yield();
        }

        Clock.Advance(TimeSpan.FromSeconds(2));
        var late = await reading;

        Assert.Contains(nameof(TimeoutRejectedException), late.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Transport.Rest)]
    [InlineData(Transport.Postgres)]
    public async Task No_statement_that_changes_something_goes_through_it(Transport transport)
    {
        Emulator.Faults.Add(
            new EmulatorFault
            {
                Kind = EmulatorFaultKind.SqlErrorBeforeExecution,
                SqlState = "57015",
                Statement = "CREATE STORE",
            }
        );
        var client = ClientOver(transport, Counted(Retries()));

        await FailsAsync<StoreBackendException>(() => client.CreateAsync(Subtypes["kafka"].Good));

        Assert.Equal(1, Emulator.Faults.Injected);
    }

    [Fact]
    public async Task Two_reads_at_once_give_one_result_and_keep_no_connection()
    {
        await Clock.RunAsync(ClientOver(Transport.Postgres).CreateAsync(Subtypes["kafka"].Good));
        await using var two = DeltaStreamNpgsql.CreateDataSource(
            $"{Emulator.PostgresConnectionString};Maximum Pool Size=2;Timeout=10",
            Watch.Logs
        );
        var client = ClientOf(
            two,
            async (read, token) => await Task.WhenAll(read(token).AsTask(), read(token).AsTask())
        );

        for (var i = 0; i < 30; i++)
        {
            Assert.NotNull(await Clock.RunAsync(client.GetAsync(Subtypes["kafka"].Good.Name)));
        }
    }

    [Fact]
    public async Task A_read_that_the_pipeline_gave_up_gives_its_connection_back()
    {
        await Clock.RunAsync(ClientOver(Transport.Postgres).CreateAsync(Subtypes["kafka"].Good));
        await using var one = DeltaStreamNpgsql.CreateDataSource(
            $"{Emulator.PostgresConnectionString};Maximum Pool Size=1;Timeout=10",
            Watch.Logs
        );
        var late = Task.CompletedTask;
        var hasty = ClientOf(
            one,
            (read, token) =>
            {
                late = read(token).AsTask();
                throw new TimeoutRejectedException();
            }
        );

        for (var i = 0; i < 3; i++)
        {
            await FailsAsync<StoreBackendException>(() => hasty.GetAsync(Subtypes.Name));
            await late;
        }

        Assert.NotNull(await Clock.RunAsync(ClientOf(one).GetAsync(Subtypes.Name)));
    }

    [Theory]
    [InlineData(Transport.Rest)]
    [InlineData(Transport.Postgres)]
    public async Task A_result_outlives_another_read_of_the_pipeline(Transport transport)
    {
        await Clock.RunAsync(ClientOver(transport).CreateAsync(Subtypes["kafka"].Good));
        var second = Task.CompletedTask;
        var client = ClientOver(
            transport,
            async (read, token) =>
            {
                await read(token);
                second = Task.Run(() => read(token).AsTask(), token);
            }
        );

        for (var i = 0; i < 20; i++)
        {
            Assert.Single(await Clock.RunAsync(ListAsync(client)));
            await second;
        }
    }

    [Fact]
    public async Task A_cancelled_caller_hears_of_that_whatever_the_pipeline_throws()
    {
        using var cancel = new CancellationTokenSource();
        var client = ClientOver(
            Transport.Rest,
            (_, _) =>
            {
                cancel.Cancel();
                throw new BrokenCircuitException();
            }
        );

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetAsync("orders", null, cancel.Token));
    }

    private void FailReads(int times) =>
        Emulator.Faults.Add(
            new EmulatorFault
            {
                Kind = EmulatorFaultKind.SqlErrorBeforeExecution,
                SqlState = "XX000",
                Statement = "SELECT",
                Times = times,
            }
        );

    private ResiliencePipeline Retries() =>
        new ResiliencePipelineBuilder { TimeProvider = Clock }
            .AddRetry(
                new RetryStrategyOptions
                {
                    ShouldHandle = new PredicateBuilder().Handle<DbException>(),
                    Delay = TimeSpan.FromSeconds(1),
                }
            )
            .Build();

    // Counts the reads and not the calls of the pipeline.
    private Func<Func<CancellationToken, ValueTask>, CancellationToken, ValueTask> Counted(
        ResiliencePipeline pipeline
    ) =>
        (read, token) =>
            pipeline.ExecuteAsync(
                t =>
                {
                    _reads++;
                    return read(t);
                },
                token
            );

    private StoreClient ClientOver(
        Transport transport,
        Func<Func<CancellationToken, ValueTask>, CancellationToken, ValueTask> pipeline
    ) => ClientOf(DataSourceOver(transport), pipeline);

    private StoreClient ClientOf(
        DbDataSource dataSource,
        Func<Func<CancellationToken, ValueTask>, CancellationToken, ValueTask> pipeline
    ) =>
        new(
            dataSource,
            new StoreClientOptions
            {
                TimeProvider = Clock,
                LoggerFactory = Watch.Logs,
                ReadPipeline = pipeline,
            }
        );

    private static async Task<List<Store>> ListAsync(StoreClient client)
    {
        var stores = new List<Store>();
        await foreach (var store in client.ListAsync())
        {
            stores.Add(store);
        }

        return stores;
    }
}
