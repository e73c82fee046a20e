using System.Xml.Linq;
using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Language;

/// <summary>
/// No C# that is written by hand knows a subtype, and no project: what there is to know is in its spec, so that the next one
/// is a file and no edit. What a subtype's words are, <see cref="SubtypeWords"/> says.
/// </summary>
public sealed class NoSubtypeTests
{
    private static readonly SubtypeWords s_words = SubtypeWords.OfTheSpecs();

    // These show subtypes, and try them.
    private static readonly string[] s_examples = ["benchmarks", "docs", "samples", "tests"];

    /// <summary>All others that hold C#, so that a new one counts by itself.</summary>
    private static readonly string[] s_folders =
    [
        .. Directory
            .EnumerateDirectories(Repository.Root)
            .Select(d => Path.GetFileName(d)!)
            .Where(d => d[0] != '.' && !s_examples.Contains(d) && Files(d, "*.cs").Any())
            .Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> Folders => [.. s_folders];

    [Fact]
    public void The_folders_of_the_house_count() =>
        Assert.Superset(
            new HashSet<string>(["eng", "generator", "runtime"], StringComparer.Ordinal),
            new HashSet<string>(s_folders, StringComparer.Ordinal)
        );

    [Theory]
    [MemberData(nameof(Folders))]
    public void No_file_names_one(string folder)
    {
        var found = Files(folder, "*.cs")
            .SelectMany(f => s_words.Find(File.ReadAllText(f)).Select(w => $"{Shown(f)}({w.Line}): {w.Word}"));

        AssertNone(found);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void No_file_is_named_by_one(string folder)
    {
        var found = Files(folder, "*.cs").SelectMany(f => s_words.FindInText(Shown(f)).Select(w => $"{Shown(f)}: {w}"));

        AssertNone(found);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void No_project_names_one(string folder)
    {
        var files = new[] { "*.csproj", "*.props", "*.targets" }.SelectMany(p => Files(folder, p)).ToArray();
        var found = files.SelectMany(f =>
            Values(XDocument.Load(f)).SelectMany(s_words.FindInText).Select(w => $"{Shown(f)}: {w}")
        );

        Assert.NotEmpty(files);
        AssertNone(found);
    }

    [Theory]
    [InlineData("class C { PostgresStoreArgs _args; }", "PostgresStoreArgs")]
    [InlineData("class C { object O => StoreSubtypes.Postgres; }", "Postgres")]
    [InlineData("class C { string S = \"POSTGRESQL\"; }", "POSTGRESQL")]
    [InlineData("class C { string S = \"postgres\"; }", "postgres")]
    [InlineData("class C { string S = \"a Postgres store\"; }", "Postgres")]
    [InlineData("class C { string S = \"'postgres.password' = \"; }", "postgres.password")]
    [InlineData("class C { string S = \"tls.disabled\"; }", "tls.disabled")]
    [InlineData("class C { string S = \"schema_registry.name\"; }", "schema_registry.name")]
    [InlineData("class C { string S = \"aws.access_key_id\"; }", "aws.access_key_id")]
    [InlineData("class C { KafkaSaslHashFunction F; }", "Kafka")]
    [InlineData("class C { int kafkaBrokers; }", "kafka")]
    [InlineData("class C { int _s3; }", "s3")]
    [InlineData("class C { int KAFKA_TYPE; }", "KAFKA")]
    [InlineData("class C { void IsIcebergRest() { } }", "IcebergRest")]
    [InlineData("class C { string S = \"such as Iceberg-Rest\"; }", "Iceberg-Rest")]
    [InlineData("class C { string S = $\"the {1} kafka store\"; }", "kafka")]
    [InlineData("class C { string S = \"\"\"an S3 bucket\"\"\"; }", "S3")]
    [InlineData("class C { object S => \"SNOWFLAKE\"u8; }", "SNOWFLAKE")]
    [InlineData("class C {\n#if NET\nstring S = \"KINESIS\";\n#endif\n}", "KINESIS")]
    [InlineData("class C {\n#if !NET\nstring S = \"KINESIS\";\n#endif\n}", "KINESIS")]
    [InlineData("class C {\n#if ANYTHING\nstring S = \"KINESIS\";\n#endif\n}", "KINESIS")]
    [InlineData("class C { bool IsClickHouse; }", "ClickHouse")]
    [InlineData("class C { bool IsIcebergREST; }", "IcebergREST")]
    [InlineData("class C { string S = \"an Iceberg REST store\"; }", "Iceberg REST")]
    [InlineData("class C { string S = \"DeltaStream.Sdk.KafkaStoreArgs\"; }", "Kafka")]
    [InlineData("class C { string S = \"DeltaStream.Sdk.PostgresStoreArgs\"; }", "PostgresStoreArgs")]
    [InlineData("class C { string S = \"KAFKA_URIS\"; }", "KAFKA")]
    [InlineData("class C { string S = \"kafka_brokers\"; }", "kafka")]
    [InlineData("class C { string S = \"SNOW\" + \"FLAKE\"; }", "SNOWFLAKE")]
    [InlineData("class C { string S = \"aws.\" + \"access_\" + \"key_id\"; }", "aws.access_key_id")]
    [InlineData("class C { string S = \"\\u004bAFKA\"; }", "KAFKA")]
    [InlineData("class C { int @kafka; }", "kafka")]
    [InlineData("class C { string S = \"TLS.Disabled\"; }", "TLS.Disabled")]
    public void A_word_of_one_is_found(string code, string word)
    {
        var line = code.Contains("#if", StringComparison.Ordinal) ? 3 : 1;

        Assert.Contains((line, word), s_words.Find(code));
    }

    [Theory]
    [InlineData("// KAFKA\nclass C { }")]
    [InlineData("/// <summary>Such as <see cref=\"KafkaStoreArgs\"/>, 'kafka.sasl.username'.</summary>\nclass C { }")]
    [InlineData("class C { PostgresException E; string S = \"the PostgreSQL protocol\"; }")]
    [InlineData("class C { string S = \"postgresql://\", T = \"--postgres HOST:PORT\"; }")]
    [InlineData("class C { int Kafkaesque, unsnowflaked, S30, DS3001; string S = \"DS3, kafkaesque\"; }")]
    [InlineData("class C { string S = \"uris\", T = \"description\", U = \"type\"; }")]
    public void Other_words_are_not(string code) => Assert.Empty(s_words.Find(code));

    private static void AssertNone(IEnumerable<string> found) =>
        Assert.True(!found.Any(), $"What these say belongs in a spec:\n{string.Join('\n', found)}");

    private static string Shown(string file) => Path.GetRelativePath(Repository.Root, file);

    private static IEnumerable<string> Values(XDocument project) =>
        project
            .Descendants()
            .SelectMany(e =>
                e.Attributes().Select(a => a.Value).Concat(e.Nodes().OfType<XText>().Select(t => t.Value))
            );

    private static IEnumerable<string> Files(string folder, string pattern)
    {
        var separator = Path.DirectorySeparatorChar;
        return Directory
            .EnumerateFiles(Path.Combine(Repository.Root, folder), pattern, SearchOption.AllDirectories)
            .Where(f =>
                $"{separator}{Shown(f)}" is var path
                && !path.Contains($"{separator}obj{separator}", StringComparison.Ordinal)
                && !path.Contains($"{separator}bin{separator}", StringComparison.Ordinal)
            )
            .Order(StringComparer.Ordinal);
    }
}
