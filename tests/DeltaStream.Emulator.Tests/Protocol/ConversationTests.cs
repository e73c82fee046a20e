using System.Text;
using Npgsql;
using static DeltaStream.Emulator.Tests.Protocol.WireClient;

namespace DeltaStream.Emulator.Tests.Protocol;

/// <summary>The protocol's ordinary course, message by message.</summary>
public class ConversationTests
{
    private static Task<DeltaStreamEmulator> EmulatorAsync() => DeltaStreamEmulator.StartAsync(new() { NoAuth = true });

    private static byte[] Query(string sql) => Message('Q', Text(sql));

    private static byte[] Parse(string sql, string name = "") => Message('P', Text(name), Text(sql), Int16(0));

    private static byte[] Bind(string portal = "", string statement = "") =>
        Message('B', Text(portal), Text(statement), Int16(0), Int16(0), Int16(0));

    private static byte[] Describe(char kind, string name = "") => Message('D', [(byte)kind], Text(name));

    private static byte[] Execute(int rows = 0, string portal = "") => Message('E', Text(portal), Int32(rows));

    private static readonly byte[] s_sync = Message('S');

    [Fact]
    public async Task Encryption_is_declined_and_the_connection_goes_on()
    {
        await using var emulator = await EmulatorAsync();
        using var client = await ConnectAsync(emulator);
        foreach (var request in new[] { 80877104, 80877103 })
        {
            await client.SendAsync([.. Int32(8), .. Int32(request)]);
            Assert.Equal('N', client.Stream.ReadByte());
        }

        await client.SendAsync(Startup(("user", "u"), ("database", "d")));
        Assert.Equal(("RSSSSSSSKZ", 'I'), await client.UntilReadyAsync());
    }

    [Fact]
    public async Task A_newer_minor_version_is_negotiated_down()
    {
        await using var emulator = await EmulatorAsync();
        using var client = await ConnectAsync(emulator);
        var startup = Startup(("user", "u"), ("_pq_.frob", "1"));
        startup[7] = 2;
        await client.SendAsync(startup);
        Assert.StartsWith("RvS", (await client.UntilReadyAsync()).Types, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "IZ")]
    [InlineData("SELECT 1", "TDCZ")]
    [InlineData("SELECT 1; SELECT 2;", "TDCTDCZ")]
    [InlineData("SELECT 1; SELECT nope; SELECT 3", "TDCEZ")]
    [InlineData("SELECT 1; FROB", "EZ")]
    [InlineData("SELECT $1", "EZ")]
    [InlineData("SET a = 1; RESET ALL; DISCARD ALL", "CCCZ")]
    [InlineData("LIST STORES", "TCZ")]
    public async Task The_simple_protocol_answers_each_statement(string sql, string types)
    {
        await using var emulator = await EmulatorAsync();
        using var client = await LogInAsync(emulator);
        await client.SendAsync(Query(sql));
        Assert.Equal((types, 'I'), await client.UntilReadyAsync());
    }

    [Fact]
    public async Task The_status_follows_a_transaction_block()
    {
        await using var emulator = await EmulatorAsync();
        using var client = await LogInAsync(emulator);

        foreach (
            var (sql, expected) in new[]
            {
                ("BEGIN", ("CZ", 'T')),
                ("SELECT 1", ("TDCZ", 'T')),
                ("FROB", ("EZ", 'E')),
                ("SELECT 1", ("EZ", 'E')),
                ("COMMIT", ("CZ", 'I')),
                ("START TRANSACTION READ ONLY", ("CZ", 'T')),
                ("END", ("CZ", 'I')),
                ("BEGIN", ("CZ", 'T')),
                ($"CREATE STORE x WITH ({LocalEmulator.Kafka})", ("TDCZ", 'T')),
                // The service has no transactions: the client is warned that nothing is undone.
                ("ROLLBACK", ("NCZ", 'I')),
                ("DROP STORE x", ("TDCZ", 'I')),
            }
        )
        {
            await client.SendAsync(Query(sql));
            Assert.Equal(expected, await client.UntilReadyAsync());
        }
    }

