using System.Net.Sockets;
using System.Text;
using static DeltaStream.Emulator.Tests.Protocol.WireClient;

namespace DeltaStream.Emulator.Tests.Protocol;

/// <summary>Whatever a client sends, the emulator goes on serving the others.</summary>
public class HostileClientTests
{
    private static Task<LocalEmulator> EmulatorAsync(bool noAuth = true) =>
        LocalEmulator.StartAsync(new() { NoAuth = noAuth });

    private static async Task StillServesAsync(LocalEmulator emulator) =>
        Assert.Empty(await emulator.RowsAsync("SELECT name FROM deltastream.sys.\"stores\""));

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(10_001)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public async Task A_startup_of_an_impossible_length_ends_the_connection(int length)
    {
        await using var emulator = await EmulatorAsync();
        using var client = await ConnectAsync(emulator.Emulator);
        await client.SendAsync([.. Int32(length), .. Int32(196608)]);
        Assert.Equal("08P01", await client.UntilClosedAsync());
        await StillServesAsync(emulator);
    }

    [Theory]
    [InlineData('Q', 3)]
    [InlineData('Q', -5)]
    [InlineData('Q', int.MaxValue)]
    [InlineData('P', 9_000_000)]
    public async Task A_message_of_an_impossible_length_ends_the_connection(char type, int length)
    {
        await using var emulator = await EmulatorAsync();
        using var client = await LogInAsync(emulator.Emulator);
        await client.SendAsync([(byte)type, .. Int32(length)]);
        Assert.Equal("08P01", await client.UntilClosedAsync());
        await StillServesAsync(emulator);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("\0\0\0\u0008\0\u0002\0\0")]
    public async Task Another_protocol_ends_the_connection(string text)
    {
        await using var emulator = await EmulatorAsync();
        using var client = await ConnectAsync(emulator.Emulator);
        await client.SendAsync(Encoding.Latin1.GetBytes(text));
        Assert.Equal("08P01", await client.UntilClosedAsync());
        await StillServesAsync(emulator);
    }

    [Fact]
    public async Task Asking_for_encryption_over_and_over_ends_the_connection()
    {
        await using var emulator = await EmulatorAsync();
        using var client = await ConnectAsync(emulator.Emulator);
        for (var i = 0; i < 3; i++)
        {
            await client.SendAsync([.. Int32(8), .. Int32(80877103)]);
            Assert.Equal('N', client.Stream.ReadByte());
        }

        Assert.Equal("08P01", await client.UntilClosedAsync());
    }

    [Fact]
    public async Task An_unknown_message_ends_the_connection()
    {
        await using var emulator = await EmulatorAsync();
        using var client = await LogInAsync(emulator.Emulator);
        await client.SendAsync(Message('?', Text("x")));
        Assert.Equal("08P01", await client.UntilClosedAsync());
        await StillServesAsync(emulator);
    }

    [Theory]
    [InlineData("")]
    [InlineData("n")]
    [InlineData("n,,n=")]
    [InlineData("p=tls-unique,,n=,r=x")]
    [InlineData("n,,n=,r=nonce")]
    public async Task A_malformed_login_is_not_let_in(string first)
    {
        await using var emulator = await EmulatorAsync(noAuth: false);
        using var client = await ConnectAsync(emulator.Emulator);
        await client.SendAsync(Startup(("user", "deltastream"), ("database", "deltastream")));
        Assert.Equal('R', (await client.ReadAsync())?.Type);
        var data = Encoding.UTF8.GetBytes(first);
        await client.SendAsync(
            Message('p', Text("SCRAM-SHA-256"), Int32(data.Length), data),
            Message('p', Encoding.UTF8.GetBytes("c=biws,r=other,p=AAAA"))
        );
        Assert.Equal("08P01", await client.UntilClosedAsync());
    }

    [Fact]
    public async Task Nothing_can_be_asked_before_the_login()
    {
        await using var emulator = await EmulatorAsync(noAuth: false);
        using var client = await ConnectAsync(emulator.Emulator);
        await client.SendAsync(Startup(("user", "deltastream")), Message('Q', Text("LIST STORES")));
        Assert.Equal("08P01", await client.UntilClosedAsync());
    }

    [Fact]
    public async Task Half_messages_and_sudden_ends_hurt_nobody()
    {
        await using var emulator = await EmulatorAsync();
        var query = Message('Q', Text("SELECT name FROM deltastream.sys.\"stores\""));
        for (var length = 0; length <= query.Length; length += 5)
        {
            var client = await LogInAsync(emulator.Emulator);
            await client.Stream.WriteAsync(query.AsMemory(0, Math.Min(length, query.Length)));
            client.Dispose();
        }

        await StillServesAsync(emulator);
    }

