using DeltaStream.Emulator.Tests.Rest;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using static DeltaStream.Emulator.Tests.Rest.RestEmulator;

namespace DeltaStream.Emulator.Tests.Catalog;

/// <summary>Faults of the catalog, which both protocols show: a row that is not there yet, a state that flaps.</summary>
public sealed class AppearanceTests : IAsyncDisposable
{
    private const string Select = "SELECT name, status FROM deltastream.sys.\"stores\" WHERE name = 'x'";
    private const string Create = "CREATE STORE x WITH (" + LocalEmulator.Kafka + ")";
    private const string Update = "UPDATE STORE x WITH (" + LocalEmulator.KafkaGroup + ")";
    private static readonly TimeSpan s_delay = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _time = new();
    private RestEmulator? _emulator;
    private NpgsqlDataSource? _postgres;

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }

        if (_emulator is not null)
        {
            await _emulator.DisposeAsync();
        }
    }

    private async Task StartAsync(EmulatorFault fault, IReadOnlyList<EmulatorAccount>? accounts = null)
    {
        _emulator = await RestEmulator.StartAsync(new() { TimeProvider = _time, Accounts = accounts ?? [] });
        _postgres = NpgsqlDataSource.Create(_emulator.Emulator.PostgresConnectionString);
        _emulator.Emulator.Faults.Add(fault);
    }

    private async Task<string?[][]> RunAsync(bool rest, string sql)
    {
        if (rest)
        {
            var answer = await _emulator!.RunAsync(sql);
            return Outcome(answer) is ("00000", _)
                ? Rows(answer)
                :
                [
                    [answer.GetProperty("sqlState").GetString()],
                ];
        }

        try
        {
            await using var command = _postgres!.CreateCommand(sql);
            await using var reader = await command.ExecuteReaderAsync();
            var rows = new List<string?[]>();
            while (await reader.ReadAsync())
            {
                rows.Add(Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i).ToString()).ToArray());
            }

            return [.. rows];
        }
        catch (PostgresException e)
        {
            return
            [
                [e.SqlState],
            ];
        }
    }

    /// <summary>What changes a store returns its row over REST, and none by the extended protocol, which Npgsql speaks.</summary>
    private static void AssertDone(bool rest, string?[][] rows) =>
        Assert.Equal(rest ? ["store"] : [], rows.Select(row => row[0]));

    private async Task<string?> StatusAsync(bool rest) => (await RunAsync(rest, Select)).SingleOrDefault()?[1];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_row_shows_when_the_clock_says_so(bool rest)
    {
        await StartAsync(new() { Kind = EmulatorFaultKind.RowNotYetVisible, Delay = s_delay });
        AssertDone(rest, await RunAsync(rest, Create));

        foreach (var either in new[] { true, false })
        {
            Assert.Empty(await RunAsync(either, Select));
            Assert.Empty(await RunAsync(either, "LIST STORES"));
            Assert.Equal("3D006", (await RunAsync(either, "DESCRIBE STORE x"))[0][0]);
            // It is there all the same.
            Assert.Equal("42P05", (await RunAsync(either, Create))[0][0]);
        }

        Assert.Equal("3D006", (await RunAsync(rest: true, "USE STORE x"))[0][0]);
        AssertDone(rest, await RunAsync(rest, Update));
        _time.Advance(s_delay - TimeSpan.FromTicks(1));
        Assert.Null(await StatusAsync(rest));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("ready", await StatusAsync(rest));
        Assert.Equal("x", (await RunAsync(rest, "LIST STORES"))[0][0]);
    }

    [Fact]
    public async Task A_store_that_follows_a_dropped_one_is_another()
    {
        await StartAsync(new() { Kind = EmulatorFaultKind.RowNotYetVisible, Delay = s_delay });
        await RunAsync(rest: true, Create);
        Assert.Equal("store", (await RunAsync(rest: true, "DROP STORE x"))[0][0]);
        await RunAsync(rest: true, Create);
        Assert.Equal("ready", await StatusAsync(rest: true));
    }

    [Fact]
    public async Task A_create_that_is_refused_uses_up_nothing_and_hides_nothing()
    {
        await StartAsync(
            new()
            {
                Kind = EmulatorFaultKind.RowNotYetVisible,
                Delay = s_delay,
                Statement = "CREATE STORE",
            }
        );
        await RunAsync(rest: true, "CREATE STORE x WITH ('type' = KAFKA)");
        Assert.Equal(0, _emulator!.Emulator.Faults.Injected);
        await RunAsync(rest: true, Create);
        Assert.Equal(1, _emulator.Emulator.Faults.Injected);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_state_flaps_for_so_many_polls_by_whichever_protocol(bool rest)
    {
        var account = new EmulatorAccount
        {
            Type = "KAFKA",
            Parameters = new Dictionary<string, string> { ["kafka.sasl.username"] = "another" },
        };
        await StartAsync(
            new()
            {
                Kind = EmulatorFaultKind.StateFlapping,
                Polls = 4,
                Times = 2,
            },
            [account]
        );
        await RunAsync(rest, Create);
        Assert.Equal("ready", await StatusAsync(rest));
        Assert.Equal("provisioning", (await RunAsync(!rest, "LIST STORES"))[0][2]);
        // What reads no store is no poll.
        await RunAsync(rest, "SELECT 1");
        Assert.Contains("\"status\":\"ready\"", (await RunAsync(rest, "DESCRIBE STORE x"))[0][0]);
        Assert.Equal("provisioning", await StatusAsync(!rest));
        Assert.Equal("errored", await StatusAsync(rest));

        await RunAsync(rest, Update);
        Assert.Equal("ready", await StatusAsync(rest));
        Assert.Equal(2, _emulator!.Emulator.Faults.Injected);
    }

    [Fact]
    public async Task A_prepared_select_polls_once_each_time_it_runs()
    {
        await StartAsync(new() { Kind = EmulatorFaultKind.StateFlapping, Polls = 2 });
        await RunAsync(rest: false, Create);
        await using var connection = await _postgres!.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(
            "SELECT status FROM deltastream.sys.\"stores\" WHERE name = $1",
            connection
        );
        command.Parameters.Add(new NpgsqlParameter { Value = "x" });
        await command.PrepareAsync();
        Assert.Equal("ready", await command.ExecuteScalarAsync());
        Assert.Equal("provisioning", await command.ExecuteScalarAsync());
        Assert.Equal("ready", await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Faults_of_the_catalog_are_no_faults_of_other_statements()
    {
        await StartAsync(
            new()
            {
                Kind = EmulatorFaultKind.StateFlapping,
                Statement = "CREATE STORE y",
                Times = null,
            }
        );
        await RunAsync(rest: true, Create);
        await RunAsync(rest: true, Update);
        await RunAsync(rest: true, "LIST STORES");
        Assert.Equal(0, _emulator!.Emulator.Faults.Injected);
    }
}
