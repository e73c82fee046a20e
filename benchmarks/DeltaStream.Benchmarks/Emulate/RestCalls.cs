using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;

namespace DeltaStream.Benchmarks.Emulate;

/// <summary>Statements over REST as bare requests: their bytes are taken and not read.</summary>
internal sealed class RestCalls : IDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _statements;

    public RestCalls(Uri server, string? token)
    {
        _statements = new Uri(server + "/statements");
        _http = new HttpClient
        {
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
    }

    /// <summary>Runs a statement, and returns how many bytes the response has.</summary>
    public async Task<long> RunAsync(string statement)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _statements)
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new { statement }))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            },
        };
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        var bytes = 0L;
        while (await body.ReadAsync(buffer) is > 0 and var count)
        {
            bytes += count;
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return bytes;
    }

    public void Dispose() => _http.Dispose();
}
