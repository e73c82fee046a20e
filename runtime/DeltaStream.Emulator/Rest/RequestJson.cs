using System.Text;
using System.Text.Json;

namespace DeltaStream.Emulator.Rest;

/// <summary>Reads a request out of JSON. It ignores members that it doesn't know, as an API that grows does.</summary>
internal static class RequestJson
{
    public const int LongestStatement = 1024 * 1024;

    private const int LongestName = 255;

    private static readonly JsonDocumentOptions s_strict = new() { MaxDepth = 16 };

    /// <exception cref="RestException">It is not a request; the message repeats nothing of it.</exception>
    public static StatementRequest Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, s_strict);
            return Request(document.RootElement);
        }
        // A lone surrogate or invalid UTF-8 within a string shows only when it is read.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw RestException.BadRequest("the request is not valid JSON");
        }
    }

    private static StatementRequest Request(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw RestException.BadRequest("the request is not a JSON object");
        }

        CheckParameters(root);
        var statement = Text(root, "statement") ?? throw RestException.BadRequest("'statement' is missing");
        var context = new RequestContext(
            Name(root, "organization"),
            Name(root, "role"),
            Name(root, "database"),
            Name(root, "schema"),
            Name(root, "store"),
            Name(root, "computePool")
        );
        return Encoding.UTF8.GetByteCount(statement) <= LongestStatement
            ? new StatementRequest(statement, context)
            : throw RestException.TooLarge(
                "the statement is too large: at most 1 MiB is taken; send files as attachments"
            );
    }

    /// <summary>The session and the time zone change no response, but a request with wrong ones is refused.</summary>
    private static void CheckParameters(JsonElement root)
    {
        if (!root.TryGetProperty("parameters", out var parameters) || parameters.ValueKind == JsonValueKind.Null)
        {
            return;
        }

        if (parameters.ValueKind != JsonValueKind.Object)
        {
            throw RestException.BadRequest("'parameters' is not a JSON object");
        }

        Text(parameters, "sessionID");
        Text(parameters, "timezone");
    }

    /// <summary>A part of the context: it is kept and sent back, so it is no longer than a name.</summary>
    private static string? Name(JsonElement root, string name) =>
        Text(root, name) is { Length: > LongestName }
            ? throw RestException.BadRequest($"'{name}' is too long: at most {LongestName} characters are taken")
            : Text(root, name);

    private static string? Text(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out var value))
        {
            return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => value.GetString(),
            _ => throw RestException.BadRequest($"'{name}' is not a string"),
        };
    }
}
