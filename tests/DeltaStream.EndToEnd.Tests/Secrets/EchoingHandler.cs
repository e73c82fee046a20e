using System.Net;
using System.Text;
using System.Text.Json;

namespace DeltaStream.EndToEnd.Tests.Secrets;

/// <summary>What a service that repeats what it was told says about a statement.</summary>
/// <param name="Error">The message of an error; null when the statement succeeds.</param>
/// <param name="StatusMessage">The status message of the store that a SELECT returns.</param>
internal sealed record Echo(string? Error, string? StatusMessage);

/// <summary>A REST API that says what a test wants.</summary>
internal sealed class EchoingHandler(Func<string, Echo> says) : HttpMessageHandler
{
    private static readonly string[] s_columns = ["name", "type", "status", "status_message", "owner"];

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var body = await request.Content!.ReadAsStringAsync(cancellationToken);
        var echo = says(body.Contains("\"SELECT ", StringComparison.Ordinal) ? "SELECT" : "CREATE");
        return new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent(JsonSerializer.Serialize(Response(echo)), Encoding.UTF8, "application/json"),
        };
    }

    private static object Response(Echo echo) =>
        echo.Error is { } message
            ? new
            {
                sqlState = "42601",
                message,
                statementID = "s-1",
            }
            : new
            {
                sqlState = "00000",
                statementID = "s-1",
                metadata = new
                {
                    encoding = "json",
                    columns = s_columns
                        .Select(name => new
                        {
                            name,
                            type = "VARCHAR",
                            nullable = true,
                        })
                        .Concat(
                            new[] { "created_at", "updated_at" }.Select(name => new
                            {
                                name,
                                type = "TIMESTAMP_LTZ",
                                nullable = true,
                            })
                        ),
                },
                data = new[]
                {
                    new[]
                    {
                        Subtypes.Name,
                        "Kafka",
                        "errored",
                        echo.StatusMessage,
                        "sysadmin",
                        "2026-01-02 03:04:05Z",
                        "2026-01-02 03:04:05Z",
                    },
                },
            };
}
