using System.Globalization;
using System.Text.Json;
using DeltaStream.Emulator.Tests.Protocol;
using DeltaStream.Emulator.Tests.Rest;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using static DeltaStream.Emulator.Tests.Rest.RestEmulator;

namespace DeltaStream.Emulator.Tests.Catalog;

/// <summary>What statements see of the stores: by role, by time, through faults, and while stores change.</summary>
public class ViewTests
{
    private const string Columns = "name, status, status_message";
    private const string Stores = "deltastream.sys.\"stores\"";

    private static readonly TimeSpan s_provisioned = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_visible = TimeSpan.FromSeconds(20);

    private static string Create(string name, string user = "ingest") =>
        $"CREATE STORE {name} WITH ({LocalEmulator.Kafka.Replace("ingest", user, StringComparison.Ordinal)})";

    [Fact]
    public async Task Every_statement_sees_the_same_for_a_role_at_a_time()
    {
        var time = new FakeTimeProvider();
        await using var emulator = await StartAsync(
            new()
            {
                TimeProvider = time,
                Roles = ["admin", "dev", "ops"],
                ProvisionDelay = s_provisioned,
                Accounts =
                [
                    new()
                    {
                        Type = "KAFKA",
                        Parameters = new Dictionary<string, string> { ["kafka.sasl.username"] = "ingest" },
                    },
                ],
            }
        );
        foreach (var name in new[] { "late", "late_too" })
        {
            emulator.Emulator.Faults.Add(
                new()
                {
                    Kind = EmulatorFaultKind.RowNotYetVisible,
                    Statement = $"CREATE STORE {name}",
                    Delay = s_visible,
                }
            );
        }

        await emulator.RunAsync(Create("good"));
        await emulator.RunAsync(Create("bad", "nobody"));
        await emulator.RunAsync(Create("devs"), ("role", "dev"));
        await emulator.RunAsync(Create("late"), ("role", "dev"));
        await emulator.RunAsync(Create("late_too"), ("role", "ops"));

        await SeesAsync("admin", "bad provisioning", "devs provisioning", "good provisioning");
        await SeesAsync("dev", "devs provisioning");
        await SeesAsync("ops");
        time.Advance(s_provisioned - TimeSpan.FromTicks(10));
        await SeesAsync("dev", "devs provisioning");
        time.Advance(TimeSpan.FromTicks(10));
        await SeesAsync("admin", "bad errored", "devs ready", "good ready");
        await SeesAsync("dev", "devs ready");
        await SeesAsync("ops");
        time.Advance(s_visible - s_provisioned);
        await SeesAsync("admin", "bad errored", "devs ready", "good ready", "late ready", "late_too ready");
        await SeesAsync("dev", "devs ready", "late ready");
        await SeesAsync("ops", "late_too ready");
        await emulator.RunAsync($"UPDATE STORE late WITH ({LocalEmulator.KafkaGroup})", ("role", "dev"));
        await SeesAsync("dev", "devs ready", "late provisioning");

        async Task SeesAsync(string role, params string[] expected)
        {
            var by = ("role", role);
            var selected = Rows(await emulator.RunAsync($"SELECT {Columns} FROM {Stores} ORDER BY name", by));
            Assert.Equal(expected, selected.Select(r => $"{r[0]} {r[1]}"));
            Assert.All(selected, r => Assert.Equal(r[1] == "errored", r[2] is not null));
            Assert.Equal(
                selected,
                Rows(await emulator.RunAsync("LIST STORES", by)).Select(r => new[] { r[0], r[2], r[3] })
            );
            foreach (var state in new[] { "provisioning", "ready", "errored" })
            {
                Assert.Equal(
                    selected.Where(r => r[1] == state),
                    Rows(
                        await emulator.RunAsync(
                            $"SELECT {Columns} FROM {Stores} WHERE status = '{state}' ORDER BY name",
                            by
                        )
                    )
                );
            }

            foreach (var name in new[] { "good", "bad", "devs", "late", "late_too" })
            {
                var described = await emulator.RunAsync($"DESCRIBE STORE {name}", by);
                if (selected.FirstOrDefault(r => r[0] == name) is not { } row)
                {
                    Assert.Equal("3D006", Outcome(described).SqlState);
                    continue;
                }

                var metadata = JsonDocument.Parse(Rows(described)[0][0]!).RootElement;
                Assert.Equal(row[1], metadata.GetProperty("status").GetString());
                Assert.Equal(row[2], metadata.GetProperty("status_message").GetString());
            }
        }
    }

