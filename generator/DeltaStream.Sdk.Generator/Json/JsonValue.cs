using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.Sdk.Generator.Json;

/// <summary>A JSON value and where it stands in its file. Lives only while a file is read; no model holds one.</summary>
/// <param name="Span">The place.</param>
/// <param name="Kind">What the value is, in words for a message.</param>
internal abstract record JsonValue(TextSpan Span, string Kind);

internal sealed record JsonObject(TextSpan Span, IReadOnlyList<JsonMember> Members) : JsonValue(Span, "an object");

internal sealed record JsonMember(string Name, TextSpan NameSpan, JsonValue Value);

internal sealed record JsonArray(TextSpan Span, IReadOnlyList<JsonValue> Items) : JsonValue(Span, "an array");

internal sealed record JsonString(TextSpan Span, string Value) : JsonValue(Span, "a string");

/// <summary>A number, kept as its text: what it may be is for the reader of the spec to say.</summary>
internal sealed record JsonNumber(TextSpan Span, string Text) : JsonValue(Span, "a number");

internal sealed record JsonBoolean(TextSpan Span, bool Value) : JsonValue(Span, "a boolean");

internal sealed record JsonNull(TextSpan Span) : JsonValue(Span, "null");
