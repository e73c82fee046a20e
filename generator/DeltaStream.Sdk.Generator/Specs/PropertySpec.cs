namespace DeltaStream.Sdk.Generator.Specs;

/// <summary>A property of a subtype.</summary>
internal sealed record PropertySpec
{
    public required string Name { get; init; }

    public string Key { get; init; } = string.Empty;

    public required PropertyKind Kind { get; init; }

    public string Description { get; init; } = string.Empty;

    public bool Required { get; init; }

    public bool Secret { get; init; }

    /// <summary>Whether the text is an address or a path, and so must hold no credentials.</summary>
    public bool Address { get; init; }

    public bool Mutable { get; init; }

    /// <summary>The default as it stands in C#: true, 443, or an enum value's name; null when there is none.</summary>
    public string? Default { get; init; }

    public string Unset { get; init; } = "refuse";

    public long MinLength { get; init; } = 1;

    public long? MaxLength { get; init; }

    public long? Minimum { get; init; }

    public long? Maximum { get; init; }

    public EquatableArray<EnumValueSpec> Values { get; init; }

    public UriSpec? Uri { get; init; }

    public FileSpec? File { get; init; }

    public EquatableArray<string> Examples { get; init; }

    public string? Unverified { get; init; }

    /// <summary>Where DESCRIBE STORE shows it: a member of the spec's <c>describe</c>; null when it does not.</summary>
    public string? Described { get; init; }

    public DeprecationSpec? Deprecated { get; init; }

    public string Member => Names.Pascal(Name);

    /// <summary>Whether there is a value in effect whatever a declaration sets.</summary>
    public bool AlwaysHasValue => Required || Default is not null;

    /// <summary>Whether the member is StoreArgs' own.</summary>
    public bool Inherited => Name == Names.InheritedProperty;
}
