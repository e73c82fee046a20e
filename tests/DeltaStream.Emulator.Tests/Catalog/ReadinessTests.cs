using System.Globalization;
using Microsoft.Extensions.Time.Testing;

namespace DeltaStream.Emulator.Tests.Catalog;

/// <summary>States follow the clock that the emulator was given, and nothing else (FR-003).</summary>
public class ReadinessTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 2, 3, 4, 5, 678, 901, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(s_start);

    private Task<LocalEmulator> EmulatorAsync(params EmulatorAccount[] accounts) =>
        LocalEmulator.StartAsync(
            new()
            {
                NoAuth = true,
                TimeProvider = _time,
                ProvisionDelay = TimeSpan.FromSeconds(10),
                Accounts = accounts,
            }
        );

    [Fact]
    public async Task A_store_is_provisioning_until_its_delay_has_passed()
    {
        await using var emulator = await EmulatorAsync();
        await emulator.RunAsync($"CREATE STORE x WITH ({LocalEmulator.Kafka})");

        Assert.Equal(("provisioning", null), await emulator.StateAsync("x"));
        _time.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromMicroseconds(1));
        Assert.Equal(("provisioning", null), await emulator.StateAsync("x"));
        _time.Advance(TimeSpan.FromMicroseconds(1));
        Assert.Equal(("ready", null), await emulator.StateAsync("x"));
    }

    [Fact]
    public async Task Credentials_that_no_account_has_show_when_the_delay_has_passed()
    {
        await using var emulator = await EmulatorAsync(
            new EmulatorAccount
            {
                Type = "KAFKA",
                Parameters = new Dictionary<string, string>
                {
                    ["kafka.sasl.username"] = "ingest",
                    ["kafka.sasl.password"] = "other",
                },
            }
        );
        await emulator.RunAsync($"CREATE STORE x WITH ({LocalEmulator.Kafka})");

        Assert.Equal(("provisioning", null), await emulator.StateAsync("x"));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(
            (
                "errored",
                "authentication failed: the credentials for kafka.sasl.* match no account known to the emulator"
            ),
            await emulator.StateAsync("x")
        );
    }

    [Fact]
    public async Task An_update_verifies_again_and_is_later()
    {
        await using var emulator = await EmulatorAsync();
        await emulator.RunAsync($"CREATE STORE x WITH ({LocalEmulator.Kafka})");
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("ready", (await emulator.StateAsync("x")).Status);

        await emulator.RunAsync($"UPDATE STORE x WITH ({LocalEmulator.KafkaGroup})");
        Assert.Equal("provisioning", (await emulator.StateAsync("x")).Status);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("ready", (await emulator.StateAsync("x")).Status);

        var row = Assert.Single(
            await emulator.RowsAsync("SELECT created_at, updated_at FROM deltastream.sys.\"stores\"")
        );
        Assert.Equal(s_start.UtcDateTime, row["created_at"]);
        Assert.Equal(s_start.UtcDateTime.AddSeconds(60), row["updated_at"]);
    }

    [Fact]
    public async Task An_update_is_later_even_when_the_clock_stands_still()
    {
        await using var emulator = await EmulatorAsync();
        await emulator.RunAsync($"CREATE STORE x WITH ({LocalEmulator.Kafka})");
        await emulator.RunAsync($"UPDATE STORE x WITH ({LocalEmulator.KafkaGroup})");

        var row = Assert.Single(await emulator.RowsAsync("LIST STORES"));
        Assert.Equal(s_start.UtcDateTime, row["CreatedAt"]);
        Assert.Equal(s_start.UtcDateTime.AddMicroseconds(1), row["UpdatedAt"]);
    }

    [Fact]
    public async Task The_state_is_the_same_wherever_it_is_read()
    {
        await using var emulator = await EmulatorAsync();
        await emulator.RunAsync($"CREATE STORE x WITH ({LocalEmulator.Postgres})");

        foreach (var state in new[] { "provisioning", "ready" })
        {
            Assert.Equal(state, (await emulator.StateAsync("x")).Status);
            Assert.Equal(state, Assert.Single(await emulator.RowsAsync("LIST STORES"))["State"]);
            var metadata = (string)Assert.Single(await emulator.RowsAsync("DESCRIBE STORE x"))["Metadata"]!;
            Assert.Contains($"\"status\":\"{state}\"", metadata, StringComparison.Ordinal);
            Assert.Equal(
                1L,
                Assert.Single(
                    await emulator.RowsAsync(
                        "SELECT count(*) AS n FROM deltastream.sys.\"stores\" WHERE status = $1",
                        state
                    )
                )["n"]
            );
            _time.Advance(TimeSpan.FromSeconds(10));
        }
    }

    [Fact]
    public async Task A_culture_changes_nothing()
    {
        var before = CultureInfo.DefaultThreadCurrentCulture;
        try
        {
            var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            odd.NumberFormat.NegativeSign = "~";
            odd.NumberFormat.NumberDecimalSeparator = "'";
            odd.DateTimeFormat.DateSeparator = "'";
            odd.DateTimeFormat.TimeSeparator = "'";
            CultureInfo.DefaultThreadCurrentCulture = odd;
            await using var emulator = await EmulatorAsync();
            await emulator.RunAsync($"create store X with ({LocalEmulator.Kafka})");
            Assert.Equal("provisioning", (await emulator.StateAsync("x")).Status);
            Assert.Equal(-1.5, Assert.Single(await emulator.RowsAsync("SELECT -1.5 AS r"))["r"]);
        }
        finally
        {
            CultureInfo.DefaultThreadCurrentCulture = before;
        }
    }
}
