using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace DeltaStream.EndToEnd.Tests.Wire;

/// <summary>What went to the REST API: each statement, with the names and contents of its attachments.</summary>
internal sealed class RecordingHandler : DelegatingHandler
{
    private readonly ConcurrentQueue<SentStatement> _sent = new();

    public RecordingHandler()
        : base(new SocketsHttpHandler()) { }

    public IReadOnlyList<SentStatement> Sent => [.. _sent];

    public IReadOnlyList<string> Statements => [.. _sent.Select(s => s.Text)];

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        if (request.Method == HttpMethod.Post)
        {
            _sent.Enqueue(await ReadAsync(request.Content!, cancellationToken));
        }

        return await base.SendAsync(request, cancellationToken);
    }

    private static async Task<SentStatement> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        // Read as bytes, so that the content can still be sent.
        var body = await content.ReadAsByteArrayAsync(cancellationToken);
        if (content.Headers.ContentType!.MediaType != "multipart/form-data")
        {
            return new SentStatement(Statement(body), []);
        }

        var text = Encoding.Latin1.GetString(body);
        var boundary = content.Headers.ContentType.Parameters.Single(p => p.Name == "boundary").Value!.Trim('"');
        var parts = text.Split($"--{boundary}").Skip(1).SkipLast(1).Select(Part).ToList();
        return new SentStatement(
            Statement(parts[0].Content),
            [.. parts.Skip(1).Select(p => new SentAttachment(p.Disposition.FileName!.Trim('"'), p.Content))]
        );

        static (ContentDispositionHeaderValue Disposition, byte[] Content) Part(string part)
        {
            var head = part[..part.IndexOf("\r\n\r\n", StringComparison.Ordinal)];
            var disposition = head.Split("\r\n")
                .Single(line => line.StartsWith("Content-Disposition:", StringComparison.OrdinalIgnoreCase));
            return (
                ContentDispositionHeaderValue.Parse(disposition[(disposition.IndexOf(':') + 1)..].Trim()),
                Encoding.Latin1.GetBytes(part[(head.Length + 4)..^2])
            );
        }
    }

    private static string Statement(ReadOnlyMemory<byte> json)
    {
        using var request = JsonDocument.Parse(json);
        return request.RootElement.GetProperty("statement").GetString()!;
    }
}

internal sealed record SentStatement(string Text, IReadOnlyList<SentAttachment> Attachments);

internal sealed record SentAttachment(string Name, byte[] Content);
