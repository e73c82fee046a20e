using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeltaStream.Emulator.Tests.Rest;

/// <summary>An emulator in process with an HTTP client to its REST API.</summary>
internal sealed class RestEmulator : IAsyncDisposable
{
    private RestEmulator(DeltaStreamEmulator emulator)
    {
        Emulator = emulator;
        Client = new HttpClient { BaseAddress = new Uri(emulator.ServerUri + "/") };
        if (emulator.Token is { } token)
        {
            Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public DeltaStreamEmulator Emulator { get; }

    public HttpClient Client { get; }

    public static async Task<RestEmulator> StartAsync(DeltaStreamEmulatorOptions? options = null) =>
        new(await DeltaStreamEmulator.StartAsync(options));

    public static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    /// <summary>A request's body, with further members as name and value.</summary>
    public static string Body(string statement, params (string Name, string Value)[] members)
    {
        var body = new JsonObject { ["statement"] = statement };
        foreach (var (name, value) in members)
        {
            body[name] = value;
        }

        return body.ToJsonString();
    }

    public Task<HttpResponseMessage> PostAsync(string statement, params (string Name, string Value)[] members) =>
        Client.PostAsync(new Uri("statements", UriKind.Relative), Json(Body(statement, members)));

    /// <summary>Runs a statement and gives the body of its answer, which is a 200.</summary>
    public async Task<JsonElement> RunAsync(string statement, params (string Name, string Value)[] members)
    {
        using var response = await PostAsync(statement, members);
        return await AnswerAsync(response);
    }

    /// <summary>Runs a statement with files, by their names.</summary>
    public async Task<JsonElement> RunAsync(string statement, IEnumerable<(string Name, byte[] Content)> files)
    {
        using var parts = new MultipartFormDataContent { { Json(Body(statement)), "request" } };
        foreach (var (name, content) in files)
        {
            parts.Add(new ByteArrayContent(content), "attachments", name);
        }

        using var response = await Client.PostAsync(new Uri("statements", UriKind.Relative), parts);
        return await AnswerAsync(response);
    }

    public Task<HttpResponseMessage> GetAsync(string path) => Client.GetAsync(new Uri(path, UriKind.Relative));

    public static async Task<JsonElement> AnswerAsync(
        HttpResponseMessage response,
        HttpStatusCode status = HttpStatusCode.OK
    )
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{(int)response.StatusCode} {text}");
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>The rows of an answer, each as its cells.</summary>
    public static string?[][] Rows(JsonElement answer) =>
        answer
            .GetProperty("data")
            .EnumerateArray()
            .Select(row => row.EnumerateArray().Select(cell => cell.GetString()).ToArray())
            .ToArray();

    public static (string? SqlState, string? Message) Outcome(JsonElement answer) =>
        (answer.GetProperty("sqlState").GetString(), answer.GetProperty("message").GetString());

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Emulator.DisposeAsync();
    }
}
