using Npgsql;
using NpgsqlTypes;

namespace DeltaStream.Emulator.Tests.Catalog;

/// <summary>SELECTs are real, and reach the stores' public columns and nothing else.</summary>
public class SelectTests
{
    private static async Task<LocalEmulator> WithStoresAsync()
    {
        var emulator = await LocalEmulator.StartAsync(new() { NoAuth = true });
        await emulator.RunAsync($"CREATE STORE b WITH ({LocalEmulator.Kafka})");
        await emulator.RunAsync($"CREATE STORE \"A\" WITH ({LocalEmulator.Postgres})");
        await emulator.RunAsync($"CREATE STORE \"it's\" WITH ({LocalEmulator.Kafka})");
        return emulator;
    }

    [Theory]
    [InlineData("SELECT name FROM deltastream.sys.\"stores\" ORDER BY name", "A,b,it's")]
    [InlineData("select name from DeltaStream.SYS.\"stores\" order by name desc limit 2;", "it's,b")]
    [InlineData("SELECT name FROM \"deltastream\".\"sys\".\"stores\" WHERE type = 'Kafka' ORDER BY name", "b,it's")]
    [InlineData("SELECT name FROM deltastream.sys.\"stores\" WHERE name = 'it''s'", "it's")]
    [InlineData(
        "SELECT s.name FROM deltastream.sys.\"stores\" AS s WHERE s.\"owner\" = 'sysadmin' AND s.name LIKE 'i%'",
        "it's"
    )]
    [InlineData("SELECT type FROM deltastream.sys.\"stores\" GROUP BY type ORDER BY type", "Kafka,Postgres")]
    [InlineData("SELECT name FROM deltastream.sys.\"stores\" -- \"owner\n WHERE name = '--b'", "")]
    [InlineData("SELECT name FROM deltastream.sys.\"stores\" -- c\r WHERE name = 'b'", "b")]
    [InlineData("SELECT/* /* */ ; */name/**/FROM deltastream . sys /* */ . \"stores\" WHERE name='b'", "b")]
    [InlineData("SELECT 'deltastream.sys.\"stores\"'", "deltastream.sys.\"stores\"")]
    [InlineData("WITH s AS (SELECT name FROM deltastream.sys.\"stores\") SELECT max(name) FROM s", "it's")]
    [InlineData("SELECT current_user", "deltastream")]
    [InlineData("SELECT current_database()", "deltastream")]
    public async Task Selects_are_real(string sql, string expected)
    {
        await using var emulator = await WithStoresAsync();
        var rows = await emulator.RowsAsync(sql);
        Assert.Equal(expected, string.Join(",", rows.Select(r => r.Values.Single())));
    }

    [Theory]
    [InlineData("SELECT * FROM stores_of_others", "42P01")]
    [InlineData("SELECT nope FROM deltastream.sys.\"stores\"", "42703")]
    [InlineData("SELECT \"nope\" FROM deltastream.sys.\"stores\"", "42703")]
    [InlineData("SELECT parameters FROM deltastream.sys.\"stores\"", "42703")]
    [InlineData("SELECT owner FROM deltastream.sys.\"stores\"", "42601")]
    [InlineData("SELECT name FROM deltastream.sys.stores", "42601")]
    [InlineData("SELECT name FROM deltastream.sys.\"Stores\"", "42601")]
    [InlineData("SELECT FROM WHERE", "42601")]
    [InlineData("SELECT frob(1)", "42883")]
    [InlineData("SELECT name FROM sqlite_master", "42501")]
    [InlineData("SELECT name FROM sys.sqlite_master", "42501")]
    [InlineData("SELECT * FROM pragma_database_list", "42501")]
    [InlineData("SELECT * FROM pragma_table_info('stores')", "42501")]
    [InlineData("SELECT load_extension('x')", "42501")]
    [InlineData("SELECT readfile('/etc/passwd')", "42883")]
    [InlineData("SELECT writefile('x', 'y')", "42883")]
    [InlineData("SELECT fts3_tokenizer('x')", "42501")]
    [InlineData("WITH x AS (SELECT 1) DELETE FROM deltastream.sys.\"stores\"", "42501")]
    [InlineData("WITH x AS (SELECT 1) INSERT INTO deltastream.sys.\"stores\" (name) VALUES ('x')", "42501")]
    [InlineData("WITH x AS (SELECT 1) UPDATE deltastream.sys.\"stores\" SET name = 'x'", "42501")]
    [InlineData("ATTACH 'x' AS y", "42601")]
    [InlineData("PRAGMA database_list", "42601")]
    [InlineData("VACUUM INTO 'x'", "42601")]
    [InlineData("SELECT zeroblob(1000000000)", "54000")]
    [InlineData("SELECT printf('%1000000000d', 1)", "54000")]
    [InlineData("SELECT relname FROM pg_catalog.pg_class", "0A000")]
    [InlineData("SELECT $101", "42601")]
    [InlineData("SELECT $x", "42601")]
    [InlineData("SELECT :x", "42601")]
    [InlineData("SELECT @x", "42601")]
    [InlineData("SELECT ?", "42601")]
    [InlineData("SELECT ?1", "42601")]
    [InlineData("SELECT #x", "42601")]
    [InlineData("SELECT [name] FROM deltastream.sys.\"stores\"", "42601")]
    public async Task What_is_beyond_the_stores_is_refused(string sql, string sqlState)
    {
        await using var emulator = await WithStoresAsync();
        Assert.Equal(sqlState, (await emulator.RefusalAsync(sql)).SqlState);
        Assert.Equal(3, (await emulator.RowsAsync("LIST STORES")).Count);
    }

