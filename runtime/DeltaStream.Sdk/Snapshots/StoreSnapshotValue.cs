using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using DeltaStream.Data.Secrets;
using DeltaStream.Sdk.Quoting;

namespace DeltaStream.Sdk.Snapshots;

/// <summary>A property's value as a state keeps it: itself, or a fingerprint for a secret and a file.</summary>
/// <param name="Plain">A text, a bool or a long; null for a fingerprint.</param>
/// <param name="Fingerprint">HMAC-SHA256 of the value as base64; null for a plain value.</param>
/// <param name="Bytes">The size of a file in bytes; null for anything else.</param>
/// <param name="FileName">The name of a file; null when it has none. The same content under another name is the same value.</param>
[JsonConverter(typeof(StoreSnapshotValueConverter))]
internal sealed record StoreSnapshotValue(
    object? Plain,
    string? Fingerprint = null,
    int? Bytes = null,
    string? FileName = null
)
{
    /// <summary>Takes a value of a declaration; null when it has none.</summary>
    public static StoreSnapshotValue? Of(string store, string property, object? value, StoreStateKey key) =>
        value switch
        {
            null => null,
            Secret secret => new StoreSnapshotValue(null, key.Fingerprint(store, property, BytesOf(secret.Reveal()))),
            StoreFile file => new StoreSnapshotValue(
                null,
                key.Fingerprint(store, property, file.Reveal().Span),
                file.Length,
                file.Name
            ),
            _ => new StoreSnapshotValue(value),
        };

    /// <summary>Whether this is a value of a declaration. A spec may make a plain property secret later, or the other way round.</summary>
    public bool Is(string store, string property, object? value, StoreStateKey key) =>
        (this, value) switch
        {
            (_, null) => false,
            ({ Plain: string plain }, Secret secret) => plain == secret.Reveal(),
            ({ Fingerprint: { } print }, string text) => print == key.Fingerprint(store, property, BytesOf(text)),
            _ => this == Of(store, property, value, key),
        };

    public bool Equals(StoreSnapshotValue? other) =>
        other is not null && Equals(Plain, other.Plain) && (Fingerprint, Bytes) == (other.Fingerprint, other.Bytes);

    public override int GetHashCode() => HashCode.Combine(Plain, Fingerprint, Bytes);

    /// <summary>Says what may be shown: a plain value, <c>***</c> for a secret, the name, size and a short fingerprint for a file.</summary>
    public override string ToString() =>
        this switch
        {
            { Bytes: { } bytes } => string.Create(
                CultureInfo.InvariantCulture,
                $"file {(FileName is null ? "" : $"'{VisibleText.Of(FileName)}' ")}of {bytes} bytes ({Fingerprint?[..8]})"
            ),
            { Fingerprint: not null } => Secret.Redacted,
            { Plain: bool flag } => flag ? "true" : "false",
            { Plain: long number } => number.ToString(CultureInfo.InvariantCulture),
            _ => $"'{ServiceText.Visible($"{Plain}")}'",
        };

    private static byte[] BytesOf(string text) => Encoding.UTF8.GetBytes(text);
}

/// <summary>A plain value as it is; <c>{ "hmac": "...", "bytes": 1704, "file": "ca.pem" }</c> for a secret and a file.</summary>
internal sealed class StoreSnapshotValueConverter : JsonConverter<StoreSnapshotValue>
{
    public override StoreSnapshotValue? Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) =>
        reader.TokenType switch
        {
            JsonTokenType.String => new StoreSnapshotValue(reader.GetString()),
            JsonTokenType.True or JsonTokenType.False => new StoreSnapshotValue(reader.GetBoolean()),
            JsonTokenType.Number => new StoreSnapshotValue(reader.GetInt64()),
            JsonTokenType.StartObject => ReadFingerprint(ref reader),
            var other => throw new JsonException(
                $"A value is a text, a number, true, false or an object, not {other}."
            ),
        };

    public override void Write(Utf8JsonWriter writer, StoreSnapshotValue value, JsonSerializerOptions options)
    {
        switch (value.Plain)
        {
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            default:
                writer.WriteStartObject();
                writer.WriteString("hmac", value.Fingerprint);
                if (value.Bytes is { } bytes)
                {
                    writer.WriteNumber("bytes", bytes);
                }

                if (value.FileName is { } name)
                {
                    writer.WriteString("file", name);
                }

                writer.WriteEndObject();
                break;
        }
    }

    private static StoreSnapshotValue ReadFingerprint(ref Utf8JsonReader reader)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var value = document.RootElement;
        return value.TryGetProperty("hmac", out var print) && print.GetString() is { Length: 44 } text
            ? new StoreSnapshotValue(
                null,
                text,
                value.TryGetProperty("bytes", out var bytes) ? bytes.GetInt32() : null,
                value.TryGetProperty("file", out var file) ? file.GetString() : null
            )
            : throw new JsonException("A secret or a file is an object with an 'hmac' of 32 bytes as base64.");
    }
}