    [Fact]
    public async Task A_message_may_come_byte_by_byte()
    {
        await using var emulator = await EmulatorAsync();
        using var client = await ConnectAsync(emulator.Emulator);
        byte[] all = [.. Startup(("user", "u")), .. Message('Q', Text("SELECT 1"))];
        foreach (var b in all)
        {
            await client.Stream.WriteAsync(new[] { b });
        }

        await client.UntilReadyAsync();
        Assert.Equal(("TDCZ", 'I'), await client.UntilReadyAsync());
    }

    /// <summary>
    /// Bodies that are cut short or altered, of every message there is; the seed is fixed, so a failure comes again.
    /// </summary>
    [Fact]
    public async Task Garbage_hurts_nobody()
    {
        const int Rounds = 300;
        await using var emulator = await EmulatorAsync();
        var random = new Random(20260102);
        byte[][] good =
        [
            Message('Q', Text("SELECT name FROM deltastream.sys.\"stores\" WHERE name = 'x'")),
            Message('P', Text("s"), Text("SELECT $1"), Int16(1), Int32(25)),
            Message(
                'B',
                Text("p"),
                Text("s"),
                Int16(1),
                Int16(0),
                Int16(1),
                Int32(1),
                "x"u8.ToArray(),
                Int16(1),
                Int16(1)
            ),
            Message('D', "S"u8.ToArray(), Text("s")),
            Message('E', Text("p"), Int32(0)),
            Message('C', "P"u8.ToArray(), Text("p")),
            Message('F', Int32(1), Int16(0), Int16(0), Int16(0)),
            Message('d', Text("x")),
            Message('S'),
            Message('H'),
        ];
        for (var round = 0; round < Rounds; round++)
        {
            using var client = await LogInAsync(emulator.Emulator);
            try
            {
                for (var i = 0; i < 6; i++)
                {
                    await client.SendAsync(Altered(good[random.Next(good.Length)], random));
                }
                // A half message would wait for its other half: the end of what is sent ends the wait.
                client.Stream.Socket.Shutdown(SocketShutdown.Send);
                await client.UntilClosedAsync();
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                // The emulator has closed already.
            }
        }

        await StillServesAsync(emulator);
    }