    [Fact]
    public async Task The_status_follows_savepoints()
    {
        await using var emulator = await EmulatorAsync();
        using var client = await LogInAsync(emulator);

        foreach (
            var (sql, expected) in new[]
            {
                ("SAVEPOINT a", ("EZ", 'I')),
                ("ROLLBACK TO a", ("EZ", 'I')),
                ("BEGIN", ("CZ", 'T')),
                ("SAVEPOINT a", ("CZ", 'T')),
                ("FROB", ("EZ", 'E')),
                ("SAVEPOINT b", ("EZ", 'E')),
                ("RELEASE a", ("EZ", 'E')),
                ("ROLLBACK TO SAVEPOINT \"A\"", ("EZ", 'E')),
                ("ROLLBACK TO SAVEPOINT A", ("CZ", 'T')),
                ($"CREATE STORE x WITH ({LocalEmulator.Kafka})", ("TDCZ", 'T')),
                ("SAVEPOINT b", ("CZ", 'T')),
                ("ROLLBACK TRANSACTION TO b", ("CZ", 'T')),
                // The service has no transactions: the client is warned that nothing is undone.
                ("ROLLBACK TO a", ("NCZ", 'T')),
                ("RELEASE SAVEPOINT b", ("EZ", 'E')),
                ("ROLLBACK TO a", ("NCZ", 'T')),
                ("RELEASE SAVEPOINT a", ("CZ", 'T')),
                ("ROLLBACK TO a", ("EZ", 'E')),
                ("ROLLBACK", ("NCZ", 'I')),
            }
        )
        {
            await client.SendAsync(Query(sql));
            Assert.Equal((sql, expected), (sql, await client.UntilReadyAsync()));
        }
    }

    [Fact]
    public async Task The_extended_protocol_answers_each_message()
    {
        await using var emulator = await EmulatorAsync();
        using var client = await LogInAsync(emulator);

        await client.SendAsync(Parse("SELECT 1", "s"), Describe('S', "s"), s_sync);
        Assert.Equal(("1tTZ", 'I'), await client.UntilReadyAsync());
        await client.SendAsync(Bind("", "s"), Describe('P'), Execute(), Bind("", "s"), Execute(), s_sync);
        Assert.Equal(("2TDC2DCZ", 'I'), await client.UntilReadyAsync());
        await client.SendAsync(Message('C', [(byte)'S'], Text("s")), Bind("", "s"), Execute(), s_sync);
        Assert.Equal(("3EZ", 'I'), await client.UntilReadyAsync());
        await client.SendAsync(Parse(""), Bind(), Describe('P'), Execute(), s_sync);
        Assert.Equal(("12nIZ", 'I'), await client.UntilReadyAsync());
        await client.SendAsync(Parse("SET a = 1"), Bind(), Describe('P'), Execute(), s_sync);
        Assert.Equal(("12nCZ", 'I'), await client.UntilReadyAsync());
    }

    [Fact]
    public async Task After_a_refusal_everything_is_skipped_up_to_Sync()
    {
        await using var emulator = await EmulatorAsync();
        using var client = await LogInAsync(emulator);
        await client.SendAsync(
            Parse("FROB"),
            Bind(),
            Execute(),
            Query("SELECT 1"),
            Parse("SELECT 1"),
            s_sync,
            Query("SELECT 1")
        );
        Assert.Equal(("EZ", 'I'), await client.UntilReadyAsync());
        Assert.Equal(("TDCZ", 'I'), await client.UntilReadyAsync());
    }

