using System.Text.Json;
using System.Text.Json.Serialization;

namespace DeltaStream.Emulator.Specs;

/// <summary>How a property's value is written in a statement.</summary>
internal enum PropertyKind
{
    String,
    Boolean,
    Integer,
    Enum,
    Uris,
    Identifier,
    File,
}

/// <summary>One property of a store subtype.</summary>
internal sealed record PropertySpec
{
    [JsonIgnore]
    public string Name { get; init; } = "";

    public required string Key { get; init; }

    public required PropertyKind Kind { get; init; }

    public bool Required { get; init; }

    public bool Secret { get; init; }

    /// <summary>Whether the text is an address or a path, in which no credentials belong.</summary>
    public bool Address { get; init; }

    public bool Mutable { get; init; }

    /// <summary>What is not certain about it; then its key may be overridden.</summary>
    public string? Unverified { get; init; }

    public string? Default { get; init; }

    /// <summary>
    /// What an update without the key means: refuse (the value stays), omit (it goes with its group), null.
    /// </summary>
    public string Unset { get; init; } = "refuse";

    public int MinLength { get; init; } = 1;

    public int? MaxLength { get; init; }

    public long? Minimum { get; init; }

    public long? Maximum { get; init; }

    /// <summary>The values of an enum by name.</summary>
    public IReadOnlyDictionary<string, EnumValueSpec> Values { get; init; } = new Dictionary<string, EnumValueSpec>();

    public UriSpec? Uri { get; init; }

    public FileSpec? File { get; init; }

    // What is for readers of the spec only. It is named, so that what the emulator doesn't know is still refused.
    public string? Description { get; init; }

    public JsonElement Examples { get; init; }

    public JsonElement Deprecated { get; init; }

    /// <summary>The barewords of an enum.</summary>
    [JsonIgnore]
    public IEnumerable<string> Tokens => Values.Values.Select(v => v.Token);

    /// <summary>Whether it can have a value, as the spec writes it.</summary>
    public bool Has(string value) =>
        Kind switch
        {
            PropertyKind.Enum => Values.ContainsKey(value),
            PropertyKind.Boolean => value is "TRUE" or "FALSE",
            _ => true,
        };

    /// <summary>The values that it can have, for a message.</summary>
    [JsonIgnore]
    public string Choice =>
        Kind == PropertyKind.Enum ? $"there are {string.Join(", ", Values.Keys)}" : "there are true and false";

    /// <summary>A value as statements write it, from how the spec writes it: the token for an enum's name.</summary>
    public string Canonical(string value) => Kind == PropertyKind.Enum ? Values[value].Token : value;
}

/// <summary>One value of an enum.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record EnumValueSpec(string Token);

/// <summary>The form of a property's addresses.</summary>
internal sealed record UriSpec(string Port, string Path)
{
    public bool List { get; init; }

    public IReadOnlyList<string> Schemes { get; init; } = [];

    public string? DefaultScheme { get; init; }

    /// <summary>Read and not used: a port that is left out is right.</summary>
    public int? DefaultPort { get; init; }

    public string SegmentName { get; init; } = "path segment";

    public bool Query { get; init; }

    /// <summary>Read and not used: it is advice about what is refused.</summary>
    public IReadOnlyDictionary<string, string> Instead { get; init; } = new Dictionary<string, string>();
}

/// <summary>How a file travels, and what it must hold.</summary>
internal sealed record FileSpec(string Token, FileContent Content = FileContent.Any, int MaxBytes = 1_048_576);

/// <summary>What a file must hold.</summary>
internal enum FileContent
{
    Any,
    Pem,
    Certificate,
    Certificates,
    PrivateKey,
    Pkcs8,
}
