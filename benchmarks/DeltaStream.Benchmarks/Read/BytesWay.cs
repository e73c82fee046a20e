using System.Net.Http.Json;
using System.Text.Json;

namespace DeltaStream.Benchmarks.Read;

/// <summary>The floors: the bytes of each response are drained into one buffer; then nothing, or every token is looked at.</summary>
internal sealed class BytesWay(HttpClient http, Uri server, bool tokens) : IReadWay
{
    private readonly byte[] _buffer = new byte[2 * 1024 * 1024];

    public string Name => tokens ? "Utf8JsonReader, all tokens" : "Bytes drained";

    public bool MakesValues => false;

    public async Task<Totals> ReadAsync(int partitions, Action passed)
    {
        using var content = JsonContent.Create(new { statement = $"{partitions};" });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, "/v2/statements"))
        {
            Content = content,
        };
        await DrainAsync(request);
        passed();
        for (var partition = 1; partition < partitions; partition++)
        {
            using var next = new HttpRequestMessage(
                HttpMethod.Get,
                new Uri(server, $"/v2/statements/{partitions}?partitionID={partition}")
            );
            await DrainAsync(next);
            passed();
        }

        return default;
    }

    private async Task DrainAsync(HttpRequestMessage request)
    {
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        var length = 0;
        for (int count; (count = await body.ReadAsync(_buffer.AsMemory(length))) > 0; length += count)
        {
            if (length == _buffer.Length)
            {
                throw new InvalidOperationException("The response is larger than the buffer.");
            }
        }

        if (tokens)
        {
            var json = new Utf8JsonReader(_buffer.AsSpan(0, length));
            while (json.Read()) { }
        }
    }
}
