using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using DeltaStream.Data.Configuration;
using DeltaStream.Data.Results;

namespace DeltaStream.Data.Wire;

/// <summary>The body of a response (wire fact 5.3). Every member may be null or absent.</summary>
internal sealed record StatementBody
{
    [JsonPropertyName("sqlState")]
    public string? SqlState { get; init; }

    [JsonPropertyName("message")]
    public string? Message { get; init; }

    [JsonPropertyName("statementID")]
    public string? StatementId { get; init; }

    [JsonPropertyName("statementIDs")]
    public string?[]? StatementIds { get; init; }

    [JsonPropertyName("metadata")]
    public ResultMetadata? Metadata { get; init; }

    /// <summary>Where in the body the array of rows is; empty without rows.</summary>
    [JsonPropertyName("data")]
    [JsonConverter(typeof(RowsConverter))]
    public Range Rows { get; init; }

    /// <exception cref="JsonException">It is not a body of the API.</exception>
    public static StatementBody Parse(ReadOnlySpan<byte> utf8)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        var start = utf8.StartsWith(mark) ? mark.Length : 0;
        var body =
            WireJson.Parse(utf8[start..], WireJson.Default.StatementBody)
            ?? throw new JsonException("an object was expected");
        var id = string.IsNullOrEmpty(body.StatementId)
            ? body.StatementIds?.FirstOrDefault(i => i is not null)
            : body.StatementId;
        return IsSegment(id)
            ? body with
            {
                StatementId = id,
                Rows = (start + body.Rows.Start.Value)..(start + body.Rows.End.Value),
            }
            : throw new JsonException("'statementID' is not an ID");
    }

    /// <summary>Whether an ID can stand in an address. '.' and '..' lead elsewhere, and no escape helps.</summary>
    public static bool IsSegment(string? id) => id is not ("." or "..");
}

/// <summary>What the service says about a result. Every member may be null or absent.</summary>
internal sealed record ResultMetadata(
    [property: JsonPropertyName("encoding")] string? Encoding,
    [property: JsonPropertyName("partitionInfo")] PartitionInfo?[]? Partitions,
    [property: JsonPropertyName("columns")] ResultColumn?[]? Columns,
    [property: JsonPropertyName("dataplaneRequest")] DataplaneRequest? Dataplane,
    [property: JsonPropertyName("context")] SessionContext? Context
);

// Its row count is not needed: the rows say it.
internal sealed record PartitionInfo;

internal sealed record DataplaneRequest(
    [property: JsonPropertyName("token")] string? Token,
    [property: JsonPropertyName("uri")] string? Uri,
    [property: JsonPropertyName("statementID")] string? StatementId,
    [property: JsonPropertyName("requestType")] string? RequestType
)
{
    // A record's text would show the token.
    public override string ToString() => nameof(DataplaneRequest);
}

internal sealed record ApiVersion(
    [property: JsonPropertyName("major")] int? Major,
    [property: JsonPropertyName("minor")] int? Minor,
    [property: JsonPropertyName("patch")] int? Patch
);

internal sealed record ErrorBody([property: JsonPropertyName("message")] string? Message);

/// <summary>Finds the rows and leaves them where they are.</summary>
internal sealed class RowsConverter : JsonConverter<Range>
{
    public override bool HandleNull => true;

    public override Range Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return default;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("'data' must be an array");
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return start..(int)reader.BytesConsumed;
    }

    public override void Write(Utf8JsonWriter writer, Range value, JsonSerializerOptions options) =>
        throw new NotSupportedException();
}

[JsonSerializable(typeof(StatementBody))]
[JsonSerializable(typeof(ApiVersion))]
[JsonSerializable(typeof(ErrorBody))]
internal sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>Parses JSON of the service.</summary>
    /// <exception cref="JsonException">It has another form, or the name of a property is not Unicode.</exception>
    public static T? Parse<T>(ReadOnlySpan<byte> utf8, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, type);
        }
        // The platform throws it for half a surrogate pair in a name, and JsonException for everything else.
        catch (InvalidOperationException e)
        {
            throw new JsonException("a name is not Unicode", e);
        }
    }
}
