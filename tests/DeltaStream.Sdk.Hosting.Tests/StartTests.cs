using DeltaStream.Emulator;
using DeltaStream.Sdk.Hosting.Applying;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DeltaStream.Sdk.Hosting.Tests;

/// <summary>Declared stores are applied when the host starts.</summary>
public sealed class StartTests : HostingTest
{
    private static readonly string[] s_three = ["billing ready", "clicks ready", "orders ready"];

    private static (string, string?) State => ($"DeltaStream:{Org}:Apply:StateFile", "stores.json");

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Three_stores_are_applied_before_any_other_service_starts_and_once(Transport transport)
    {
        var stores = ThreeStores();
        for (var start = 1; start <= 2; start++)
        {
            var builder = NewHost([($"ConnectionStrings:{Org}", ConnectionString(transport)), State, .. stores]);
            var server = new Server(StoresAsync);
            // It is registered first, and starts second.
            builder.Services.AddSingleton<IHostedService>(server);
            Add(builder.Services, transport).ApplyStores();
            var host = Build(builder);

            await host.StartAsync();
            await host.StopAsync();

            Assert.Equal(s_three, server.Seen);
            Assert.Contains(
                Log,
                l =>
                    l.StartsWith("Information: The stores of orders-org are applied: ", StringComparison.Ordinal)
                    && l.EndsWith(start == 1 ? "3 create" : "3 nothing", StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public async Task Declarations_come_from_code_too()
    {
        var builder = NewHost(($"ConnectionStrings:{Org}", Emulator.RestConnectionString));
        builder
            .Services.AddDeltaStream(Org)
            .ApplyStores(options =>
            {
                options.Adopt = true;
                options.Declared = _ =>
                    [
                        new KinesisStoreArgs
                        {
                            Name = "clicks",
                            Uris = "https://kinesis.us-east-1.amazonaws.com",
                            IamRoleArn = "arn:aws:iam::123456789012:role/example",
                        },
                    ];
            });

        await Build(builder).StartAsync();

        Assert.Equal(["clicks ready"], await StoresAsync());
    }

    [Fact]
    public async Task Without_a_state_stores_are_taken_over_at_the_next_start()
    {
        var stores = ThreeStores();
        for (var start = 1; start <= 2; start++)
        {
            var builder = NewHost([
                ($"ConnectionStrings:{Org}", Emulator.RestConnectionString),
                ($"DeltaStream:{Org}:Apply:Adopt", "true"),
                .. stores,
            ]);
            builder.Services.AddDeltaStream(Org).ApplyStores();

            await Build(builder).StartAsync();
        }

        Assert.Contains(Log, l => l.EndsWith("3 adopt", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_store_that_is_no_longer_declared_is_deleted_when_asked()
    {
        var stores = ThreeStores();
        foreach (var declared in new[] { stores, stores[..7] })
        {
            var builder = NewHost([
                ($"ConnectionStrings:{Org}", Emulator.RestConnectionString),
                ($"DeltaStream:{Org}:Apply:Delete", "true"),
                State,
                .. declared,
            ]);
            builder.Services.AddDeltaStream(Org).ApplyStores();

            await Build(builder).StartAsync();
        }

        Assert.Equal(["billing ready", "orders ready"], await StoresAsync());
    }

    [Theory]
    [InlineData("Fail", false)]
    [InlineData("Degrade", true)]
    public async Task A_store_that_fails_stops_the_start_or_is_told(string onFailure, bool starts)
    {
        Emulator.Faults.Add(
            new EmulatorFault
            {
                Kind = EmulatorFaultKind.SqlErrorBeforeExecution,
                Statement = "CREATE STORE \"orders\"",
                SqlState = "42501",
            }
        );
        var builder = NewHost([
            ($"ConnectionStrings:{Org}", Emulator.RestConnectionString),
            ($"DeltaStream:{Org}:Apply:OnFailure", onFailure),
            State,
            .. ThreeStores(),
        ]);
        var server = new Server(StoresAsync);
        builder.Services.AddSingleton<IHostedService>(server);
        builder.Services.AddDeltaStream(Org).ApplyStores();
        var log = new ApplyLogger(builder.Services);
        var host = Build(builder);

        var exception = await Record.ExceptionAsync(() => host.StartAsync());

        Assert.Equal(starts, exception is null);
        Assert.Equal(starts, server.Seen is not null);
        Assert.True(starts || exception is StoreApplyException);
        Assert.Contains(
            log.Lines,
            l =>
                l.Exception is StoreApplyException
                && l.Text.StartsWith(
                    starts
                        ? "Error: The stores of orders-org are not as declared, and the application serves without them: 2 of 3 done, 1 failed"
                        : "Critical: The stores of orders-org are not as declared, and the host stops: 2 of 3 done, 1 failed",
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public async Task A_failure_in_the_background_stops_the_host_whose_run_fails()
    {
        Emulator.Faults.Add(
            new EmulatorFault
            {
                Kind = EmulatorFaultKind.SqlErrorBeforeExecution,
                Statement = "CREATE STORE \"orders\"",
                SqlState = "42501",
            }
        );
        var builder = NewHost([
            ($"ConnectionStrings:{Org}", Emulator.RestConnectionString),
            ($"DeltaStream:{Org}:Apply:InBackground", "true"),
            State,
            .. ThreeStores(),
        ]);
        builder.Services.AddDeltaStream(Org).ApplyStores();

        await Assert.ThrowsAsync<StoreApplyException>(() => Build(builder).RunAsync());
    }

    [Fact]
    public async Task A_failure_at_once_waits_for_services_that_start_slowly_and_is_not_lost()
    {
        var server = new SlowServer();
        var builder = InBackground(_ =>
        {
            server.SawApply |= !server.HasStarted;
            throw new TimeoutException("at once");
        });
        builder.Services.AddSingleton<IHostedService>(server);

        await Assert.ThrowsAsync<TimeoutException>(() => Build(builder).RunAsync());
        Assert.False(server.SawApply);
    }

    [Fact]
    public async Task A_cancellation_of_the_users_code_is_a_failure()
    {
        var builder = InBackground(_ => throw new TaskCanceledException("a timeout of the user's"));

        await Assert.ThrowsAsync<TaskCanceledException>(() => Build(builder).RunAsync());
    }

    [Theory]
    [InlineData(StoreApplyFailure.Fail)]
    [InlineData(StoreApplyFailure.Degrade)]
    public async Task What_the_users_code_throws_is_told_by_its_type_only(StoreApplyFailure onFailure)
    {
        const string secret = "hunter2";
        var builder = NewHost(($"ConnectionStrings:{Org}", Emulator.RestConnectionString), State);
        builder
            .Services.AddDeltaStream(Org)
            .ApplyStores(options =>
            {
                options.OnFailure = onFailure;
                options.Declared = _ =>
                    Enumerable.Range(0, 1).Select<int, StoreArgs>(_ => throw new IOException(secret));
            });
        builder.Services.AddHealthChecks().AddDeltaStreamHealthCheck();
        var log = new ApplyLogger(builder.Services);
        var host = Build(builder);

        var exception = await Record.ExceptionAsync(() => host.StartAsync());
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Assert.Equal(onFailure == StoreApplyFailure.Fail ? secret : null, exception?.Message);
        var description = report.Entries["deltastream"].Description;
        Assert.StartsWith(
            "The declared stores are not applied: IOException. Its text is not shown",
            description,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(secret, description, StringComparison.Ordinal);
        var (line, logged) = Assert.Single(log.Lines);
        Assert.Contains(": IOException. Its text is not shown", line, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, line, StringComparison.Ordinal);
        Assert.Null(logged);
    }

    [Fact]
    public async Task A_state_that_can_not_be_saved_is_told()
    {
        // Where the next state is written first.
        Directory.CreateDirectory(Path.Combine(Folder, "stores.json.new"));
        var builder = NewHost([($"ConnectionStrings:{Org}", Emulator.RestConnectionString), State, .. ThreeStores()]);
        builder.Services.AddDeltaStream(Org).ApplyStores(options => options.OnFailure = StoreApplyFailure.Degrade);
        var log = new ApplyLogger(builder.Services);

        await Build(builder).StartAsync();

        Assert.Contains(log.Lines, l => l.Text.Contains("stores.json.new", StringComparison.Ordinal));
    }

    private HostApplicationBuilder InBackground(Func<IServiceProvider, IEnumerable<StoreArgs>> declared)
    {
        var builder = NewHost(($"ConnectionStrings:{Org}", Emulator.RestConnectionString), State);
        builder
            .Services.AddDeltaStream(Org)
            .ApplyStores(options => (options.InBackground, options.Declared) = (true, declared));
        return builder;
    }

    [Fact]
    public async Task A_state_that_another_process_has_is_a_failure_that_says_so()
    {
        using var other = StoreStateFile.Open(Path.Combine(Folder, "stores.json"));
        var builder = NewHost([($"ConnectionStrings:{Org}", Emulator.RestConnectionString), State, .. ThreeStores()]);
        builder.Services.AddDeltaStream(Org).ApplyStores();
        var log = new ApplyLogger(builder.Services);

        var exception = await Assert.ThrowsAsync<IOException>(() => Build(builder).StartAsync());

        Assert.Contains("is in use", exception.Message, StringComparison.Ordinal);
        Assert.Contains(exception.Message, Assert.Single(log.Lines).Text, StringComparison.Ordinal);
    }

    /// <summary>Keeps what the apply logs, with its exceptions.</summary>
    private sealed class ApplyLogger : ILogger<StoreApplyService>
    {
        public ApplyLogger(IServiceCollection services) => services.AddSingleton<ILogger<StoreApplyService>>(this);

        public List<(string Text, Exception? Exception)> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Lines.Add(($"{logLevel}: {formatter(state, exception)}", exception));
    }

    /// <summary>While it starts, everything else that wants to run does. It stops to start when the host does.</summary>
    private sealed class SlowServer : IHostedService
    {
        private const int Turns = 200;

        public bool HasStarted { get; private set; }

        public bool SawApply { get; set; }

        public async Task StartAsync(CancellationToken cancellationToken)
        {
            for (var i = 0; i < Turns; i++)
            {
                await Task.Run(static () => { }, cancellationToken);
            }

            HasStarted = true;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Server(Func<Task<string[]>> read) : IHostedService
    {
        public string[]? Seen { get; private set; }

        public async Task StartAsync(CancellationToken cancellationToken) => Seen = await read();

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
