using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DeltaStream.Sdk.Declarations;

/// <summary>Writes declarations as data, without secrets.</summary>
internal static class DeclarationWriter
{
    private static readonly JsonWriterOptions s_options = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(IEnumerable<StoreArgs> stores)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, s_options))
        {
            json.WriteStartArray();
            foreach (var store in stores)
            {
                Write(json, store);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, StoreArgs store)
    {
        json.WriteStartObject();
        json.WriteString("name", store.Name);
        if (store.Owner is { } owner)
        {
            json.WriteString("owner", owner);
        }

        if (store.Description is { } description)
        {
            json.WriteString("description", description);
        }

        json.WriteStartObject(store.Subtype.Member);
        for (var i = 0; i < store.Subtype.Properties.Length; i++)
        {
            var property = store.Subtype.Properties[i];
            if (!property.Secret && property.Name != "description")
            {
                Write(json, property.Name, store.DeclaredValueOf(i));
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case string text:
                json.WriteString(name, text);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case long number:
                json.WriteNumber(name, number);
                break;
            case StoreFile file:
                json.WriteStartObject(name);
                json.WriteBase64String("base64", file.Reveal().Span);
                json.WriteEndObject();
                break;
        }
    }
}
