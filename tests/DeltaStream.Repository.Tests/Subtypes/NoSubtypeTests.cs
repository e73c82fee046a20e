using System.Xml.Linq;

namespace DeltaStream.Repository.Tests.Subtypes;

/// <summary>
/// No C# that is written by hand knows a subtype, and no project: what there is to know is in its spec, so that the next one
/// is a file and no edit.
/// </summary>
public sealed class NoSubtypeTests
{
    private static readonly SubtypeWords s_words = SubtypeWords.OfTheSpecs();

    // The folders that ship, or that make what ships.
    public static TheoryData<string> Folders => ["eng", "generator", "runtime"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void No_file_names_one(string folder)
    {
        var files = Files(folder, ".cs").ToArray();

        Assert.NotEmpty(files);
        Assert.Empty(
            files.SelectMany(f => Found(f, s_words.Find(File.ReadAllText(f)).Concat(s_words.FindInText(Shown(f)))))
        );
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void No_project_names_one(string folder)
    {
        var files = Files(folder, ".csproj", ".props", ".targets").ToArray();

        Assert.NotEmpty(files);
        Assert.Empty(files.SelectMany(f => Found(f, Values(XDocument.Load(f)).SelectMany(s_words.FindInText))));
    }

    [Theory]
    [InlineData("class C { PostgresStoreArgs _args; }", "PostgresStoreArgs")]
    [InlineData("class C { object O => StoreSubtypes.Postgres; }", "StoreSubtypes.Postgres")]
    [InlineData("class C { string S = \"POSTGRESQL\"; }", "POSTGRESQL")]
    [InlineData("class C { string S = \"a Postgres store\"; }", "Postgres")]
    [InlineData("class C { string S = \"'postgres.password' = \"; }", "postgres.password")]
    [InlineData("class C { string S = \"TLS.Disabled\"; }", "TLS.Disabled")]
    [InlineData("class C { KafkaSaslHashFunction F; }", "Kafka")]
    [InlineData("class C { int kafkaBrokers; }", "kafka")]
    [InlineData("class C { int @kafka; }", "kafka")]
    [InlineData("class C { int _s3; }", "s3")]
    [InlineData("class C { int KAFKA_TYPE; }", "KAFKA")]
    [InlineData("class C { bool IsClickHouse; }", "ClickHouse")]
    [InlineData("class C { bool IsIcebergREST; }", "IcebergREST")]
    [InlineData("class C { string S = \"such as Iceberg-Rest\"; }", "Iceberg-Rest")]
    [InlineData("class C { string S = $\"the {1} kafka store\"; }", "kafka")]
    [InlineData("class C { string S = \"\"\"an S3 bucket\"\"\"; }", "S3")]
    [InlineData("class C { object S => \"SNOWFLAKE\"u8; }", "SNOWFLAKE")]
    [InlineData("class C {\n#if ANYTHING\nstring S = \"KINESIS\";\n#endif\n}", "KINESIS")]
    [InlineData("class C { string S = \"DeltaStream.Sdk.KafkaStoreArgs\"; }", "Kafka")]
    [InlineData("class C { string S = \"\\u004bAFKA\"; }", "KAFKA")]
    public void A_word_of_one_is_found(string code, string word) => Assert.Contains(word, s_words.Find(code));

    [Theory]
    [InlineData("// KAFKA\nclass C { }")]
    [InlineData("/// <summary>Such as <see cref=\"KafkaStoreArgs\"/>, 'kafka.sasl.username'.</summary>\nclass C { }")]
    [InlineData("class C { PostgresException E; string S = \"the PostgreSQL protocol\"; }")]
    [InlineData("class C { string S = \"postgresql://\", T = \"--postgres HOST:PORT\"; }")]
    [InlineData("class C { int Kafkaesque, unsnowflaked, S30, DS3001; string S = \"DS3, kafkaesque\"; }")]
    [InlineData("class C { string S = \"uris\", T = \"description\", U = \"type\"; }")]
    public void Other_words_are_not(string code) => Assert.Empty(s_words.Find(code));

    private static IEnumerable<string> Found(string file, IEnumerable<string> words) =>
        words.Select(w => $"{Shown(file)}: '{w}' belongs in a spec");

    private static string Shown(string file) => Path.GetRelativePath(TestSupport.Repository.Root, file);

    private static IEnumerable<string> Values(XDocument project) =>
        project.Descendants().SelectMany(e => e.Attributes().Select(a => a.Value).Append(e.HasElements ? "" : e.Value));

    private static IEnumerable<string> Files(string folder, params string[] extensions) =>
        Directory
            .EnumerateFiles(Path.Combine(TestSupport.Repository.Root, folder), "*", SearchOption.AllDirectories)
            .Where(f => extensions.Contains(Path.GetExtension(f)))
            .Where(f => !Shown(f).Split('/', '\\').Any(part => part is "bin" or "obj"));
}
