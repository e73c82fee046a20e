using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Language;

/// <summary>
/// No C# that is written by hand knows a subtype: what there is to know is in its spec, so that the next one is a file and
/// no edit. What a subtype's words are, <see cref="SubtypeWords"/> says.
/// </summary>
public sealed class NoSubtypeTests
{
    private static readonly SubtypeWords s_words = SubtypeWords.OfTheSpecs();

    public static TheoryData<string> Folders => ["runtime", "generator", "eng"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void No_file_names_one(string folder)
    {
        var files = Files(folder).ToArray();
        var found = files.SelectMany(f =>
            s_words
                .Find(File.ReadAllText(f))
                .Select(w => $"{Path.GetRelativePath(Repository.Root, f)}({w.Line}): {w.Word}")
        );

        Assert.NotEmpty(files);
        Assert.True(!found.Any(), $"What these say belongs in a spec:\n{string.Join('\n', found)}");
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

    private static IEnumerable<string> Files(string folder)
    {
        var separator = Path.DirectorySeparatorChar;
        return Directory
            .EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(f =>
                !f.Contains($"{separator}obj{separator}", StringComparison.Ordinal)
                && !f.Contains($"{separator}bin{separator}", StringComparison.Ordinal)
            )
            .Order(StringComparer.Ordinal);
    }
}
