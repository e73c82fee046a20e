using System.Collections.Concurrent;
using System.Data;
using DeltaStream.Data;
using DeltaStream.Sdk.Tests.Scripted;
using DeltaStream.TestSupport;
using Microsoft.Extensions.Logging;

namespace DeltaStream.Sdk.Tests.Client;

/// <summary>What the client logs, at which level (specification, section 12).</summary>
public sealed class StoreLogTests : IDisposable
{
    private readonly DrivenClock _clock = new();
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly LogHook _log;

    public StoreLogTests() => _log = new LogHook((level, _, line) => _lines.Enqueue($"{level} {line}"));

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Start_and_end_are_information_and_each_poll_is_debug()
    {
        var polls = 0;
        var client = Client(
            sql => Responses.IsPoll(sql) ? Responses.Store(++polls == 1 ? "provisioning" : "ready") : Responses.None(),
            Responses.None
        );

        await _clock.RunAsync(client.CreateAsync(Declarations.Kafka));

        Assert.Equal(
            [
                "Information create store orders (kafka): started",
                "Debug Sending CREATE STORE \"orders\" WITH ( 'type' = KAFKA, 'uris' = 'b-1.example.com:9092,b-2.example.com:9092', "
                    + "'kafka.sasl.hash_function' = SHA512, 'kafka.sasl.username' = '***', 'kafka.sasl.password' = '***', "
                    + "'tls.disabled' = FALSE, 'tls.verify_server_hostname' = TRUE );",
                "Debug Poll 1 of store orders: provisioning (no status message) after 0 s",
                "Debug Poll 2 of store orders: ready (no status message) after 5 s",
                "Information create store orders (kafka): done after 5 s",
            ],
            _lines
        );
    }

    [Theory]
    [InlineData("Token=t", 0)]
    [InlineData("Token=t;Allow Insecure Hosts=", 0)]
    [InlineData("Token=t;Server=http://localhost:8088", 0)]
    [InlineData("Token=t;Server=http://emulator:8088;Allow Insecure Hosts=emulator", 1)]
    [InlineData("Token=t;Server=http://emulator:8088;Allow Insecure Hosts='Emulator, other'", 1)]
    [InlineData("Token=t;Allow Insecure Hosts=emulator", 1)]
    public void Hosts_that_may_have_secrets_in_the_open_are_warned_of_once(string connectionString, int warnings)
    {
        using var dataSource = DeltaStreamDataSource.Create(connectionString);

        _ = new StoreClient(dataSource, new StoreClientOptions { LoggerFactory = _log });

        Assert.Equal(warnings, _lines.Count);
        Assert.All(
            _lines,
            line =>
            {
                Assert.StartsWith("Warning The API token and statements may travel unencrypted", line);
                Assert.Contains("to emulator", line, StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public async Task A_failure_is_a_warning_with_its_reason()
    {
        var client = Client(_ => throw new ScriptedException("no", "42501"));

        await Assert.ThrowsAsync<StoreBackendException>(() => client.CreateAsync(Declarations.Kafka));

        Assert.StartsWith(
            "Warning create store orders (kafka): failed after 0 s: Could not create store 'orders': no (SQLSTATE 42501)",
            _lines.ToArray()[^1],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_cancelled_operation_is_no_failure()
    {
        using var cancel = new CancellationTokenSource();
        var client = Client(sql =>
        {
            cancel.Cancel();
            return Responses.Store("provisioning");
        });

        await Assert.ThrowsAsync<StoreOperationCanceledException>(() =>
            client.WaitUntilReadyAsync("orders", cancellationToken: cancel.Token)
        );

        Assert.Equal("Information wait for store orders (any): cancelled after 0 s", _lines.ToArray()[^1]);
        Assert.DoesNotContain(_lines, line => line.StartsWith("Warning", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_poll_that_failed_is_logged()
    {
        var polls = 0;
        var client = Client(_ =>
            ++polls == 1 ? throw new ScriptedException("connection reset", isTransient: true) : Responses.Store("ready")
        );

        await _clock.RunAsync(client.WaitUntilReadyAsync("orders"));

        Assert.Contains(
            "Debug The poll of store orders failed and will be repeated: ScriptedException: connection reset",
            _lines
        );
    }

    [Fact]
    public async Task The_start_and_the_end_of_a_read_are_debug()
    {
        var client = Client(_ => Responses.Store("ready"));

        await client.GetAsync("orders");
        await client.ListAsync().ToListAsync();
        await foreach (var _ in client.ListAsync())
        {
            break;
        }

        Assert.Equal(
            [
                "Debug get store orders (any): started",
                "Debug get store orders (any): done after 0 s",
                "Debug list store * (any): started",
                "Debug list store * (any): done after 0 s",
                "Debug list store * (any): started",
                "Debug list store * (any): done after 0 s",
            ],
            _lines
        );
    }

    [Fact]
    public async Task A_read_that_fails_is_logged_as_a_failure_once()
    {
        var client = Client(_ => throw new ScriptedException("no", "42501"));

        await Assert.ThrowsAsync<StoreBackendException>(() => client.GetAsync("orders"));
        await Assert.ThrowsAsync<StoreBackendException>(async () => await client.ListAsync().ToListAsync());

        Assert.Equal(
            [
                "Debug get store orders (any): started",
                "Warning get store orders (any): failed after 0 s: Could not get store 'orders': no (SQLSTATE 42501)",
                "Debug list store * (any): started",
                "Warning list store * (any): failed after 0 s: Could not list store '*': no (SQLSTATE 42501)",
            ],
            _lines.Select(l => l.Split(". ")[0])
        );
    }

    [Theory]
    [InlineData("57015", "57015", 15)]
    [InlineData(null, "ScriptedException", 60)]
    public async Task While_the_catalog_is_polled_for_the_effect_a_line_says_so(
        string? state,
        string reason,
        int seconds
    )
    {
        var client = Client(
            sql => Responses.IsPoll(sql) ? Responses.None() : throw new ScriptedException("lost", state),
            Responses.None
        );

        await Assert.ThrowsAsync<StoreBackendException>(() => _clock.RunAsync(client.CreateAsync(Declarations.Kafka)));

        Assert.Equal(
            [
                $"Information The response about store orders does not tell whether the statement was executed ({reason})",
                $"Information The catalog is polled for store orders, for at most {seconds} s, to know whether the statement was executed",
            ],
            _lines.Skip(2).Take(2)
        );
    }

    private StoreClient Client(Func<string, DataTable> response, Func<DataTable>? before = null) =>
        new(
            new ScriptedDataSource((sql, _) => Task.FromResult(response(sql))) { Before = before },
            new StoreClientOptions { TimeProvider = _clock, LoggerFactory = _log }
        );
}
