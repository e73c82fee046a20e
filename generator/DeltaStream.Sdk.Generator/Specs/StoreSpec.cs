namespace DeltaStream.Sdk.Generator.Specs;

/// <summary>A store subtype as its spec says: immutable, equal by value, with no symbol and no place in a file.</summary>
/// <remarks>A spec that the analyzer reads from a record has only what the analyzer needs: no keys and no descriptions.</remarks>
internal sealed record StoreSpec
{
    public required string Subtype { get; init; }

    public string Type { get; init; } = string.Empty;

    public string Title { get; init; } = string.Empty;

    public string Description { get; init; } = string.Empty;

    /// <summary>The whole spec as JSON without white space, for programs that read it by themselves.</summary>
    public string Json { get; init; } = string.Empty;

    public required EquatableArray<PropertySpec> Properties { get; init; }

    public required EquatableArray<RuleSpec> Rules { get; init; }

    public EquatableArray<GroupSpec> Groups { get; init; }

    /// <summary>Where its code goes. The file doesn't say so; the project does.</summary>
    public CodeTarget Target { get; init; } = CodeTarget.Sdk;

    /// <summary>The subtype in PascalCase: what C# names start with.</summary>
    public string Stem => Names.Pascal(Subtype);

    public string ClassName => $"{Stem}StoreArgs";

    /// <summary>Whether anything of it is deprecated.</summary>
    public bool HasDeprecated =>
        Properties.Any(p => p.Deprecated is not null || p.Values.Any(v => v.Deprecated is not null));

    /// <summary>A property's place.</summary>
    public int IndexOf(PropertySpec property) => Properties.ToList().IndexOf(property);

    /// <summary>The C# name of a property's enum.</summary>
    public string EnumName(PropertySpec property) => Stem + property.Member;
}
