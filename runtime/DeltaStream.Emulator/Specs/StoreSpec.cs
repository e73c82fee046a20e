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

    /// <summary>The file or the option that it was read from; null for what the emulator was built with.</summary>
    public string? Source { get; init; }

    public required IReadOnlyList<PropertySpec> Properties { get; init; }

    public IReadOnlyList<RuleSpec> Rules { get; init; } = [];

    /// <summary>Properties that an update gives together.</summary>
    public IReadOnlyList<GroupSpec> Groups { get; init; } = [];

    /// <summary>How a live probe connects to a store; null when it can't.</summary>
    public ProbeSpec? Probe { get; init; }

    public DescribeSpec Describe { get; init; } = new();

    /// <summary>
    /// The type as the catalog writes it (wire fact 3.3): kafka is Kafka, iceberg-rest is IcebergRest.
    /// </summary>
    public static string CatalogType(string subtype) =>
        string.Concat(subtype.Split('-').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));

    public PropertySpec? ByKey(string key) => Properties.FirstOrDefault(p => p.Key == key);

    public PropertySpec ByName(string name) => Properties.First(p => p.Name == name);
}

/// <summary>What must hold between properties: a condition with its consequences, or a choice.</summary>
internal sealed record RuleSpec
{
    /// <summary>The condition: the rule applies when each property is as it says.</summary>
    public IReadOnlyDictionary<string, ConditionSpec> When { get; init; } = new Dictionary<string, ConditionSpec>();

    public IReadOnlyList<string> Require { get; init; } = [];

    public IReadOnlyList<string> Forbid { get; init; } = [];

    public IReadOnlyDictionary<string, string> Imply { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<IReadOnlyList<string>> ExactlyOneOf { get; init; } = [];

    public required string Because { get; init; }

    /// <summary>Read, for what the rule says, and not used: the rule refuses or not all the same.</summary>
    public bool WithoutEffect { get; init; }
}

/// <summary>A condition on one property: set (true), unset (false), or one of the values (null).</summary>
internal sealed record ConditionSpec(bool? IsSet, IReadOnlyList<string> Values);

/// <summary>Properties that an update gives together; always, or when it gives one of them.</summary>
internal sealed record GroupSpec(IReadOnlyList<string> Members, string Because, bool Always = false);

/// <summary>How a live probe connects to a store: names of properties.</summary>
internal sealed record ProbeSpec(
    string Protocol,
    string Address,
    string Username,
    string Password,
    string? TlsDisabled = null,
    string? VerifyHostname = null,
    string? Authority = null
);

/// <summary>What DESCRIBE STORE shows (wire fact 3.6): names of properties.</summary>
internal sealed record DescribeSpec(
    string? TlsDisabled = null,
    string? VerifyHostname = null,
    string? SchemaRegistry = null
)
{
    /// <summary>Properties by the keys that the details have for them.</summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = new Dictionary<string, string>();
}
