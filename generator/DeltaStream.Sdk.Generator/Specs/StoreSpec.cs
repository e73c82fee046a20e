namespace DeltaStream.Sdk.Generator.Specs;

/// <summary>A store subtype as its spec says: immutable, equal by value, with no symbol and no place in a file.</summary>
internal sealed record StoreSpec
{
    public required string Subtype { get; init; }

    public required string Type { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    public required EquatableArray<PropertySpec> Properties { get; init; }

    public required EquatableArray<RuleSpec> Rules { get; init; }

    public required EquatableArray<GroupSpec> Groups { get; init; }

    /// <summary>Where its code goes. The file doesn't say so; the project does.</summary>
    public CodeTarget Target { get; init; } = CodeTarget.Sdk;

    /// <summary>The spec itself, as compact JSON: the record carries it, and the analyzer reads it from there.</summary>
    public required string Json { get; init; }

    /// <summary>The subtype in PascalCase: what C# names start with.</summary>
    public string Stem => Names.Pascal(Subtype);

    public string ClassName => $"{Stem}StoreArgs";

    /// <summary>Whether anything of it is deprecated.</summary>
    public bool HasDeprecated =>
        Properties.Any(p => p.Deprecated is not null || p.Values.Any(v => v.Deprecated is not null));

    /// <summary>The C# name of a property's enum.</summary>
    public string EnumName(PropertySpec property) => Stem + property.Member;
}
