using System.Text.Json.Serialization;

namespace DeltaStream.Data.Wire;

/// <summary>What is posted (wire fact 5.2). Members that are null are left out.</summary>
internal sealed record StatementRequest(
    [property: JsonPropertyName("statement")] string Statement,
    [property: JsonPropertyName("organization")] string? Organization,
    [property: JsonPropertyName("role")] string? Role,
    [property: JsonPropertyName("database")] string? Database,
    [property: JsonPropertyName("schema")] string? Schema,
    [property: JsonPropertyName("store")] string? Store,
    [property: JsonPropertyName("computePool")] string? ComputePool,
    [property: JsonPropertyName("parameters")] RequestParameters Parameters
);

internal sealed record RequestParameters(
    [property: JsonPropertyName("sessionID")] string? SessionId,
    [property: JsonPropertyName("timezone")] string TimeZone
);

/// <summary>The answer's metadata (wire fact 5.3). Every member may be null or absent.</summary>
internal sealed record AnswerMetadata(
    [property: JsonPropertyName("encoding")] string? Encoding,
    [property: JsonPropertyName("partitionInfo")] AnswerPartition?[]? Partitions,
    [property: JsonPropertyName("columns")] AnswerColumn?[]? Columns,
    [property: JsonPropertyName("dataplaneRequest")] DataplaneRequest? Dataplane,
    [property: JsonPropertyName("context")] AnswerContext? Context
);

// Its row count is not needed: the rows say it.
internal sealed record AnswerPartition;

internal sealed record AnswerColumn(
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("type")] string? Type,
    [property: JsonPropertyName("nullable")] bool? Nullable
);

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

internal sealed record AnswerContext(
    [property: JsonPropertyName("organizationID")] string? Organization,
    [property: JsonPropertyName("roleName")] string? Role,
    [property: JsonPropertyName("databaseName")] string? Database,
    [property: JsonPropertyName("schemaName")] string? Schema,
    [property: JsonPropertyName("storeName")] string? Store,
    [property: JsonPropertyName("computePoolName")] string? ComputePool
);

internal sealed record ApiVersion(
    [property: JsonPropertyName("major")] int? Major,
    [property: JsonPropertyName("minor")] int? Minor,
    [property: JsonPropertyName("patch")] int? Patch
);

internal sealed record ErrorAnswer([property: JsonPropertyName("message")] string? Message);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StatementRequest))]
[JsonSerializable(typeof(AnswerMetadata))]
[JsonSerializable(typeof(ApiVersion))]
[JsonSerializable(typeof(ErrorAnswer))]
internal sealed partial class WireJson : JsonSerializerContext;
