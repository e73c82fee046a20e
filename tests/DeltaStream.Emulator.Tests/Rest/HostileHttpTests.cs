using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using static DeltaStream.Emulator.Tests.Rest.RestEmulator;

namespace DeltaStream.Emulator.Tests.Rest;

/// <summary>Whatever a client sends, the emulator goes on serving the others, and ends when it is told to.</summary>
public class HostileHttpTests
{
    private static async Task StillServesAsync(RestEmulator emulator) =>
        Assert.Empty(Rows(await emulator.RunAsync("SELECT name FROM deltastream.sys.\"stores\"")));

    [Theory]
    [InlineData("\0\0\0\u0008\u0004\u00d2\u0016\u002f", "400")]
    [InlineData("garbage\r\n\r\n", "400")]
    [InlineData("GET / HTTP/9.9\r\n\r\n", "505")]
    [InlineData("GET /v2/version HTTP/1.1\r\n\r\n", "400")]
    [InlineData("GET /v2/version HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", "400")]
    [InlineData("GET /v2/version HTTP/1.1\r\nHost : x\r\n\r\n", "400")]
    [InlineData("POST /v2/statements HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", "400")]
    [InlineData("POST /v2/statements HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", "400")]
    [InlineData("POST /v2/statements HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: x\r\n\r\n", "400")]
    public async Task What_is_no_HTTP_is_refused(string text, string status)
    {
        await using var emulator = await StartAsync();
        using var raw = await RawHttp.ConnectAsync(emulator.Emulator);
        await raw.SendAsync(text);
        await raw.EndAsync();
        Assert.StartsWith($"HTTP/1.1 {status} ", raw.Received, StringComparison.Ordinal);
        await StillServesAsync(emulator);
    }

    [Fact]
    public async Task Headers_are_bounded()
    {
        await using var emulator = await StartAsync();
        using var raw = await RawHttp.ConnectAsync(emulator.Emulator);
        await raw.SendAsync(RawHttp.Head(emulator.Emulator, "GET /v2/version", "X: " + new string('x', 40_000)));
        await raw.EndAsync();
        Assert.StartsWith("HTTP/1.1 431 ", raw.Received, StringComparison.Ordinal);
        await StillServesAsync(emulator);
    }

    [Theory]
    [InlineData("zz\r\n")]
    [InlineData("FFFFFFFFFFFFFFFFF\r\n")]
    [InlineData("1\r\nab\r\n")]
    public async Task A_chunk_that_is_none_is_refused(string chunk)
    {
        await using var emulator = await StartAsync();
        using var raw = await RawHttp.ConnectAsync(emulator.Emulator);
        await raw.SendAsync(
            RawHttp.Head(
                emulator.Emulator,
                "POST /v2/statements",
                "Content-Type: application/json",
                "Transfer-Encoding: chunked"
            ) + chunk
        );
        await raw.EndAsync();
        Assert.StartsWith("HTTP/1.1 400 ", raw.Received, StringComparison.Ordinal);
        Assert.EndsWith("""{"message":"the request is not valid HTTP"}""", raw.Received, StringComparison.Ordinal);
        await StillServesAsync(emulator);
    }

    [Fact]
    public async Task A_body_that_is_cut_off_executes_nothing()
    {
        await using var emulator = await StartAsync();
        var post = RawHttp.Post(emulator.Emulator, Body($"CREATE STORE x WITH ({LocalEmulator.Kafka})"));
        for (var length = 0; length < post.Length; length += 40)
        {
            using var raw = await RawHttp.ConnectAsync(emulator.Emulator);
            await raw.SendAsync(post[..length]);
        }

        await StillServesAsync(emulator);
    }

    [Fact]
    public async Task A_length_that_is_more_than_comes_is_waited_for_and_one_that_is_less_cuts_the_body()
    {
        await using var emulator = await StartAsync();
        var body = Body("LIST STORES");
        string Post(int length) =>
            RawHttp.Head(
                emulator.Emulator,
                "POST /v2/statements",
                "Content-Type: application/json",
                string.Create(CultureInfo.InvariantCulture, $"Content-Length: {length}")
            ) + body;
        using (var raw = await RawHttp.ConnectAsync(emulator.Emulator))
        {
            await raw.SendAsync(Post(body.Length - 1));
            await raw.UntilAsync("""{"message":"the request is not valid JSON"}""");
        }

        using (var raw = await RawHttp.ConnectAsync(emulator.Emulator))
        {
            await raw.SendAsync(Post(body.Length + 1));
            await StillServesAsync(emulator);
            await raw.SendAsync(" ");
            await raw.UntilAsync("\"data\":[]");
        }
    }

    [Fact]
    public async Task A_request_may_come_byte_by_byte_and_many_on_one_connection()
    {
        await using var emulator = await StartAsync();
        using var raw = await RawHttp.ConnectAsync(emulator.Emulator);
        foreach (var c in RawHttp.Post(emulator.Emulator, Body("SELECT 1 AS one")))
        {
            await raw.SendAsync(c.ToString());
        }

        await raw.UntilAsync("\"data\":[[\"1\"]]");
        // Sent without waiting for the answers.
        await raw.SendAsync(
            RawHttp.Post(emulator.Emulator, Body("SELECT 2")) + RawHttp.Post(emulator.Emulator, Body("SELECT 3"))
        );
        await raw.UntilAsync("\"data\":[[\"2\"]]");
        await raw.UntilAsync("\"data\":[[\"3\"]]");
    }