    [Fact]
    public async Task Describing_a_statement_does_not_run_it()
    {
        await using var emulator = await EmulatorAsync();
        using var client = await LogInAsync(emulator);
        var create = $"CREATE STORE x WITH ({LocalEmulator.Kafka})";
        await client.SendAsync(Parse(create, "s"), Describe('S', "s"), Bind("", "s"), Describe('P'), s_sync);
        Assert.Equal(("1tn2nZ", 'I'), await client.UntilReadyAsync());
        await client.SendAsync(Query("LIST STORES"));
        Assert.Equal(("TCZ", 'I'), await client.UntilReadyAsync());
    }

    [Fact]
    public async Task A_portal_is_read_in_parts()
    {
        await using var emulator = await EmulatorAsync();
        using var client = await LogInAsync(emulator);
        const string Three =
            "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 3) SELECT n FROM t";
        await client.SendAsync(Parse(Three), Bind(), Execute(2), Execute(2), s_sync);
        Assert.Equal(("12DDsDCZ", 'I'), await client.UntilReadyAsync());

        // Outside a block a portal ends with its Sync.
        await client.SendAsync(Execute(2), s_sync);
        Assert.Equal(("EZ", 'I'), await client.UntilReadyAsync());
    }

    [Fact]
    public async Task Flush_answers_without_Sync()
    {
        await using var emulator = await EmulatorAsync();
        using var client = await LogInAsync(emulator);
        await client.SendAsync(Parse("SELECT 1"), Message('H'));
        Assert.Equal('1', (await client.ReadAsync())?.Type);
    }

    [Theory]
    [InlineData("SELECT 1; SELECT 2", "42601")]
    [InlineData("SELECT $1", "08P01")]
    public async Task What_can_not_be_bound_is_refused(string sql, string sqlState)
    {
        await using var emulator = await EmulatorAsync();
        using var client = await LogInAsync(emulator);
        await client.SendAsync(Parse(sql), Bind(), s_sync, Message('X'));
        Assert.Equal(sqlState, await client.UntilClosedAsync());
    }

    [Fact]
    public async Task Text_that_is_not_UTF8_is_refused()
    {
        await using var emulator = await EmulatorAsync();
        using var client = await LogInAsync(emulator);
        await client.SendAsync(Message('Q', [(byte)'\'', 0xC3, 0x28, (byte)'\'', 0]));
        var (type, body) = (await client.ReadAsync())!.Value;
        Assert.Equal(('E', "22021"), (type, Field(body, 'C')));
    }

