using System.Net;
using System.Net.Http.Headers;

namespace DeltaStream.Emulator.Tests.Rest;

/// <summary>Whoever watches over a container learns that the emulator is up, without a token, and nothing else (issue 11, number 19).</summary>
public class HealthTests
{
    [Theory]
    [InlineData("GET", null, "/healthz")]
    [InlineData("HEAD", null, "/healthz")]
    [InlineData("GET", "wrong", "/healthz")]
    [InlineData("HEAD", "wrong", "/healthz")]
    [InlineData("GET", "t0ken", "/healthz")]
    [InlineData("GET", null, "/healthz?verbose=1")]
    public async Task It_needs_no_token(string method, string? token, string path)
    {
        await using var emulator = await RestEmulator.StartAsync(new() { Token = "t0ken", Password = "hunter2" });

        using var response = await SendAsync(emulator, method, path, token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(15, response.Content.Headers.ContentLength);
        Assert.Equal(method == "HEAD" ? "" : """{"status":"ok"}""", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("PATCH")]
    public async Task It_only_tells(string method)
    {
        await using var emulator = await RestEmulator.StartAsync();

        using var response = await SendAsync(emulator, method, "/healthz", null);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["GET", "HEAD"], response.Content.Headers.Allow);
        Assert.Equal(
            """{"message":"the method is not allowed here; it is GET or HEAD"}""",
            await response.Content.ReadAsStringAsync()
        );
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/healthz/")]
    [InlineData("/healthz/x")]
    [InlineData("/Healthz")]
    [InlineData("/v2/healthz")]
    [InlineData("/healthz/../v2/version")]
    [InlineData("/healthz%2f..%2fv2%2fversion")]
    [InlineData("/v2/version")]
    public async Task Nothing_else_is_open(string path)
    {
        await using var emulator = await RestEmulator.StartAsync();

        using var response = await SendAsync(emulator, "GET", path, null);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("emulator", null)]
    [InlineData("emulator:8088", null)]
    [InlineData("10.0.0.5", null)]
    [InlineData("localhost", "http://localhost:3000")]
    [InlineData("rebound.example", "https://rebound.example")]
    public async Task Without_authentication_it_needs_no_name_either(string host, string? origin)
    {
        await using var emulator = await RestEmulator.StartAsync(new() { NoAuth = true });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(emulator.Emulator.ServerUri, "/healthz"));
        request.Headers.Host = host;
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var response = await emulator.Client.SendAsync(request);

        Assert.Equal("""{"status":"ok"}""", await response.Content.ReadAsStringAsync());
        Assert.DoesNotContain(response.Headers, h => h.Key.StartsWith("Access-Control", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Faults_are_injected_into_statements_only()
    {
        await using var emulator = await RestEmulator.StartAsync();
        emulator.Emulator.Faults.Add(new() { Kind = EmulatorFaultKind.ServiceUnavailable, Times = null });

        using var response = await SendAsync(emulator, "GET", "/healthz", null);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(0, emulator.Emulator.Faults.Injected);
    }

    private static async Task<HttpResponseMessage> SendAsync(
        RestEmulator emulator,
        string method,
        string path,
        string? token
    )
    {
        emulator.Client.DefaultRequestHeaders.Authorization = null;
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(emulator.Emulator.ServerUri, path));
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await emulator.Client.SendAsync(request);
    }
}
