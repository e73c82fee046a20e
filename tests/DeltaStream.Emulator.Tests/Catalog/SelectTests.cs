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
    [InlineData("SELECT name::text FROM deltastream.sys.\"stores\" WHERE name = 'b'::varchar", "b")]
    [InlineData("SELECT s.name FROM deltastream.sys.\"stores\" s WHERE s.name::text='b'::character varying", "b")]
    [InlineData(
        "SELECT CAST(name AS text) FROM deltastream.sys.\"stores\" WHERE name = CAST('b' AS pg_catalog.text)",
        "b"
    )]
    [InlineData("SELECT CAST(CAST('7' AS int) AS text) || '1'::int::text", "71")]
    [InlineData("SELECT max(name)::text FROM deltastream.sys.\"stores\"", "it's")]
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
    [InlineData("SELECT 'a'::int", "22P02")]
    [InlineData("SELECT ''::bigint", "22P02")]
    [InlineData("SELECT 'a'::double precision", "22P02")]
    [InlineData("SELECT 'maybe'::boolean", "22P02")]
    [InlineData("SELECT 'today'::timestamptz", "22P02")]
    [InlineData("SELECT CAST('1x' AS int)", "22P02")]
    [InlineData("SELECT now()::timestamptz UNION ALL SELECT 'tomorrow'", "22P02")]
    [InlineData("SELECT now()::timestamptz UNION ALL SELECT '2026-01-02 03:04:05.678000+05'", "22P02")]
    [InlineData("SELECT 3000000000::int", "22003")]
    [InlineData("SELECT 1e300::bigint", "22003")]
    [InlineData("SELECT 1::numeric", "0A000")]
    [InlineData("SELECT 'a'::varchar(3)", "0A000")]
    [InlineData("SELECT '{}'::int[]", "0A000")]
    [InlineData("SELECT 'x'::regclass", "0A000")]
    [InlineData("SELECT CAST('x' AS uuid)", "0A000")]
    [InlineData("SELECT 1::", "42601")]
    [InlineData("SELECT ::int", "42601")]
    [InlineData("SELECT CASE WHEN 1 THEN 2 END::int", "42601")]
    [InlineData("SELECT 1 : :int", "42601")]
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

    [Theory]
    [InlineData("count(*)::int", "count", 3)]
    [InlineData("COUNT(*)::bigint", "COUNT", 3L)]
    [InlineData("(count(*) + 1)::integer AS n", "n", 4)]
    [InlineData("CAST(count(*) AS int)", "count", 3)]
    [InlineData("' 7 '::int", "int4", 7)]
    [InlineData("-7::int8", "-cast_bigint(7)", -7L)]
    [InlineData("2.5::int", "int4", 2)]
    [InlineData("1::double precision", "float8", 1.0)]
    [InlineData("'yes'::bool", "bool", true)]
    [InlineData("0::boolean", "bool", false)]
    [InlineData("1.5::text", "text", "1.5")]
    [InlineData("NULL::int", "int4", null)]
    [InlineData("count(*)::int n", "n", 3)]
    [InlineData("count(*) n", "n", 3L)]
    [InlineData("9999999999999999999 AS n", "n", 9999999999999999999.0)]
    public async Task A_cast_gives_its_type_and_its_name(string column, string name, object? value)
    {
        await using var emulator = await WithStoresAsync();
        var row = Assert.Single(await emulator.RowsAsync($"SELECT {column} FROM deltastream.sys.\"stores\" LIMIT 1"));
        Assert.Equal((name, value), (row.Keys.Single(), row.Values.Single()));
    }

    [Fact]
    public async Task A_cast_to_a_time_is_one()
    {
        await using var emulator = await WithStoresAsync();
        var latest = Assert.Single(
            await emulator.RowsAsync("SELECT max(created_at) t FROM deltastream.sys.\"stores\"")
        );
        Assert.IsType<DateTime>(latest["t"]);
        var row = Assert.Single(await emulator.RowsAsync("SELECT '2026-01-02T03:04:05+01'::timestamptz AS t"));
        Assert.Equal(new DateTime(2026, 1, 2, 2, 4, 5, DateTimeKind.Utc), row["t"]);
    }

    [Theory]
    [InlineData("name = $1::text", "b", "b")]
    [InlineData("name IN ($1, 'none')", "b", "b")]
    [InlineData("$1 = name", "b", "b")]
    [InlineData("name LIKE $1", "i%", "it's")]
    [InlineData("length(name) > $1", "1", "it's")]
    [InlineData("name > 'A' AND $1 = 1 + 1", "2", "b,it's")]
    [InlineData("length(name) = $1::int", "4", "it's")]
    [InlineData("created_at > $1", "2020-01-01T00:00:00.000+01:00", "A,b,it's")]
    [InlineData("created_at BETWEEN $1 AND now()", "2020-01-01 00:00:00+00", "A,b,it's")]
    [InlineData("created_at < $1", "2020-01-01", "")]
    public async Task A_parameter_without_a_type_takes_that_of_what_it_meets(
        string where,
        string value,
        string expected
    )
    {
        await using var emulator = await WithStoresAsync();
        await using var command = emulator.Client.CreateCommand(
            $"SELECT name FROM deltastream.sys.\"stores\" WHERE {where} ORDER BY name"
        );
        // Sent as text without a type, as node pg and JDBC do.
        command.Parameters.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = NpgsqlDbType.Unknown });
        var names = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            names.Add(reader.GetString(0));
        }

        Assert.Equal(expected, string.Join(",", names));
    }

    [Fact]
    public async Task A_limit_takes_a_parameter_without_a_type()
    {
        await using var emulator = await WithStoresAsync();
        await using var command = emulator.Client.CreateCommand("SELECT $1::int + 1 LIMIT $2");
        command.Parameters.Add(new NpgsqlParameter { Value = "41", NpgsqlDbType = NpgsqlDbType.Unknown });
        command.Parameters.Add(new NpgsqlParameter { Value = "1", NpgsqlDbType = NpgsqlDbType.Unknown });
        Assert.Equal(42L, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_lookup_stays_fast_with_many_stores_and_sees_each_change()
    {
        await using var emulator = await LocalEmulator.StartAsync(new() { NoAuth = true });
        await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(async part =>
                {
                    await using var connection = await emulator.Client.OpenConnectionAsync();
                    for (var i = 0; i < 100; i++)
                    {
                        await using var create = new NpgsqlCommand(
                            $"CREATE STORE s{part}_{i} WITH ({LocalEmulator.Kafka})",
                            connection
                        );
                        await create.ExecuteNonQueryAsync();
                        await using var find = new NpgsqlCommand(
                            "SELECT count(*)::int FROM deltastream.sys.\"stores\" WHERE name = $1",
                            connection
                        );
                        find.Parameters.Add(new NpgsqlParameter { Value = $"s{part}_{i}" });
                        Assert.Equal(1, await find.ExecuteScalarAsync());
                    }

                    await using var drop = new NpgsqlCommand($"DROP STORE s{part}_0", connection);
                    await drop.ExecuteNonQueryAsync();
                })
        );
        Assert.Equal(1980, (await emulator.RowsAsync("LIST STORES")).Count);
    }
}
