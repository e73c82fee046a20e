using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using DeltaStream.Emulator;
using DeltaStream.Sdk;

namespace DeltaStream.Benchmarks.RoundTrip;

/// <summary>What one writes without an SDK: <c>HttpClient</c> and generated serialization.</summary>
internal sealed class BareHttpWay : IGetWay
{
    private readonly HttpClient _http;
    private readonly Uri _statements;

    public BareHttpWay(DeltaStreamEmulator emulator, HttpClient http)
    {
        _http = http;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", emulator.Token);
        _statements = new Uri($"{emulator.ServerUri}/statements");
    }

    public string Name => "HttpClient";

    public async Task<Store?> GetAsync(string name) =>
        (
            await SendAsync($"{BareSql.Select} WHERE name = '{name.Replace("'", "''", StringComparison.Ordinal)}';")
        ) switch
        {
            [var store, ..] => store,
            _ => null,
        };

    /// <summary>Sends a statement.</summary>
    /// <returns>The stores of a SELECT; none for a change.</returns>
    public async Task<Store[]> SendAsync(string statement)
    {
        using var content = JsonContent.Create(new StatementRequest(statement), BareJson.Default.StatementRequest);
        using var response = await _http.PostAsync(_statements, content);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync(BareJson.Default.StatementAnswer);
        return answer switch
        {
            { SqlState: "00000", Data: { } rows } when statement.StartsWith("SELECT", StringComparison.Ordinal) =>
                Array.ConvertAll(rows, Read),
            { SqlState: "00000" } => [],
            _ => throw new InvalidOperationException(answer?.Message),
        };
    }

    private static Store Read(string?[] row) =>
        new()
        {
            Name = row[0]!,
            Type = row[1]!,
            State = row[2]!,
            StatusMessage = row[3] is { Length: > 0 } message ? message : null,
            Owner = row[4]!,
            CreatedAt = DateTimeOffset.Parse(row[5]!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            UpdatedAt = DateTimeOffset.Parse(row[6]!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        };
}

internal sealed record StatementRequest(string Statement);

internal sealed record StatementAnswer(
    string SqlState,
    string? Message,
    [property: JsonPropertyName("statementID")] string? StatementId,
    AnswerMetadata? Metadata,
    string?[][]? Data
);

internal sealed record AnswerMetadata(string? Encoding, AnswerColumn[]? Columns);

internal sealed record AnswerColumn(string Name, string Type, bool Nullable);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(StatementRequest))]
[JsonSerializable(typeof(StatementAnswer))]
internal sealed partial class BareJson : JsonSerializerContext;