    [Fact]
    public async Task Statements_see_what_ended_before_them_whoever_else_changes_stores()
    {
        const int Clients = 8;
        const int Turns = 25;
        var roles = Enumerable.Range(0, Clients).Select(i => $"r{i}").ToArray();
        await using var emulator = await StartAsync(new() { Roles = ["admin", .. roles] });
        foreach (var role in roles)
        {
            await emulator.RunAsync(Create($"fixed_{role}"), ("role", role));
        }

        var changing = Task.WhenAll(roles.Select(ChangeAsync));
        do
        {
            var names = Rows(await emulator.RunAsync("LIST STORES")).Select(r => r[0]!).ToArray();
            Assert.Equal(names.Order(StringComparer.Ordinal).Distinct(), names);
            Assert.Equal(Clients, names.Count(n => n.StartsWith("fixed", StringComparison.Ordinal)));
            Assert.InRange(names.Length, Clients, 2 * Clients);
        } while (!changing.IsCompleted);
        await changing;

        async Task ChangeAsync(string role)
        {
            var by = ("role", role);
            for (var i = 0; i < Turns; i++)
            {
                var name = $"x{i}_{role}";
                await emulator.RunAsync(Create(name), by);
                var created = Assert.Single(await FindAsync(name, by));
                Assert.Equal($"{name} ready {role}", string.Join(' ', created[..3]));
                await emulator.RunAsync($"UPDATE STORE {name} WITH ({LocalEmulator.KafkaGroup})", by);
                var updated = Assert.Single(await FindAsync(name, by));
                Assert.True(string.CompareOrdinal(created[3], updated[3]) < 0, $"{created[3]} {updated[3]}");
                Assert.Equal($"fixed_{role} {name}", await AllAsync(by));
                await emulator.RunAsync($"DROP STORE {name}", by);
                Assert.Empty(await FindAsync(name, by));
                Assert.Equal($"fixed_{role}", await AllAsync(by));
            }
        }

        async Task<string?[][]> FindAsync(string name, (string, string) by) =>
            Rows(
                await emulator.RunAsync(
                    $"SELECT name, status, \"owner\", updated_at FROM {Stores} WHERE name = '{name}'",
                    by
                )
            );

        async Task<string> AllAsync((string, string) by) =>
            string.Join(
                ' ',
                Rows(await emulator.RunAsync($"SELECT name FROM {Stores}", by))
                    .Select(r => r[0])
                    .Order(StringComparer.Ordinal)
            );
    }

    [Fact]
    public async Task Many_rows_arrive_as_they_are_by_both_protocols()
    {
        const int Many = 2_000;
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero));
        await using var emulator = await StartAsync(new() { TimeProvider = time });
        await using var postgres = NpgsqlDataSource.Create(emulator.Emulator.PostgresConnectionString);
        string[] names =
        [
            .. Enumerable
                .Range(0, Many)
                .Select(i => $"{i:00000} \\ '{new string('ä', i % 97)}' \ud83d\ude00")
                .Order(StringComparer.Ordinal),
        ];
        for (var i = 0; i < Many; i += 500)
        {
            var text = string.Concat(names.Skip(i).Take(500).Select(n => Create($"\"{n}\"") + ";"));
            await using var create = postgres.CreateCommand(text);
            await create.ExecuteNonQueryAsync();
        }

        var select = $"SELECT name, type, created_at FROM {Stores} ORDER BY name";
        string[][] expected = [.. names.Select(n => new[] { n, "Kafka", "2026-01-02 03:04:05.678000Z" })];
        Assert.Equal(expected, Rows(await emulator.RunAsync(select)));
        Assert.Equal(
            expected.Select(r => new[] { r[0], r[1], "false", r[2] }),
            Rows(await emulator.RunAsync("LIST STORES")).Select(r => new[] { r[0], r[1], r[4], r[6] })
        );
        foreach (var sql in new[] { select, "LIST STORES" })
        {
            await using var command = postgres.CreateCommand(sql);
            await using var reader = await command.ExecuteReaderAsync();
            var rows = new List<string[]>();
            var createdAt = sql == select ? "created_at" : "CreatedAt";
            while (await reader.ReadAsync())
            {
                var created = reader.GetFieldValue<DateTimeOffset>(reader.GetOrdinal(createdAt));
                rows.Add([
                    reader.GetString(0),
                    reader.GetString(1),
                    created.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
                ]);
            }

            Assert.Equal(expected, rows);
        }
    }

    [Fact]
    public async Task Clients_that_leave_before_their_rows_leave_nothing_behind()
    {
        // More than run at once.
        const int Leavers = 40;
        const string Endless = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT n FROM t";
        await using var emulator = await LocalEmulator.StartAsync(new() { NoAuth = true });
        for (var i = 0; i < Leavers; i++)
        {
            using var client = await WireClient.LogInAsync(emulator.Emulator);
            await client.SendAsync(WireClient.Message('Q', WireClient.Text(Endless)));
            Assert.Equal('T', (await client.ReadAsync())?.Type);
        }

        Assert.Equal(3L, Assert.Single(await emulator.RowsAsync("SELECT 3 AS n"))["n"]);
    }
}
