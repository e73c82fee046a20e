namespace DeltaStream.Emulator.Specs;

/// <summary>
/// One store subtype as its spec describes it. Values are canonical: TRUE and FALSE, an enum's token, a number's
/// digits.
/// </summary>
internal sealed record StoreSpec
{
    public required string Subtype { get; init; }

    /// <summary>The bareword after <c>'type' =</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The type in the catalog's spelling, such as <c>Kafka</c> and <c>Postgres</c> (facts 3.3).</summary>
    public string CatalogType => Specs.CatalogType.Of(Subtype);

    public required IReadOnlyList<PropertySpec> Properties { get; init; }

    public required IReadOnlyList<RuleSpec> Rules { get; init; }

    public required IReadOnlyList<GroupSpec> Groups { get; init; }

    /// <summary>How its stores are probed; null when they can't be.</summary>
    public ProbeSpec? Probe { get; init; }

    public DescribeSpec Describe { get; init; } = DescribeSpec.Nothing;

    public PropertySpec? ByKey(string key) => Properties.FirstOrDefault(p => p.Key == key);

    public PropertySpec ByName(string name) => Properties.First(p => p.Name == name);
}

/// <summary>
/// The spelling of a type in the catalog, which is not the statement's (facts 3.3): kafka is Kafka, iceberg-rest
/// IcebergRest.
/// </summary>
internal static class CatalogType
{
    public static string Of(string subtype) =>
        string.Concat(subtype.Split('-').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
}

/// <summary>One property of a store subtype.</summary>
internal sealed record PropertySpec
{
    public required string Name { get; init; }

    public required string Key { get; init; }

    public required PropertyKind Kind { get; init; }

    public bool Required { get; init; }

    public bool Secret { get; init; }

    public bool Mutable { get; init; }

    /// <summary>Whether something that the spec says of it is not certain; then its key may be overridden.</summary>
    public bool Unverified { get; init; }

    public string? Default { get; init; }

    /// <summary>
    /// What an update without the key means: refuse (the value stays), omit (it goes with its group), null.
    /// </summary>
    public string Unset { get; init; } = "refuse";

    public int MinLength { get; init; } = 1;

    public int? MaxLength { get; init; }

    public long? Minimum { get; init; }

    public long? Maximum { get; init; }

    /// <summary>The barewords of an enum.</summary>
    public IReadOnlyList<string> Tokens { get; init; } = [];

    public UriSpec? Uri { get; init; }

    public FileSpec? File { get; init; }
}

/// <summary>The form of a property's addresses.</summary>
internal sealed record UriSpec(
    bool List,
    IReadOnlyList<string> Schemes,
    string? DefaultScheme,
    bool PortRequired,
    string Path,
    string SegmentName,
    bool Query
);

/// <summary>What the content of a file property must look like.</summary>
internal sealed record FileSpec(bool Pem, int MaxBytes);

/// <summary>Properties that an update gives together.</summary>
internal sealed record GroupSpec(bool Always, IReadOnlyList<string> Members, string Because);