    [Fact]
    public async Task A_secret_is_in_no_column()
    {
        await using var emulator = await LocalEmulator.StartAsync(new() { NoAuth = true });
        await emulator.RunAsync($"CREATE STORE x WITH ({LocalEmulator.Kafka})");

        var row = Assert.Single(await emulator.RowsAsync("SELECT * FROM deltastream.sys.\"stores\""));
        Assert.Equal(["name", "type", "status", "status_message", "owner", "created_at", "updated_at"], row.Keys);
    }

    [Fact]
    public async Task Parameters_are_bound_prepared_or_not()
    {
        await using var emulator = await WithStoresAsync();
        await using var connection = await emulator.Client.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(
            "SELECT name FROM deltastream.sys.\"stores\" WHERE name = $1 AND created_at > $2 LIMIT $3",
            connection
        );
        command.Parameters.AddWithValue(NpgsqlDbType.Text, "it's");
        command.Parameters.AddWithValue(NpgsqlDbType.TimestampTz, DateTime.UnixEpoch);
        command.Parameters.AddWithValue(NpgsqlDbType.Integer, 1);

        Assert.Equal("it's", await command.ExecuteScalarAsync());
        await command.PrepareAsync();
        Assert.Equal("it's", await command.ExecuteScalarAsync());
        command.Parameters[0].Value = "none";
        Assert.Null(await command.ExecuteScalarAsync());
        command.Parameters[0].Value = "A";
        Assert.Equal("A", await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Types_are_PostgreSQLs()
    {
        await using var emulator = await WithStoresAsync();
        var row = Assert.Single(
            await emulator.RowsAsync(
                "SELECT name, created_at, count(*) AS n, 1.5 AS r, NULL AS nil FROM deltastream.sys.\"stores\" GROUP BY 1 LIMIT 1"
            )
        );
        Assert.IsType<string>(row["name"]);
        Assert.Equal(DateTimeKind.Utc, Assert.IsType<DateTime>(row["created_at"]).Kind);
        Assert.Equal(1L, row["n"]);
        Assert.Equal(1.5, row["r"]);
        Assert.Null(row["nil"]);
    }

    [Fact]
    public async Task An_endless_select_can_be_cancelled()
    {
        await using var emulator = await WithStoresAsync();
        await using var connection = await emulator.Client.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(
            "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t",
            connection
        );
        var running = command.ExecuteScalarAsync();
        // The request can overtake the statement, so it is repeated until it is heard.
        while (!running.IsCompleted)
        {
            command.Cancel();
            await Task.Yield();
        }

        var cancelled = await Assert.ThrowsAsync<OperationCanceledException>(() => running);
        Assert.Equal("57014", Assert.IsType<PostgresException>(cancelled.InnerException).SqlState);
        command.CommandText = "SELECT 2";
        Assert.Equal(2L, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Many_rows_flow()
    {
        await using var emulator = await WithStoresAsync();
        var rows = await emulator.RowsAsync(
            "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 50000) SELECT n FROM t"
        );
        Assert.Equal(50000, rows.Count);
        Assert.Equal(50000L, rows[^1]["n"]);
    }

    [Theory]
    [InlineData("SELECT 1 /* x ; DROP STORE b; SELECT 2 x */")]
    [InlineData("SELECT 1 /* /* */ ; DROP STORE b; */")]
    [InlineData("/* ; DROP STORE b */")]
    [InlineData("SELECT 1 -- ; DROP STORE b")]
    public async Task What_stands_in_a_comment_does_not_run(string sql)
    {
        await using var emulator = await WithStoresAsync();
        await emulator.RunAsync(sql);
        Assert.Equal(3, (await emulator.RowsAsync("LIST STORES")).Count);
    }
}
