namespace DeltaStream.Sdk.Generator.Tests.Running;

/// <summary>Where the repository's files are, seen from a test.</summary>
internal static class Repository
{
    public static IReadOnlyList<string> ShippedSubtypes { get; } = ["kafka", "postgres", "snowflake"];

    /// <summary>The subtypes that the facts describe and no spec ships yet.</summary>
    public static IReadOnlyList<string> FixtureSubtypes { get; } =
    ["clickhouse", "confluent-kafka", "databricks", "iceberg-glue", "iceberg-rest", "kinesis", "s3"];

    /// <summary>The folder that holds the solution.</summary>
    public static string Root => DeltaStream.Testing.Repository.Root;

    public static string Schema { get; } = File.ReadAllText(InOutput("specs", "store-spec.schema.json"));

    public static SpecFile Shipped(string subtype) => Read("specs", subtype);

    public static SpecFile Fixture(string subtype) => Read("Fixtures", subtype);

    public static IEnumerable<SpecFile> AllShipped() => ShippedSubtypes.Select(Shipped);

    public static IEnumerable<SpecFile> AllFixtures() => FixtureSubtypes.Select(Fixture);

    public static IEnumerable<SpecFile> All() => AllShipped().Concat(AllFixtures());

    private static SpecFile Read(string folder, string subtype) =>
        SpecFile.Of(subtype, File.ReadAllText(InOutput(folder, $"{subtype}.store.json")));

    private static string InOutput(string folder, string file) => Path.Combine(AppContext.BaseDirectory, folder, file);
}