    [Fact]
    public async Task A_pooled_connection_is_clean_when_it_comes_back()
    {
        await using var emulator = await LocalEmulator.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await using var connection = await emulator.Client.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var command = new NpgsqlCommand("SELECT $1", connection, transaction);
            command.Parameters.Add(new NpgsqlParameter { Value = "x" });
            await command.PrepareAsync();
            Assert.Equal("x", await command.ExecuteScalarAsync());
            if (i == 1)
            {
                await transaction.CommitAsync();
            }
        }
    }

    [Fact]
    public async Task Stopping_says_so_to_whoever_is_connected()
    {
        var emulator = await EmulatorAsync();
        using var client = await LogInAsync(emulator);
        await emulator.DisposeAsync();
        Assert.Equal("57P01", await client.UntilClosedAsync());
    }

    [Fact]
    public async Task Timestamps_in_text_are_PostgreSQLs()
    {
        await using var emulator = await EmulatorAsync();
        using var client = await LogInAsync(emulator);
        await client.SendAsync(Query($"CREATE STORE x WITH ({LocalEmulator.Kafka})"));
        await client.UntilReadyAsync();
        await client.SendAsync(Query("SELECT created_at FROM deltastream.sys.\"stores\""));
        Assert.Equal('T', (await client.ReadAsync())?.Type);
        var (_, row) = (await client.ReadAsync())!.Value;
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\+00$", Encoding.UTF8.GetString(row.AsSpan(6)));
    }

    private const string Endless =
        "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*), max(n) || '' AS m FROM t";

    [Fact]
    public async Task Describing_a_select_does_not_run_it_to_its_end()
    {
        await using var emulator = await EmulatorAsync();
        using var client = await LogInAsync(emulator);
        await client.SendAsync(Parse(Endless, "s"), Describe('S', "s"), Bind("", "s"), Describe('P'), s_sync);
        Assert.Equal(("1tT2TZ", 'I'), await client.UntilReadyAsync());
    }

    [Fact]
    public async Task A_cancel_between_the_messages_of_a_request_is_not_lost()
    {
        await using var emulator = await EmulatorAsync();
        using var client = await ConnectAsync(emulator);
        await client.SendAsync(Startup(("user", "u")));
        byte[] key = [];
        while (await client.ReadAsync() is var (type, body) && type != 'Z')
        {
            key = type == 'K' ? body : key;
        }

        await client.SendAsync(Parse(Endless), Bind(), Describe('P'), Message('H'));
        while (await client.ReadAsync() is var (type, _) && type != 'T') { }

        using (var other = await ConnectAsync(emulator))
        {
            await other.SendAsync([.. Int32(16), .. Int32(80877102), .. key]);
            Assert.Null(await other.UntilClosedAsync());
        }

        await client.SendAsync(Execute(), s_sync);
        var (refused, error) = (await client.ReadAsync())!.Value;
        Assert.Equal(('E', "57014"), (refused, Field(error, 'C')));
        Assert.Equal(("Z", 'I'), await client.UntilReadyAsync());
        await client.SendAsync(Query("SELECT 1"));
        Assert.Equal(("TDCZ", 'I'), await client.UntilReadyAsync());
    }

    [Fact]
    public async Task What_changes_a_store_returns_no_rows_by_the_extended_protocol()
    {
        await using var emulator = await EmulatorAsync();
        using var client = await LogInAsync(emulator);
        await client.SendAsync(
            Parse($"CREATE STORE x WITH ({LocalEmulator.Kafka})"),
            Bind(),
            Describe('P'),
            Execute(1),
            s_sync
        );
        Assert.Equal(("12nCZ", 'I'), await client.UntilReadyAsync());
        await client.SendAsync(Query("DROP STORE x"));
        Assert.Equal(("TDCZ", 'I'), await client.UntilReadyAsync());
    }

    [Fact]
    public async Task The_question_of_postgres_js_is_answered()
    {
        await using var emulator = await EmulatorAsync();
        using var client = await LogInAsync(emulator);
        await client.SendAsync(
            Query(
                """
                select b.oid, b.typarray
                from pg_catalog.pg_type a
                left join pg_catalog.pg_type b on b.oid = a.typelem
                where a.typcategory = 'A'
                group by b.oid, b.typarray
                order by b.oid
                """
            )
        );
        Assert.Equal(("TCZ", 'I'), await client.UntilReadyAsync());
    }

    [Theory]
    [InlineData("DECLARE c CURSOR FOR SELECT 1", "cursors of SQL are not supported")]
    [InlineData("FETCH 10 FROM c", "cursors of SQL are not supported")]
    [InlineData("MOVE c", "cursors of SQL are not supported")]
    [InlineData("CLOSE c", "cursors of SQL are not supported")]
    [InlineData(
        "SELECT name AS \"Column\", pg_catalog.format_type(tp, tpm) AS \"Type\" FROM (VALUES ('n', '25'::pg_catalog.oid, -1)) s(name, tp, tpm)",
        "no PostgreSQL catalog"
    )]
    public async Task What_is_not_served_is_refused_by_name(string sql, string why)
    {
        await using var emulator = await EmulatorAsync();
        using var client = await LogInAsync(emulator);
        await client.SendAsync(Query(sql));
        var (type, body) = (await client.ReadAsync())!.Value;
        Assert.Equal(('E', "0A000"), (type, Field(body, 'C')));
        Assert.Contains(why, Field(body, 'M'), StringComparison.Ordinal);
    }
}
