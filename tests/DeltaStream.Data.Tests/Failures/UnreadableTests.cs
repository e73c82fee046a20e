using System.Net;
using System.Text;
using DeltaStream.Data.Tests.Serving;

namespace DeltaStream.Data.Tests.Failures;

public sealed class UnreadableTests
{
    public static TheoryData<string> Bodies =>
        [
            "",
            " ",
            "null",
            "[]",
            "17",
            "{",
            "{}",
            """{"sqlState":null}""",
            """{"sqlState":0}""",
            """{"sqlState":"00000","data":{}}""",
            """{"sqlState":"00000","data":[["a"]}""",
            """{"sqlState":"00000","data":[]} x""",
            """{"sqlState":"00000","message":{}}""",
            """{"sqlState":"00000","statementID":5}""",
            """{"sqlState":"00000","metadata":[]}""",
            """{"sqlState":"00000","metadata":{"columns":"x"}}""",
            """{"sqlState":"00000","metadata":{"columns":[{"nullable":"yes"}]}}""",
            """{"sqlState":"00000","metadata":{"partitionInfo":7}}""",
            """{"sqlState":"00000","metadata":{"encoding":"avro"}}""",
            """{"sqlState":"00000","metadata":{"partitionInfo":[{},{}]}}""",
            """{"sqlState":"\ud800"}""",
            """{"\ud800":1""",
            """{"\ud800":1,"sqlState":"00000"}""",
            """{"sqlState":"00000","\udc00\ud800":{}}""",
            """{"sqlState":"00000","metadata":{"\ud800":1}}""",
            """{"sqlState":"00000","metadata":{"columns":[{"\ud800":1}]}}""",
            """{"sqlState":"00000","metadata":{"context":{"\ud800":1}}}""",
            """{"sqlState":"00000","metadata":{"dataplaneRequest":{"\ud800":1}}}""",
            new string('[', 100),
            """{"sqlState":"00000","data":""" + new string('[', 100),
        ];

    [Theory, MemberData(nameof(Bodies))]
    public async Task A_response_that_is_not_the_APIs_is_an_error_that_leaves_open_what_happened(string body)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(body);
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand("CREATE STORE s WITH ()");
        await using var reading = source.CreateCommand("SELECT 1");

        foreach (var async in new[] { true, false })
        {
            var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(async));

            Assert.True(failure.MayHaveExecuted);
            Assert.False(failure.IsTransient);
            Assert.Equal(HttpStatusCode.OK, failure.HttpStatus);
            Assert.Contains("can't be used", failure.Message, StringComparison.Ordinal);
            Assert.False(
                (await Assert.ThrowsAsync<DeltaStreamException>(() => reading.NonQueryAsync(async))).MayHaveExecuted
            );
        }
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task A_page_of_HTML_is_called_by_its_name()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(200, "<html>Sign in</html>", "text/html; charset=utf-8");
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand("CREATE STORE s WITH ()");

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(true));

        Assert.Contains("it is not JSON but text/html", failure.Message, StringComparison.Ordinal);
    }

    [Theory, BothWays]
    public async Task Text_that_is_not_UTF8_is_an_error(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(http =>
            http.Response.Body.WriteAsync(Encoding.Latin1.GetBytes("{\"sqlState\":\"é\"}")).AsTask()
        );
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand("CREATE STORE s WITH ()");

        await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(async));
    }

    [Theory]
    [InlineData("""{"\ud800":1""")]
    [InlineData("""{"\ud800":1,"message":"no"}""")]
    public async Task An_error_whose_body_is_not_unicode_is_told_by_its_status(string body)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(400, body);
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand("CREATE STORE s WITH ()");

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(true));

        Assert.Equal(HttpStatusCode.BadRequest, failure.HttpStatus);
        Assert.False(failure.MayHaveExecuted);
    }

    [Fact]
    public async Task A_version_that_is_not_unicode_is_an_error()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond("""{"\ud800":1}""");
        await using var source = Execution.Source(server.Address);
        await using var connection = await source.OpenConnectionAsync();

        await Assert.ThrowsAsync<DeltaStreamException>(() => connection.GetServerVersionAsync());
    }

    [Theory, BothWays]
    public async Task Damaged_compression_is_an_error(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(200, "this is not gzip", "application/json", ("Content-Encoding", "gzip"));
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand("CREATE STORE s WITH ()");

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(async));

        Assert.True(failure.MayHaveExecuted);
        Assert.Contains("compression", failure.Message, StringComparison.Ordinal);
    }

    [Theory, BothWays]
    public async Task A_compressed_response_is_read(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(async http =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new System.IO.Compression.GZipStream(
                http.Response.Body,
                System.IO.Compression.CompressionLevel.Fastest
            );
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Responses.Success));
        });
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand("LIST STORES");

        using var result = await command.ResultAsync(async);

        Assert.Equal("""[["store"]]""", await result.TextAsync(0, async));
    }

    [Theory]
    [InlineData(100_000, 100_000, true)]
    [InlineData(100_000, 100_001, false)]
    [InlineData(100_000, 5_000_000, false)]
    [InlineData(100_000, 0, true)]
    public async Task A_body_is_read_up_to_its_limit(int limit, int size, bool whole)
    {
        foreach (var async in new[] { true, false })
        {
            // A stream that can't tell its length stands for a chunked response.
            using var message = new HttpResponseMessage { Content = new StreamContent(new Chunked(size)) };

            using var response = await Wire.ServiceResponse.ReadAsync(message, limit, async, default);

            Assert.Equal(whole, response.Length <= limit);
            if (whole)
            {
                Assert.Equal(size, response.Length);
            }

            Assert.True(response.Body.IndexOfAnyExcept((byte)7) < 0);
        }
    }

    private sealed class Chunked(int size) : Stream
    {
        private int _left = size;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            count = Math.Min(Math.Min(count, _left), 1_000);
            buffer.AsSpan(offset, count).Fill(7);
            _left -= count;
            return count;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    [Theory]
    [InlineData("""{"sqlState":"00000","data":[[thunter2-cell]]}""")]
    [InlineData("""{"sqlState":"00000","data":[[trhunter2-cell]]}""")]
    [InlineData("""{"sqlState":"00000","data":[[nhunter2-cell]]}""")]
    [InlineData("""{"sqlState":"00000","data":[["hunter2-cell\z"]]}""")]
    [InlineData("""{"sqlState":"00000","metadata":{"columns":[{"hunter2-cell":tx}]}}""")]
    [InlineData("""{"sqlState":"00000","metadata":{"columns":{"hunter2-cell":["x"]}}}""")]
    [InlineData("""{"sqlState":"00000","metadata":{"context":{"roleName":["hunter2-cell"]}}}""")]
    public async Task An_unreadable_response_is_not_quoted(string body)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(body);
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand("SELECT n FROM t");

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(true));

        Assert.DoesNotContain("hunter2", failure.ToString(), StringComparison.Ordinal);
    }
}