    [Fact]
    public async Task Two_hundred_clients_at_once_are_served()
    {
        await using var emulator = await EmulatorAsync();
        var clients = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => LogInAsync(emulator.Emulator)));
        await Task.WhenAll(
            clients.Select(
                async (client, i) =>
                {
                    await client.SendAsync(
                        Message(
                            'Q',
                            Text($"CREATE STORE s{i} WITH ({LocalEmulator.Kafka}); LIST STORES; DROP STORE s{i}")
                        )
                    );
                    var (types, status) = await client.UntilReadyAsync();
                    Assert.Equal('I', status);
                    Assert.DoesNotContain('E', types);
                }
            )
        );
        foreach (var client in clients)
        {
            client.Dispose();
        }

        await StillServesAsync(emulator);
    }

    [Fact]
    public async Task Prepared_statements_and_portals_have_an_end()
    {
        await using var emulator = await EmulatorAsync();
        using var client = await LogInAsync(emulator.Emulator);
        var statements = Enumerable.Range(0, 1001).Select(i => Message('P', Text($"s{i}"), Text("SELECT 1"), Int16(0)));
        await client.SendAsync([.. statements, Message('S')]);
        var (types, _) = await client.UntilReadyAsync();
        Assert.Equal(new string('1', 1000) + "EZ", types);
    }

    [Fact]
    public async Task Large_statements_are_answered_soon()
    {
        await using var emulator = await EmulatorAsync();
        using var client = await LogInAsync(emulator.Emulator);
        var many = string.Concat(Enumerable.Repeat("'description'='',", 400_000));
        var begins = Pem.Inline(string.Concat(Enumerable.Repeat("-----BEGIN A-----\n", 50_000)));
        foreach (
            var with in new[]
            {
                $"{many}'type' = KAFKA",
                $"'type' = KAFKA, 'tls.ca_cert_file' = '{begins}'",
                $"'type' = KAFKA, 'uris' = '{new string(',', 1_000_000)}'",
                $"'type' = KAFKA, 'uris' = '{new string('x', 6_000_000)}'",
            }
        )
        {
            await client.SendAsync(Message('Q', Text($"CREATE STORE x WITH ({with})")));
            Assert.Equal(("EZ", 'I'), await client.UntilReadyAsync());
        }

        await client.SendAsync(Message('Q', Text($"SELECT {new string('(', 1_000_000)}")));
        Assert.Equal(("EZ", 'I'), await client.UntilReadyAsync());
    }

    [Fact]
    public async Task A_wrong_key_cancels_nothing()
    {
        await using var emulator = await EmulatorAsync();
        for (var process = -1; process < 3; process++)
        {
            using var client = await ConnectAsync(emulator.Emulator);
            await client.SendAsync([.. Int32(16), .. Int32(80877102), .. Int32(process), .. Int32(42)]);
            Assert.Null(await client.UntilClosedAsync());
        }

        await StillServesAsync(emulator);
    }

    [Fact]
    public async Task Endless_selects_leave_the_rest_to_others()
    {
        await using var emulator = await EmulatorAsync();
        var clients = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => LogInAsync(emulator.Emulator)));
        const string Endless = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t";
        foreach (var client in clients)
        {
            await client.SendAsync(Message('Q', Text(Endless)));
        }

        using var http = new HttpClient();
        for (var i = 0; i < 5; i++)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            var version = await http.GetStringAsync(new Uri(emulator.Emulator.ServerUri + "/version"), limit.Token);
            Assert.Contains("major", version, StringComparison.Ordinal);
        }

        // Sixteen run; one of the others is told so after some time.
        var (type, body) = await (await Task.WhenAny(clients.Select(c => c.ReadAsync()))) ?? default;
        Assert.Equal(
            ('E', "53000", "too many SELECTs are open: at most 16 run at once"),
            (type, Field(body, 'C'), Field(body, 'M'))
        );
        foreach (var client in clients)
        {
            client.Dispose();
        }
    }

    [Fact]
    public async Task Statements_of_one_text_are_bounded()
    {
        await using var emulator = await EmulatorAsync();
        using var client = await LogInAsync(emulator.Emulator);
        await client.SendAsync(Message('Q', Text(string.Concat(Enumerable.Repeat("SELECT 1;", 700_000)))));
        var (type, body) = (await client.ReadAsync())!.Value;
        Assert.Equal(
            ('E', "54000", "there are too many statements in one text: at most 1000 are taken"),
            (type, Field(body, 'C'), Field(body, 'M'))
        );
        await client.UntilReadyAsync();
        await StillServesAsync(emulator);
    }

    [Fact]
    public async Task Casts_of_one_statement_are_bounded()
    {
        await using var emulator = await EmulatorAsync();
        using var client = await LogInAsync(emulator.Emulator);
        var many = string.Concat(Enumerable.Repeat("::int", 200_000));
        await client.SendAsync(Message('Q', Text($"SELECT 1{many}")));
        var (type, body) = (await client.ReadAsync())!.Value;
        Assert.Equal(('E', "54000"), (type, Field(body, 'C')));
    }

    [Fact]
    public async Task Half_messages_hold_a_bounded_amount_together()
    {
        await using var emulator = await EmulatorAsync();
        var clients = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => LogInAsync(emulator.Emulator)));
        var half = Message('Q', new byte[7_000_000])[..6_000_000];
        var sent = clients.Select(c => c.SendAsync(half)).ToList();

        // Those that are too many are told so, and the connection ends.
        var (type, body) = await (await Task.WhenAny(clients.Select(c => c.ReadAsync()))) ?? default;
        Assert.Equal(('E', "53000"), (type, Field(body, 'C')));
        Assert.Equal("too much is being sent at once: all requests together may hold 128 MiB", Field(body, 'M'));
        await StillServesAsync(emulator);
        foreach (var client in clients)
        {
            client.Dispose();
        }

        await Task.WhenAll(sent.Select(s => s.ContinueWith(_ => { }, TaskScheduler.Default)));
    }

    private static byte[] Altered(byte[] message, Random random)
    {
        var altered = message.ToArray();
        switch (random.Next(4))
        {
            case 0:
                return altered;
            case 1:
                altered[random.Next(altered.Length)] = (byte)random.Next(256);
                return altered;
            case 2:
                for (var i = 5; i < altered.Length; i++)
                {
                    altered[i] = (byte)random.Next(256);
                }

                return altered;
            default:
                var body = altered[5..];
                return Message((char)altered[0], body[..random.Next(body.Length + 1)]);
        }
    }
}
