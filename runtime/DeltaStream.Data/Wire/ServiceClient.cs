using System.Net.Http.Headers;
using System.Text.Json;
using DeltaStream.Data.Configuration;
using DeltaStream.Data.Results;

namespace DeltaStream.Data.Wire;

/// <summary>Speaks to the service.</summary>
internal sealed class ServiceClient(ConnectionSettings settings, HttpClient http, bool ownsHandler)
{
    public ConnectionSettings Settings => settings;

    public bool OwnsHandler => ownsHandler;

    public async ValueTask<StatementResult> ExecuteAsync(
        StatementCall call,
        bool async,
        CancellationToken cancellationToken
    )
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new StatementRequest(
                call.Text.TrimEnd() is var text && text.EndsWith(';') ? text : text + ";",
                call.Context.Organization,
                call.Context.Role,
                call.Context.Database,
                call.Context.Schema,
                call.Context.Store,
                call.Context.ComputePool,
                new(settings.SessionId, "UTC")
            ),
            WireJson.Default.StatementRequest
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.Server + "/statements");
        request.Headers.Authorization = new("Bearer", settings.Token);
        request.Content = new ByteArrayContent(body)
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
        };
        using var response = async
            ? await http.SendAsync(request, cancellationToken).ConfigureAwait(false)
            : http.Send(request, cancellationToken);
        using var stream = response.Content.ReadAsStream(cancellationToken);
        using var memory = new MemoryStream();
        if (async)
            await stream.CopyToAsync(memory, cancellationToken).ConfigureAwait(false);
        else
            stream.CopyTo(memory);
        var bytes = memory.ToArray();
        var envelope = Envelope.Read(bytes);
        if (envelope.SqlState != "00000")
            throw new DeltaStreamException(envelope.Message ?? "The statement failed.") { State = envelope.SqlState };
        return new StatementResult(
            [
                .. (envelope.Metadata?.Columns ?? []).Select(c => new ResultColumn(
                    c!.Name ?? "",
                    c.Type ?? "",
                    c.Nullable ?? true
                )),
            ],
            1,
            envelope.StatementId,
            null,
            new Partition(bytes, bytes.AsMemory()[envelope.Rows]),
            (_, _, _) => throw new NotSupportedException()
        );
    }

    public ValueTask<string> ReadVersionAsync(bool async, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
