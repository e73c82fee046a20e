using System.Data.Common;
using System.Net;
using System.Net.Sockets;
using DeltaStream.Data;
using DeltaStream.Emulator;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Npgsql;
using DeltaStream.TestSupport;
using Npgsql;

namespace DeltaStream.EndToEnd.Tests;

/// <summary>What the client does when the connection to the service breaks.</summary>
public sealed class TransportTests : EndToEndTest
{
    private readonly string _dataFile = Path.Combine(Path.GetTempPath(), $"stores-{Guid.NewGuid():N}.db");

    [Fact]
    public async Task A_wrong_token_is_a_failure_that_says_what_to_check()
    {
        await using var dataSource = DeltaStreamDataSource.Create(
            new DeltaStreamOptions { Server = Emulator.ServerUri, Token = Watch.Canary("wrong") }
        );

        var exception = await FailsAsync<StoreBackendException>(() => ClientOf(dataSource).GetAsync("orders"));

        Assert.Equal(
            HttpStatusCode.Unauthorized,
            Assert.IsType<DeltaStreamException>(exception.InnerException).HttpStatus
        );
        Assert.False(exception.IsTransient);
        Assert.Contains("DELTASTREAM_API_KEY", exception.Message, StringComparison.Ordinal);
    }

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
    public async Task A_password_can_come_from_a_provider_and_no_setting_of_the_builder_shows_a_statement()
    {
        var settings = new NpgsqlConnectionStringBuilder(Emulator.PostgresConnectionString);
        var password = settings.Password!;
        settings.Password = null;
        var asked = 0;
        await using var dataSource = DeltaStreamNpgsql.CreateDataSource(
            settings.ConnectionString,
            loggerFactory: null,
            builder =>
            {
                builder.UsePasswordProvider(_ => password, (_, _) => new(Ask()));
                builder.UseLoggerFactory(Watch.Logs).EnableParameterLogging();
                builder.ConfigureTracing(tracing => tracing.ConfigureCommandFilter(_ => true));
                builder.ConnectionStringBuilder.IncludeFailedBatchedCommand = true;
                builder.ConnectionStringBuilder.CommandTimeout = 7;
            }
        );

        // The watch looks for the secrets of the statement.
        await Clock.RunAsync(ClientOf(dataSource).CreateAsync(Subtypes["kafka"].Good));

        Assert.True(asked > 0);
        var used = new NpgsqlConnectionStringBuilder(dataSource.ConnectionString);
        Assert.Equal((7, false), (used.CommandTimeout, used.IncludeFailedBatchedCommand));

        string Ask()
        {
            asked++;
            return password;
        }
    }

    [Fact]
    public void A_host_can_come_from_the_builder_and_is_checked_there()
    {
        using var dataSource = DeltaStreamNpgsql.CreateDataSource(
            "Username=u",
            null,
            builder => builder.ConnectionStringBuilder.Host = "pg.example.com"
        );
        Assert.Equal(SslMode.VerifyFull, new NpgsqlConnectionStringBuilder(dataSource.ConnectionString).SslMode);
        var fault = Assert.Throws<ArgumentException>(() =>
            DeltaStreamNpgsql.CreateDataSource(
                "Host=h",
                null,
                builder => builder.ConnectionStringBuilder.Host = "h;Port=x"
            )
        );
        Assert.Contains("holds a '='", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Include Failed Batched Command=true")]
    [InlineData("IncludeFailedBatchedCommand=True")]
    [InlineData("include failed batched command=false")]
    [InlineData("Application Name=x")]
    public async Task An_exception_never_holds_the_failed_command(string setting)
    {
        await using var dataSource = DeltaStreamNpgsql.CreateDataSource($"Host=127.0.0.1;Username=u;{setting}");

        Assert.False(new NpgsqlConnectionStringBuilder(dataSource.ConnectionString).IncludeFailedBatchedCommand);
        Assert.Equal(
            setting.Contains("Name=x", StringComparison.Ordinal),
            dataSource.ConnectionString.Contains("Application Name=x", StringComparison.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task A_service_that_is_not_there_is_never_an_absent_store(Transport transport)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using DbDataSource dataSource =
            transport == Transport.Postgres
                ? DeltaStreamNpgsql.CreateDataSource(
                    FormattableString.Invariant(
                        $"Host=127.0.0.1;Port={port};Username=deltastream;Password={Watch.Canary()}"
                    )
                )
                : DeltaStreamDataSource.Create(
                    RestOptions(new Uri(FormattableString.Invariant($"http://127.0.0.1:{port}/v2")), Watch.Canary())
                );

        var exception = await FailsAsync<StoreBackendException>(() => ClientOf(dataSource).GetAsync("orders"));

        var create = await FailsAsync<StoreBackendException>(() =>
            ClientOf(dataSource).CreateAsync(Subtypes["kafka"].Good)
        );

        Assert.DoesNotContain("is not known", create.Message, StringComparison.Ordinal);
        Assert.Null(exception.SqlState);
        Assert.True(exception.IsTransient);
        Assert.Contains(
            transport == Transport.Postgres
                ? "Check the connection's address"
                : FormattableString.Invariant($"127.0.0.1:{port}"),
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task A_service_that_restarts_does_not_end_the_wait(Transport transport)
    {
        var options = new DeltaStreamEmulatorOptions
        {
            Password = Watch.Canary(),
            Token = Watch.Canary(),
            TimeProvider = Clock,
            ProvisionDelay = TimeSpan.FromMinutes(1),
            DataFile = _dataFile,
            LoggerFactory = Watch.Logs,
        };
        var before = await DeltaStreamEmulator.StartAsync(options);
        await using var dataSource = DataSourceOver(transport, before);
        var polls = new Polls();
        var creating = ClientOf(dataSource).CreateAsync(Subtypes["kafka"].Good, polls);
        await polls.Succeeded;

        await before.DisposeAsync();
        await Clock.RunAsync(Task.WhenAny(polls.Failed, creating));
        Assert.False(creating.IsCompleted);
        await using var after = await DeltaStreamEmulator.StartAsync(
            new DeltaStreamEmulatorOptions
            {
                PostgresEndpoint = before.PostgresEndpoint,
                HttpEndpoint = before.HttpEndpoint,
                Password = options.Password,
                Token = options.Token,
                TimeProvider = Clock,
                ProvisionDelay = options.ProvisionDelay,
                DataFile = _dataFile,
                LoggerFactory = Watch.Logs,
            }
        );

        Assert.True((await Clock.RunAsync(creating)).IsReady);
        File.Delete(_dataFile);
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task Cancellation_stops_the_wait_and_leaves_the_store_to_itself(Transport transport)
    {
        var client = ClientOver(transport);
        using var cancellation = new CancellationTokenSource();
        var polls = new Polls();
        var creating = client.CreateAsync(Subtypes["kafka"].Good, polls, cancellationToken: cancellation.Token);
        await polls.Succeeded;

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => creating);
        Assert.True((await Clock.RunAsync(client.WaitUntilReadyAsync(Subtypes.Name))).IsReady);
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

    private sealed class Polls : IProgress<StoreReadiness>
    {
        // The test goes on elsewhere than within the wait that reports.
        private readonly TaskCompletionSource _succeeded = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Succeeded => _succeeded.Task;

        public Task Failed => _failed.Task;

        public void Report(StoreReadiness value) => (value.State is null ? _failed : _succeeded).TrySetResult();
    }
}
