using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DeltaStream.EndToEnd.Tests.Secrets;

/// <summary>A REST API that says what a test wants.</summary>
/// <param name="says">What it says to a statement with this first word; empty for a poll.</param>
internal sealed partial class EchoingHandler(Func<string, Echo> says) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var body = request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : "";
        var echo = says(Statement().Match(body).Groups[1].Value);
        var response = new HttpResponseMessage(
            echo.Carrier switch
            {
                Carrier.HttpError => HttpStatusCode.Forbidden,
                Carrier.StatementId => HttpStatusCode.Accepted,
                Carrier.Handler => throw new HttpRequestException(echo.Text, new IOException(echo.Text)),
                _ => HttpStatusCode.OK,
            }
        )
        {
            Content = new StringContent(JsonSerializer.Serialize(Body(echo)), Encoding.UTF8, "application/json"),
        };
        response.Headers.TryAddWithoutValidation("X-Echo", echo.Text);
        if (echo.Carrier == Carrier.HttpError && !echo.Text.AsSpan().ContainsAny('\r', '\n'))
        {
            response.ReasonPhrase = echo.Text;
        }

        if (echo.Carrier == Carrier.MediaType)
        {
            response.Content = new StringContent(echo.Text);
            response.Content.Headers.Remove("Content-Type");
            // What can't stand in a media type is left out of it.
            response.Content.Headers.TryAddWithoutValidation(
                "Content-Type",
                $"text/{NoToken().Replace(echo.Text, "")}"
            );
        }

        return response;
    }

    private static object Body(Echo echo) =>
        echo.Carrier switch
        {
            Carrier.Error or Carrier.HttpError => new
            {
                sqlState = "42601",
                message = echo.Text,
                statementID = echo.Text,
            },
            Carrier.SqlState => new { sqlState = echo.Text, message = echo.Text },
            Carrier.StatementId => new { sqlState = "03000", statementID = echo.Text },
            Carrier.Dataplane => new
            {
                sqlState = "00000",
                statementID = "s-1",
                metadata = new
                {
                    dataplaneRequest = new
                    {
                        token = "dp-0123456789",
                        // The longest label of a host.
                        uri = $"https://{Label(echo.Text)}.example/v2",
                        statementID = "s-1",
                        requestType = "result-set",
                    },
                },
            },
            _ => new
            {
                sqlState = "00000",
                statementID = "s-1",
                metadata = new
                {
                    encoding = "json",
                    columns = echo
                        .Columns.Select(c => Column(c.Name, "VARCHAR"))
                        .Concat(new[] { "created_at", "updated_at" }.Select(name => Column(name, "TIMESTAMP_LTZ"))),
                },
                data = echo.IsRow
                    ? new[]
                    {
                        echo
                            .Columns.Select(c => c.Value)
                            .Concat(["2026-01-02 03:04:05Z", "2026-01-02 03:04:05Z"])
                            .ToArray(),
                    }
                    : [],
            },
        };

    private static string Label(string text)
    {
        var label = NoToken().Replace(text, "");
        return label[..Math.Min(label.Length, 63)];
    }

    private static object Column(string name, string type) =>
        new
        {
            name,
            type,
            nullable = true,
        };

    [GeneratedRegex("\"statement\"\\s*:\\s*\"([A-Z]+)")]
    private static partial Regex Statement();

    [GeneratedRegex("[^A-Za-z0-9-]")]
    private static partial Regex NoToken();
}
