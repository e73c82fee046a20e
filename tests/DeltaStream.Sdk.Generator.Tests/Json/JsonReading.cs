using DeltaStream.Sdk.Generator.Json;
using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.Sdk.Generator.Tests.Json;

/// <summary>Calls the JSON reader and takes its answer apart.</summary>
internal static class JsonReading
{
    public static JsonValue Value(string text)
    {
        var (value, fault) = JsonReader.Read(SourceText.From(text));
        Assert.Null(fault);
        return value!;
    }

    public static JsonFault Fault(string text)
    {
        var (value, fault) = JsonReader.Read(SourceText.From(text));
        Assert.Null(value);
        return fault!;
    }

    /// <summary>A value and everything in it, itself first.</summary>
    public static IEnumerable<JsonValue> AndAllInIt(this JsonValue value) =>
        value switch
        {
            JsonObject json => json.Members.SelectMany(m => m.Value.AndAllInIt()).Prepend(value),
            JsonArray array => array.Items.SelectMany(AndAllInIt).Prepend(value),
            _ => [value],
        };
}
