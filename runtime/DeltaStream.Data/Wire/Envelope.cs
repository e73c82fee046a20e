using System.Text.Json;

namespace DeltaStream.Data.Wire;

/// <summary>The answer to a statement, a poll or a partition's fetch: what is around the rows, and where the rows are.</summary>
internal sealed class Envelope
{
    public string? SqlState { get; private set; }

    public string? Message { get; private set; }

    public string? StatementId { get; private set; }

    public AnswerMetadata? Metadata { get; private set; }

    /// <summary>Where in the answer the array of rows is; empty when there is none.</summary>
    public Range Rows { get; private set; }

    /// <summary>Reads an answer. Members that are not known are passed over.</summary>
    /// <exception cref="JsonException">It is not what the API answers.</exception>
    public static Envelope Read(ReadOnlySpan<byte> utf8)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        var start = utf8.StartsWith(mark) ? mark.Length : 0;
        var reader = new Utf8JsonReader(utf8[start..]);
        var envelope = new Envelope();
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("an object was expected");
        }

        string? firstOfSeveral = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("sqlState"u8))
            {
                envelope.SqlState = Text(ref reader, "sqlState");
            }
            else if (reader.ValueTextEquals("message"u8))
            {
                envelope.Message = Text(ref reader, "message");
            }
            else if (reader.ValueTextEquals("statementID"u8))
            {
                envelope.StatementId = Text(ref reader, "statementID");
            }
            else if (reader.ValueTextEquals("statementIDs"u8))
            {
                firstOfSeveral = First(ref reader);
            }
            else if (reader.ValueTextEquals("metadata"u8))
            {
                envelope.Metadata = JsonSerializer.Deserialize(ref reader, WireJson.Default.AnswerMetadata);
            }
            else if (reader.ValueTextEquals("data"u8))
            {
                envelope.Rows = RowsOf(ref reader, start);
            }
            else
            {
                reader.Skip();
            }
        }
        // Past the object nothing may follow.
        if (reader.TokenType != JsonTokenType.EndObject || reader.Read())
        {
            throw new JsonException("the end of the object was expected");
        }

        if (string.IsNullOrEmpty(envelope.StatementId))
        {
            envelope.StatementId = firstOfSeveral;
        }

        if (!IsSegment(envelope.StatementId))
        {
            throw new JsonException("'statementID' is not an ID");
        }

        return envelope;
    }

    /// <summary>Whether an ID can stand in an address: these two would lead elsewhere, and no escape helps.</summary>
    public static bool IsSegment(string? id) => id is not ("." or "..");

    private static string? Text(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.String => ReadText(ref reader),
            _ => throw new JsonException($"'{name}' must be a string"),
        };
    }

    // Text that is not UTF-8, or a lone surrogate, is an InvalidOperationException to the reader.
    private static string? ReadText(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("a string is not valid text", e);
        }
    }

    private static string? First(ref Utf8JsonReader reader)
    {
        reader.Read();
        string? first = null;
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return null;
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                first ??= ReadText(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
        return first;
    }

    private static Range RowsOf(ref Utf8JsonReader reader, int start)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return default;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("'data' must be an array");
        }

        var from = start + (int)reader.TokenStartIndex;
        reader.Skip();
        return from..(start + (int)reader.BytesConsumed);
    }
}