    [Fact]
    public async Task Two_hundred_clients_are_served_at_once()
    {
        await using var emulator = await StartAsync(new() { Roles = ["admin", "dev"] });
        using var start = new SemaphoreSlim(0);
        var clients = Enumerable
            .Range(0, 200)
            .Select(async i =>
            {
                using var raw = await RawHttp.ConnectAsync(emulator.Emulator);
                await start.WaitAsync();
                // Every name is wanted by two.
                await raw.SendAsync(
                    RawHttp.Post(
                        emulator.Emulator,
                        Body(
                            $"CREATE STORE s{i / 2} WITH ({LocalEmulator.Kafka})",
                            ("role", i % 2 == 0 ? "admin" : "dev")
                        )
                    )
                );
                await raw.UntilAsync("\r\n\r\n{\"sqlState\":\"");
                return raw.Received.Split("\"sqlState\":\"")[1][..5];
            })
            .ToList();
        start.Release(200);
        var outcomes = await Task.WhenAll(clients);
        Assert.Equal(100, outcomes.Count(o => o == "00000"));
        Assert.Equal(100, outcomes.Count(o => o == "42P05"));
        Assert.Equal(
            [
                ["100"],
            ],
            Rows(await emulator.RunAsync("SELECT count(*) FROM deltastream.sys.\"stores\""))
        );
    }

    [Fact]
    public async Task The_end_does_not_wait_for_clients()
    {
        var emulator = await StartAsync();
        using var silent = await RawHttp.ConnectAsync(emulator.Emulator);
        using var halfHead = await RawHttp.ConnectAsync(emulator.Emulator);
        await halfHead.SendAsync("POST /v2/statements HTTP/1.1\r\nHost:");
        using var halfBody = await RawHttp.ConnectAsync(emulator.Emulator);
        await halfBody.SendAsync(RawHttp.Post(emulator.Emulator, Body("LIST STORES"))[..^3]);
        using var idle = await RawHttp.ConnectAsync(emulator.Emulator);
        await idle.SendAsync(RawHttp.Post(emulator.Emulator, Body("LIST STORES")));
        await idle.UntilAsync("\"data\":[]");

        var watch = Stopwatch.StartNew();
        await emulator.DisposeAsync();
        // Kestrel's own patience is 30 seconds.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        foreach (var client in new[] { silent, halfHead, halfBody, idle })
        {
            await client.EndAsync();
        }
    }

    [Fact]
    public async Task The_end_stops_a_select_that_runs()
    {
        var emulator = await StartAsync();
        const string Endless = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
        var running = emulator.PostAsync(Endless);
        await StillServesAsync(emulator);
        await emulator.Emulator.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => running);
        await emulator.DisposeAsync();
    }

    [Fact]
    public async Task A_select_whose_client_is_gone_stops()
    {
        await using var emulator = await StartAsync();
        const string Endless = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
        // More than there are threads: if they went on, nothing else would be served.
        for (var i = 0; i < 20; i++)
        {
            using var raw = await RawHttp.ConnectAsync(emulator.Emulator);
            await raw.SendAsync(RawHttp.Post(emulator.Emulator, Body(Endless)));
        }

        await StillServesAsync(emulator);
    }

    [Fact]
    public async Task Half_bodies_hold_a_bounded_amount_together()
    {
        await using var emulator = await StartAsync();
        var half = Encoding.UTF8.GetBytes(
            RawHttp.Head(
                emulator.Emulator,
                "POST /v2/statements",
                "Content-Type: application/json",
                "Content-Length: 7000000"
            ) + new string(' ', 6_000_000)
        );
        var clients = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => RawHttp.ConnectAsync(emulator.Emulator)));
        var sent = clients.Select(c => c.SendAsync(half)).ToList();

        var refused = clients.Select(c => c.UntilAsync("all requests together may hold 128 MiB"));
        await (await Task.WhenAny(refused));
        await StillServesAsync(emulator);
        foreach (var client in clients)
        {
            client.Dispose();
        }

        await Task.WhenAll(sent.Select(s => s.ContinueWith(_ => { }, TaskScheduler.Default)));
    }

    [Fact]
    public async Task Statements_of_one_text_are_bounded()
    {
        await using var emulator = await StartAsync();
        var answer = await emulator.RunAsync(string.Concat(Enumerable.Repeat("SELECT 1;", 100_000)));
        Assert.Equal(("54000", "there are too many statements in one text: at most 1000 are taken"), Outcome(answer));
    }

    [Fact]
    public async Task Endless_selects_leave_the_rest_to_others()
    {
        await using var emulator = await StartAsync();
        const string Endless = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t";
        var clients = Enumerable
            .Range(0, 60)
            .Select(async _ =>
            {
                using var raw = await RawHttp.ConnectAsync(emulator.Emulator);
                await raw.SendAsync(RawHttp.Post(emulator.Emulator, Body(Endless)));
                await raw.UntilAsync("at most 16 run at once");
            })
            .ToList();
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 5; i++)
        {
            using var version = await emulator.GetAsync("version");
            Assert.Equal(HttpStatusCode.OK, version.StatusCode);
        }

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(15), $"{clock.Elapsed}");
        await (await Task.WhenAny(clients));
    }
}
