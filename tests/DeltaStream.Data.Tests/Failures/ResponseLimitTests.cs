using System.Globalization;
using System.IO.Compression;
using System.Text;
using DeltaStream.Data.Tests.Serving;

namespace DeltaStream.Data.Tests.Failures;

/// <summary>A response that is too long is refused at its limit, and costs no more memory than the limit and one chunk.</summary>
public sealed class ResponseLimitTests
{
    private const int MiB = 1024 * 1024;
    private const string Change = "CREATE STORE s WITH ('postgres.password' = 'p')";
    private const string Read = "SELECT n FROM t";

    [Theory]
    [InlineData(Change, 4 * MiB + 1, "4 MiB")]
    [InlineData("drop store s", 4 * MiB + 1, "4 MiB")]
    [InlineData("/* x */ UPDATE STORE s WITH ()", 300 * MiB, "4 MiB")]
    [InlineData(Read, 256 * MiB + 1, "256 MiB")]
    [InlineData("LIST STORES", 256 * MiB + 1, "256 MiB")]
    [InlineData("WITH t AS (SELECT 1) SELECT * FROM t", 256 * MiB + 1, "256 MiB")]
    public async Task A_response_is_refused_by_its_announcement(string statement, int announced, string limit)
    {
        await using var server = new RawServer(
            async (connection, _) =>
            {
                await connection.ReadRequestAsync();
                await connection.WriteAsync(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"HTTP/1.1 200 X\r\nContent-Length: {announced}\r\n\r\n{{"
                    )
                );
                await connection.HangAsync();
            }
        );
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand(statement);

        foreach (var async in new[] { true, false })
        {
            var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(async));

            Assert.Contains($"more than {limit}, ", failure.Message, StringComparison.Ordinal);
            Assert.Contains("MaxResponseSize", failure.Message, StringComparison.Ordinal);
            Assert.False(failure.IsTransient);
        }
    }

    [Theory]
    [InlineData(Change)]
    [InlineData(Read)]
    public async Task Whoever_has_no_command_is_not_told_to_set_its_limit(string statement)
    {
        await using var server = Endless(gzip: true);
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand(statement);
        command.MaxResponseSize = 10_000;
        command.IsOfClient = true;

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(async: true));

        Assert.Contains(
            "more than 10000 bytes, the most that it may have when it is decompressed. ",
            failure.Message,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("MaxResponseSize", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Select fewer", failure.Message, StringComparison.Ordinal);
        Assert.Contains(
            "heck that the server's URL is that of DeltaStream's API",
            failure.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(Change, null, 4 * MiB, true)]
    [InlineData(Change, null, 4 * MiB, false)]
    [InlineData(Read, 20 * MiB, 20 * MiB, true)]
    [InlineData(Read, 20 * MiB, 20 * MiB, false)]
    [InlineData(Change, 10_000, 10_000, true)]
    public async Task A_response_of_300_MB_costs_no_more_than_its_limit(
        string statement,
        int? given,
        int limit,
        bool gzip
    )
    {
        await using var server = Endless(gzip);
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand(statement);
        command.MaxResponseSize = given;

        var (failure, allocated) = await Execution.OnThread(() =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var thrown = Assert.Throws<DeltaStreamException>(() => command.ExecuteNonQuery());
            return (thrown, GC.GetAllocatedBytesForCurrentThread() - before);
        });
        var again = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(async: true));

        // One chunk, and half a MiB for everything else.
        Assert.True(allocated < limit + 3 * MiB / 2, $"{allocated} bytes");
        Assert.Equal(failure.Message, again.Message);
        Assert.Contains(
            given == 10_000 ? "more than 10000 bytes" : $"more than {limit / MiB} MiB",
            failure.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(statement == Change, failure.MayHaveExecuted);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void A_limit_that_makes_no_sense_is_refused(int size)
    {
        using var command = new DeltaStreamCommand();

        Assert.Throws<ArgumentOutOfRangeException>(() => command.MaxResponseSize = size);
        Assert.Null(command.MaxResponseSize);
    }

    [Theory, BothWays]
    public async Task A_response_of_many_chunks_is_read_whole(bool async)
    {
        var rows = string.Join(',', Enumerable.Range(0, 300_000).Select(i => $"[\"{i}\"]"));
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Partition(1, $"[{rows}]"));
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand(Read);

        using var result = await command.ResultAsync(async);

        Assert.Equal($"[{rows}]", await result.TextAsync(0, async));
    }

    // 300 MB of blanks, plain or compressed, without a length.
    private static RawServer Endless(bool gzip) =>
        new(
            async (connection, _) =>
            {
                await connection.ReadRequestAsync();
                await connection.WriteAsync(
                    $"HTTP/1.1 200 X\r\nContent-Type: application/json\r\nConnection: close\r\n{(gzip ? "Content-Encoding: gzip\r\n" : "")}\r\n"
                );
                var blanks = Encoding.ASCII.GetBytes(new string(' ', MiB));
                await using var body = gzip
                    ? new GZipStream(connection.Stream, CompressionLevel.Fastest, leaveOpen: true)
                    : connection.Stream;
                for (var i = 0; i < 300; i++)
                {
                    await body.WriteAsync(blanks, connection.End);
                }
            }
        );
}
