using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using DeltaStream.Data.Configuration;
using DeltaStream.Data.Results;

namespace DeltaStream.Data.Wire;

/// <summary>The body of a response (wire fact 5.3). Every member may be null or absent.</summary>
internal sealed record StatementBody
{
    // Below that there is nothing to gain.
    private const int ManyBytes = 4 * 1024;

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
            ParseAroundRows(utf8[start..])
            ?? WireJson.Parse(utf8[start..], WireJson.Default.StatementBody)
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

    // Many rows in the usual form are the most of a body. The scanner goes over them faster than a JSON reader, which then parses
    // the body with an empty array in their place. Null for a body of another form, and for one that is not JSON.
    private static StatementBody? ParseAroundRows(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length < ManyBytes || !TryFindRows(utf8, out var rows))
        {
            return null;
        }

        var before = utf8[..rows.Start];
        var after = utf8[rows.End..];
        var none = before.Length..(before.Length + 2);
        var length = none.End.Value + after.Length;
        var rest = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            before.CopyTo(rest);
            "[]"u8.CopyTo(rest.AsSpan(none));
            after.CopyTo(rest.AsSpan(none.End));
            var body = WireJson.Parse(rest.AsSpan(0, length), WireJson.Default.StatementBody);
            // Not when another array of rows follows.
            return body?.Rows.Equals(none) == true ? body with { Rows = rows } : null;
        }
        catch (JsonException)
        {
            // Its position is one without the rows. Parsing it all gives the true one.
            return null;
        }
        finally
        {
            // It may hold the token of a data plane.
            ArrayPool<byte>.Shared.Return(rest, clearArray: true);
        }
    }

    private static bool TryFindRows(ReadOnlySpan<byte> utf8, out Range rows)
    {
        rows = default;
        var json = new Utf8JsonReader(utf8, isFinalBlock: false, default);
        try
        {
            while (json.Read())
            {
                if (
                    json is { CurrentDepth: 1, TokenType: JsonTokenType.PropertyName, ValueIsEscaped: false }
                    && json.ValueSpan.SequenceEqual("data"u8)
                )
                {
                    if (!json.Read())
                    {
                        return false;
                    }

                    var start = (int)json.TokenStartIndex;
                    var end = RowScanner.SkipRows(utf8, start);
                    rows = start..Math.Max(end, start);
                    return end >= 0;
                }
            }
        }
        catch (JsonException)
        {
            // The caller's parser says what is wrong.
        }

        return false;
    }

    /// <summary>Whether an ID can stand in an address. '.' and '..' lead elsewhere, and no escape helps.</summary>
    public static bool IsSegment(string? id) => id is not ("." or "..");
}

/// <summary>What the service says about a result. Every member may be null or absent.</summary>
internal sealed record ResultMetadata(
    [property: JsonPropertyName("encoding")] string? Encoding,
    [property: JsonPropertyName("partitionInfo")] List<PartitionInfo?>? Partitions,
    [property: JsonPropertyName("columns")] List<ResultColumn?>? Columns,
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
