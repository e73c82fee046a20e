using System.Net;
using DeltaStream.Data.Tests.Serving;

namespace DeltaStream.Data.Tests.Failures;

public sealed class StatusTests
{
    [Theory]
    [InlineData(400, false, false, "organization, role")]
    [InlineData(401, false, false, "DELTASTREAM_API_KEY")]
    [InlineData(403, false, false, "the role")]
    [InlineData(404, false, false, "/v2")]
    [InlineData(408, true, true, "try again")]
    [InlineData(500, true, true, "try again later")]
    [InlineData(502, true, true, "try again later")]
    [InlineData(503, true, true, "try again later")]
    [InlineData(504, true, true, "try again later")]
    [InlineData(302, false, true, "Redirects are not followed")]
    [InlineData(201, false, true, "does not respond like that")]
    [InlineData(204, false, true, "does not respond like that")]
    [InlineData(418, false, true, "does not respond like that")]
    [InlineData(599, false, true, "does not respond like that")]
    public async Task An_error_status_says_what_to_do(int status, bool transient, bool mayHaveExecuted, string remedy)
    {
        foreach (var async in new[] { true, false })
        {
            await using var server = await ScriptedServer.StartAsync();
            server.Respond(async http =>
            {
                http.Response.StatusCode = status;
                http.Response.Headers.Location = "https://elsewhere.example/";
                if (status != 204)
                {
                    await http.Response.Body.WriteAsync(
                        """{"message":"the service's words","traceID":"t"}"""u8.ToArray()
                    );
                }
            });
            await using var source = Execution.Source(server.Address);
            await using var command = source.CreateCommand("CREATE STORE s WITH ()");

            var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(async));

            Assert.Equal((HttpStatusCode)status, failure.HttpStatus);
            Assert.Equal(transient, failure.IsTransient);
            Assert.Equal(mayHaveExecuted, failure.MayHaveExecuted);
            Assert.Null(failure.SqlState);
            Assert.Contains(remedy, failure.Message, StringComparison.Ordinal);
            if (status != 204)
            {
                Assert.Contains("): the service's words. ", failure.Message, StringComparison.Ordinal);
            }

            Assert.Single(server.Requests);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html><body>Bad gateway</body></html>")]
    [InlineData("""{"message":17}""")]
    [InlineData("""{"message":null}""")]
    [InlineData("""{"message":"  "}""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"mess""")]
    public async Task An_error_without_readable_text_is_told_by_its_status(string body)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(403, body);
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand("CREATE STORE s WITH ()");

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(true));

        Assert.Equal(
            $"DeltaStream at {server.Address.Authority} responded with 403 (Forbidden). Check that the token's user may use the "
                + "organization and the role.",
            failure.Message
        );
    }

    [Theory, BothWays]
    public async Task The_services_text_is_bounded_and_cleaned(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(400, Responses.Error($"line\r\n2\u001b[31m {Execution.Token} \u202e " + new string('x', 5_000)));
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand("CREATE STORE s WITH ()");

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(async));

        Assert.Contains(@"line\r\n2\u001B[31m *** \u202E xxx", failure.Message, StringComparison.Ordinal);
        Assert.InRange(failure.Message.Length, 2_000, 2_300);
        Assert.DoesNotContain(failure.Message, char.IsControl);
    }

    [Theory, BothWays]
    public async Task An_endless_error_text_is_not_read_to_its_end(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(async http =>
        {
            http.Response.StatusCode = 400;
            var chunk = new byte[8_192];
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.Body.WriteAsync(chunk, http.RequestAborted);
            }
        });
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand("CREATE STORE s WITH ()");

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(async));

        Assert.Equal(HttpStatusCode.BadRequest, failure.HttpStatus);
    }

    [Theory, BothWays]
    public async Task An_error_text_that_never_comes_is_not_waited_for(bool async)
    {
        await using var server = new RawServer(
            async (connection, _) =>
            {
                await connection.ReadRequestAsync();
                await connection.WriteAsync("HTTP/1.1 403 X\r\nContent-Length: 10\r\n\r\n{");
                await connection.HangAsync();
            }
        );
        var clock = new SteppedClock();
        await using var source = Execution.Source(server.Address, o => o.TimeProvider = clock);
        await using var command = source.CreateCommand("CREATE STORE s WITH ()");

        var execution = command.NonQueryAsync(async);
        await server.FirstRequest.WaitAsync(TimeSpan.FromMinutes(1));
        clock.Advance(TimeSpan.FromSeconds(60));
        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => execution);

        // Whether the headers came before the limit or not, the text did not.
        Assert.DoesNotContain(": {", failure.Message, StringComparison.Ordinal);
    }
}
