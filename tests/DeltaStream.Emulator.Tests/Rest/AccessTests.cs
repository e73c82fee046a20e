using System.Net;
using System.Net.Http.Headers;
using static DeltaStream.Emulator.Tests.Rest.RestEmulator;

namespace DeltaStream.Emulator.Tests.Rest;

/// <summary>Who is let in, and which resources there are.</summary>
public class AccessTests
{
    private static async Task<string?> MessageAsync(HttpResponseMessage response, HttpStatusCode status) =>
        (await AnswerAsync(response, status)).GetProperty("message").GetString();

    [Theory]
    [InlineData(null, "no token")]
    [InlineData("Basic dTpw", "no token")]
    [InlineData("Bearer", "no token")]
    [InlineData("Bearer wrong", "invalid token")]
    [InlineData("Bearer t0ke", "invalid token")]
    [InlineData("Bearer t0kenn", "invalid token")]
    [InlineData("Bearer T0KEN", "invalid token")]
    [InlineData("Bearer t0ken", null)]
    [InlineData("bearer  t0ken", null)]
    public async Task A_token_is_required_everywhere(string? authorization, string? message)
    {
        await using var emulator = await StartAsync(new() { Token = "t0ken" });
        emulator.Client.DefaultRequestHeaders.Authorization = null;
        if (authorization is not null)
        {
            emulator.Client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        }

        using var version = await emulator.GetAsync("version");
        using var statement = await emulator.PostAsync("LIST STORES");
        using var other = await emulator.GetAsync("statements/none");
        if (message is null)
        {
            await AnswerAsync(version);
            await AnswerAsync(statement);
            await AnswerAsync(other, HttpStatusCode.NotFound);
            return;
        }

        foreach (var response in new[] { version, statement, other })
        {
            Assert.Equal(message, await MessageAsync(response, HttpStatusCode.Unauthorized));
            Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        }
    }

    [Fact]
    public async Task A_refused_statement_is_not_executed()
    {
        await using var emulator = await StartAsync();
        using var stranger = new HttpClient { BaseAddress = emulator.Client.BaseAddress };
        stranger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "x");
        using var response = await stranger.PostAsync(
            new Uri("statements", UriKind.Relative),
            Json(Body($"CREATE STORE x WITH ({LocalEmulator.Kafka})"))
        );
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Empty(Rows(await emulator.RunAsync("LIST STORES")));
    }

    [Fact]
    public async Task Without_authentication_programs_are_let_in_and_web_pages_are_not()
    {
        await using var emulator = await StartAsync(new() { NoAuth = true });
        using (var response = await emulator.GetAsync("version"))
        {
            await AnswerAsync(response);
        }

        foreach (var (name, value) in new[] { ("Origin", "https://evil.example"), ("Host", "evil.example") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, emulator.Emulator.ServerUri + "/version");
            request.Headers.Add(name, value);
            using var response = await emulator.Client.SendAsync(request);
            Assert.Equal(
                "without authentication web pages are not served",
                await MessageAsync(response, HttpStatusCode.Forbidden)
            );
        }
    }

    [Fact]
    public async Task The_version_is_one()
    {
        await using var emulator = await StartAsync();
        using var response = await emulator.GetAsync("version");
        Assert.Equal("""{"major":2,"minor":0,"patch":0}""", (await AnswerAsync(response)).ToString());
        Assert.False(response.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("POST", "version", 405, "the method is not allowed here; it is GET")]
    [InlineData("GET", "statements", 405, "the method is not allowed here; it is POST")]
    [InlineData("DELETE", "statements", 405, "the method is not allowed here; it is POST")]
    [InlineData("POST", "statements/x", 405, "the method is not allowed here; it is GET")]
    [InlineData("GET", "statements/x", 404, "there is no such statement, or it is too long ago")]
    [InlineData(
        "GET",
        "statements/3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        404,
        "there is no such statement, or it is too long ago"
    )]
    [InlineData("GET", "nope", 404, "there is no such resource; the API is at /v2/version and /v2/statements")]
    [InlineData("GET", "/version", 404, "there is no such resource; the API is at /v2/version and /v2/statements")]
    [InlineData("GET", "version/", 404, "there is no such resource; the API is at /v2/version and /v2/statements")]
    public async Task What_there_is_not_is_said(string method, string path, int status, string message)
    {
        await using var emulator = await StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        using var response = await emulator.Client.SendAsync(request);
        Assert.Equal(message, await MessageAsync(response, (HttpStatusCode)status));
        Assert.Equal(status == 405, response.Content.Headers.Allow.Count == 1);
    }
}
