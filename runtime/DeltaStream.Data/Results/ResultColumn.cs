using System.Text.Json.Serialization;

namespace DeltaStream.Data.Results;

/// <summary>A column as the API describes it. Every member may be absent.</summary>
/// <param name="Name">The name; not necessarily unique.</param>
/// <param name="Type">The type as the API writes it, such as <c>VARCHAR</c> or <c>DECIMAL(10,2)</c>.</param>
/// <param name="Nullable">Whether a cell may be null.</param>
internal sealed record ResultColumn(
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("type")] string? Type,
    [property: JsonPropertyName("nullable")] bool? Nullable
);
