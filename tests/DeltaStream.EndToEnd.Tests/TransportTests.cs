using System.Net;
using System.Net.Sockets;
using DeltaStream.Emulator;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Npgsql;
using Npgsql;

namespace DeltaStream.EndToEnd.Tests;

/// <summary>When the way to the service breaks.</summary>
public sealed class TransportTests : EndToEndTest
{
    private readonly string _dataFile = Path.Combine(Path.GetTempPath(), $"stores-{Guid.NewGuid():N}.db");

    [Fact]
    public async Task A_wrong_password_is_a_failure_that_says_what_to_check()
    {
        var wrong = new NpgsqlConnectionStringBuilder(Emulator.PostgresConnectionString)
        {
            Password = Watch.Canary("wrong"),
        };
        await using var dataSource = DeltaStreamNpgsql.CreateDataSource(wrong.ConnectionString, Watch.Logs);

        var exception = await FailsAsync<StoreBackendException>(() => ClientOf(dataSource).GetAsync("orders"));

        Assert.Equal("28P01", exception.SqlState);
        Assert.EndsWith(
            "Check the user and the password of the connection",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_never_an_absent_store()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var dataSource = DeltaStreamNpgsql.CreateDataSource(
            FormattableString.Invariant($"Host=127.0.0.1;Port={port};Username=deltastream;Password={Watch.Canary()}")
        );

        var exception = await FailsAsync<StoreBackendException>(() => ClientOf(dataSource).GetAsync("orders"));

        Assert.Null(exception.SqlState);
        Assert.True(exception.IsTransient);
        Assert.Contains("Check the connection's address", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_restarts_does_not_end_the_wait()
    {
        var options = new DeltaStreamEmulatorOptions
        {
            Password = Watch.Canary(),
            TimeProvider = Clock,
            ProvisionDelay = TimeSpan.FromMinutes(1),
            DataFile = _dataFile,
            LoggerFactory = Watch.Logs,
        };
        var before = await DeltaStreamEmulator.StartAsync(options);
        await using var dataSource = DeltaStreamNpgsql.CreateDataSource(before.PostgresConnectionString, Watch.Logs);
        var looked = new TaskCompletionSource();
        var creating = ClientOf(dataSource).CreateAsync(Subtypes["kafka"].Good, new Looks(looked));
        await looked.Task;

        await before.DisposeAsync();
        Clock.Advance(TimeSpan.FromSeconds(5));
        await using var after = await DeltaStreamEmulator.StartAsync(
            new DeltaStreamEmulatorOptions
            {
                PostgresEndpoint = before.PostgresEndpoint,
                Password = options.Password,
                TimeProvider = Clock,
                ProvisionDelay = options.ProvisionDelay,
                DataFile = _dataFile,
                LoggerFactory = Watch.Logs,
            }
        );

        Assert.True((await Clock.RunAsync(creating)).IsReady);
        File.Delete(_dataFile);
    }

    [Fact]
    public async Task Cancellation_stops_the_wait_and_leaves_the_store_to_itself()
    {
        using var cancellation = new CancellationTokenSource();
        var looked = new TaskCompletionSource();
        var creating = Client.CreateAsync(Subtypes["kafka"].Good, new Looks(looked), cancellation.Token);
        await looked.Task;

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => creating);
        Assert.True((await Clock.RunAsync(Client.WaitUntilReadyAsync(Subtypes.Name))).IsReady);
    }

    [Fact]
    public void The_data_source_keeps_what_is_said_and_completes_what_is_not()
    {
        using var local = DeltaStreamNpgsql.CreateDataSource("Host=127.0.0.1;Password=p");
        using var remote = DeltaStreamNpgsql.CreateDataSource(
            "Host=pg.example.com;Command Timeout=7;Application Name=mine"
        );
        using var lenient = DeltaStreamNpgsql.CreateDataSource("Host=pg.example.com;SSL Mode=Require");

        var (one, two, three) = (Settings(local), Settings(remote), Settings(lenient));
        Assert.Equal((SslMode.Prefer, 60, "DeltaStream.Sdk"), (one.SslMode, one.CommandTimeout, one.ApplicationName));
        Assert.Equal((SslMode.VerifyFull, 7, "mine"), (two.SslMode, two.CommandTimeout, two.ApplicationName));
        Assert.Equal(SslMode.Require, three.SslMode);
        Assert.Null(one.Password);
        Assert.True(one.NoResetOnClose);

        static NpgsqlConnectionStringBuilder Settings(NpgsqlDataSource source) => new(source.ConnectionString);
    }

    [Theory]
    [InlineData("", "connectionString")]
    [InlineData("Username=u", "names no host")]
    public void A_connection_string_without_a_host_is_refused(string connectionString, string part) =>
        Assert.Contains(
            part,
            Assert.Throws<ArgumentException>(() => DeltaStreamNpgsql.CreateDataSource(connectionString)).Message,
            StringComparison.Ordinal
        );

    private sealed class Looks(TaskCompletionSource looked) : IProgress<StoreReadiness>
    {
        public void Report(StoreReadiness value) => looked.TrySetResult();
    }
}
