using System.Text.Json;
using System.Text.Json.Serialization;

namespace DeltaStream.Sdk;

/// <summary>Reads a <see cref="Secret"/> from a JSON string and writes it as <c>***</c>.</summary>
/// <remarks>A written secret can't be read back: the converter refuses <c>***</c>, so that it never becomes a password.</remarks>
public sealed class SecretJsonConverter : JsonConverter<Secret>
{
    /// <inheritdoc />
    /// <exception cref="JsonException">The value is not a string, or it is <c>***</c>, which is what a secret is written as.</exception>
    public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException("A secret is a JSON string.");
        }

        var value = reader.GetString();
        return value == Secret.Redacted
            ? throw new JsonException("The secret was redacted when this JSON was written: put the value itself here.")
            : new Secret(value);
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(Secret.Redacted);
    }
}
