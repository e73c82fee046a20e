using System.Text.Json;
using DeltaStream.Data.Tests.Serving;

namespace DeltaStream.Data.Tests.Secrets;

/// <summary>Text of the service is escaped in every part of an exception: its message, its causes, and the statement's ID.</summary>
public sealed class ControlCharacterTests
{
    public static TheoryData<string> Texts =>
        ["a\nFORGED", "a\r\nFORGED", "a\u001b[31mFORGED", "a\u0007FORGED", "a\u202eFORGED", "a\u2028FORGED"];

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_statements_id_is_escaped(string id)
    {
        await using var server = await ScriptedServer.StartAsync();
        foreach (var state in new[] { "42601", "" })
        {
            server.Respond(
                JsonSerializer.Serialize(
                    new
                    {
                        sqlState = state,
                        message = "m",
                        statementID = id,
                    }
                )
            );
        }

        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand("DROP STORE s");

        foreach (var async in new[] { true, false })
        {
            var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(async));

            Assert.StartsWith("a\\", failure.StatementId, StringComparison.Ordinal);
            IsClean(failure.StatementId!);
        }
    }

    [Fact]
    public async Task A_statements_id_that_echoes_a_secret_is_hidden()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(
            JsonSerializer.Serialize(
                new
                {
                    sqlState = "42601",
                    message = "m",
                    statementID = $"id-{Execution.Token}",
                }
            )
        );
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand("DROP STORE s");

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(async: true));

        Assert.Equal("id-***", failure.StatementId);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_cause_with_such_a_text_is_replaced(string text)
    {
        foreach (
            var cause in new Exception[]
            {
                new HttpRequestException(HttpRequestError.Unknown, text),
                new HttpRequestException("x", new IOException(text)),
                new InvalidOperationException(text),
            }
        )
        {
            using var http = new HttpClient(new Throwing(cause));
            await using var source = Execution.Source(new Uri("http://127.0.0.1:9"), o => o.HttpClient = http);
            await using var command = source.CreateCommand("DROP STORE s");
            command.CommandTimeout = 1;

            var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(async: true));

            for (Exception? e = failure; e is not null; e = e.InnerException)
            {
                IsClean(e.Message);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_columns_name_and_type_are_escaped(string text)
    {
        await using var server = await ScriptedServer.StartAsync();
        var columns = JsonSerializer.Serialize(
            new[]
            {
                new
                {
                    name = text,
                    type = "BIGINT",
                    nullable = true,
                },
                new
                {
                    name = "t",
                    type = text,
                    nullable = true,
                },
            }
        );
        server.Respond(Responses.Partition(1, """[["x","y"]]""", columns));
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand("SELECT 1");
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());

        Assert.Equal(text, reader.GetName(0));
        foreach (
            var read in new Action[]
            {
                () => reader.GetInt64(0),
                () => reader.GetDateTime(0),
                () => reader.GetInt64(1),
                () => reader.GetOrdinal("none"),
            }
        )
        {
            IsClean(Assert.ThrowsAny<Exception>(read).Message);
        }
    }

    private static void IsClean(string text) =>
        Assert.DoesNotContain(text, c => char.IsControl(c) || c is '\u202e' or '\u2028');

    private sealed class Throwing(Exception cause) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            throw cause;
        }
    }
}
