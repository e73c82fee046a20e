using System.Text.Encodings.Web;
using System.Text.Json;

namespace DeltaStream.Emulator.Results;

/// <summary>How the emulator writes JSON: names in any script stay readable, because no web page holds the text.</summary>
internal static class ReadableJson
{
    public static JsonSerializerOptions Options { get; } =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonWriterOptions Writer { get; } = new() { Encoder = Options.Encoder };
}
