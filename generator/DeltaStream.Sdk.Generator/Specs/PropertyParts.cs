namespace DeltaStream.Sdk.Generator.Specs;

/// <summary>A value of an enum.</summary>
internal sealed record EnumValueSpec(string Name, string Token, string Description)
{
    public DeprecationSpec? Deprecated { get; init; }

    public string Member => Names.Pascal(Name);
}

/// <summary>The form of addresses.</summary>
internal sealed record UriSpec
{
    public bool List { get; init; }

    public EquatableArray<string> Schemes { get; init; }

    public string? DefaultScheme { get; init; }

    public bool PortRequired { get; init; }

    public long? DefaultPort { get; init; }

    public required string Path { get; init; }

    public string? SegmentName { get; init; }

    public bool Query { get; init; }

    /// <summary>What to write in place of other schemes, as scheme=address.</summary>
    public EquatableArray<string> Instead { get; init; }
}

/// <summary>How a file travels, and what it must hold, as specs say it.</summary>
internal sealed record FileSpec(string Token, string Content, long? MaxBytes)
{
    /// <summary>The greatest size that a spec can allow, and that a file has without one.</summary>
    public const long MostBytes = 1 << 20;

    /// <summary>Whether the file is PEM, of whatever kind.</summary>
    public bool IsPem => Content != "any";

    /// <summary>Whether each file that holds the other content is taken.</summary>
    public bool Takes(string other) =>
        Content == other
        || Content == "any"
        || (Content == "pem" && other != "any")
        || (Content == "certificates" && other == "certificate");
}
