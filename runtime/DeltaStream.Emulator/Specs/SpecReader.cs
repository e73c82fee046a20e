using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace DeltaStream.Emulator.Specs;

/// <summary>
/// Reads a spec as data, with the emulator's own code: it shares none with the generator, so that a mistake there
/// can't hide here. It refuses a spec that says more than it understands; a check that is skipped in silence would be
/// worse.
/// </summary>
internal static partial class SpecReader
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
            new ScalarConverter(),
            new ConditionConverter(),
        },
    };

    /// <summary>Reads a spec that the emulator was built with.</summary>
    /// <exception cref="InvalidDataException">The spec says something that the emulator can't check.</exception>
    public static StoreSpec Read(Stream json)
    {
        using var copy = new MemoryStream();
        json.CopyTo(copy);
        try
        {
            return Read(copy.ToArray());
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The emulator can't check what the spec says: {e.Message}", e);
        }
    }

    /// <summary>Reads a spec of the user from a file.</summary>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="InvalidDataException">It is not a spec; the message has the line and the reason.</exception>
    public static StoreSpec ReadFile(string path)
    {
        try
        {
            return Read(File.ReadAllBytes(path), path);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"The spec '{path}' can't be read: {e.Message}", e);
        }
    }

    /// <summary>Reads a spec of the user.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="source">What messages call it.</param>
    /// <exception cref="InvalidDataException">It is not a spec; the message has the line and the reason.</exception>
    public static StoreSpec Read(string text, string source) => Read(Encoding.UTF8.GetBytes(text), source);

    private static StoreSpec Read(byte[] json, string source)
    {
        try
        {
            return Read(json) with { Source = source };
        }
        catch (JsonException e)
        {
            var member = e.Path is { Length: > 2 } where ? $" ({where[2..]})" : "";
            throw new InvalidDataException(
                $"The spec '{source}' is not understood at line {(e.LineNumber ?? 0) + 1}{member}: {Reason(e)}",
                e
            );
        }
    }

    private static StoreSpec Read(byte[] json)
    {
        var text = json.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;
        var file = Parse(text) ?? throw new JsonException("It is null.", null, lineNumber: 0, null);
        foreach (var (message, path, value) in SpecFaults.In(file))
        {
            throw new JsonException(message, null, SpecLines.Of(text, value, path), null);
        }

        return Canonical(file);
    }

    private static SpecFile? Parse(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize<SpecFile>(json, s_json);
        }
        // What is no JSON has its line. Of the rest the serializer knows the place, and often the line of another one.
        catch (JsonException e) when (e is { InnerException: not JsonException, Path: { } path })
        {
            var steps = Steps().Matches(path).Select(m => m.Groups["step"].Value);
            throw new JsonException(e.Message, path, SpecLines.Of(json, null, [.. steps]), null, e);
        }
    }

    [GeneratedRegex(
        @"\.(?<step>[^.\[]+)|\[(?<step>\d+)\]|\['(?<step>.*?)'\]",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Steps();

    /// <summary>The reason without the names of types in this program, and without the place, which stands in front of it.</summary>
    private static string Reason(JsonException e) =>
        e.Message.Split(" Path: ")[0] switch
        {
            var unmapped when unmapped.Contains("could not be mapped", StringComparison.Ordinal) =>
                "this member is not in the spec language. Correct its name, or leave it out.",
            var other when other.Contains("could not be converted", StringComparison.Ordinal) =>
                "the spec language has another kind of value here.",
            var missing when missing.Contains("missing required properties", StringComparison.Ordinal) =>
                $"required is {missing[(missing.LastIndexOf(':') + 2)..]}",
            var reason => reason,
        };

    private static StoreSpec Canonical(SpecFile file)
    {
        var properties = file.Properties.ToDictionary(p => p.Key, p => p.Value with { Name = p.Key });
        return new StoreSpec
        {
            Subtype = file.Subtype,
            Type = file.Type,
            Properties =
            [
                .. properties.Values.Select(p => p with { Default = p.Default is { } d ? p.Canonical(d) : null }),
            ],
            Rules = [.. file.Rules.Select(Canonical)],
            Groups = file.Update?.Groups ?? [],
            Probe = file.Probe,
            Describe = file.Describe,
        };

        RuleSpec Canonical(RuleSpec rule) =>
            rule with
            {
                When = rule.When.ToDictionary(
                    w => w.Key,
                    w => w.Value with { Values = [.. w.Value.Values.Select(properties[w.Key].Canonical)] }
                ),
                Imply = rule.Imply.ToDictionary(i => i.Key, i => properties[i.Key].Canonical(i.Value)),
            };
    }

    /// <summary>Reads a text, or a boolean or a number as statements write it.</summary>
    private sealed class ScalarConverter : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType switch
            {
                JsonTokenType.True => "TRUE",
                JsonTokenType.False => "FALSE",
                JsonTokenType.Number => reader.GetInt64().ToString(CultureInfo.InvariantCulture),
                _ => reader.GetString(),
            };

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            throw new NotSupportedException();
    }

    /// <summary>Reads <c>"set"</c>, <c>"unset"</c> or a list of values.</summary>
    private sealed class ConditionConverter : JsonConverter<ConditionSpec>
    {
        public override ConditionSpec Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                return new ConditionSpec(null, JsonSerializer.Deserialize<string[]>(ref reader, options)!);
            }

            return reader.GetString() switch
            {
                "set" => new ConditionSpec(true, []),
                "unset" => new ConditionSpec(false, []),
                var other => throw new JsonException($"There is no condition '{other}'."),
            };
        }

        public override void Write(Utf8JsonWriter writer, ConditionSpec value, JsonSerializerOptions options) =>
            throw new NotSupportedException();
    }
}
