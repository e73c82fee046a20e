using System.Text;

namespace DeltaStream.Sdk.Tests.Data;

/// <summary>Declarations that are JSON: every fault at once, at its place, with its remedy.</summary>
public sealed class StoreDeclarationsTests : IDisposable
{
    private const string Kafka = """{"name":"orders","kafka":{"uris":"b:9092","saslHashFunction":"NONE"}}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("deltastream-data-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(Kafka, "orders")]
    [InlineData($"[{Kafka}]", "orders")]
    [InlineData($"[]", "")]
    [InlineData("\uFEFF" + Kafka, "orders")]
    [InlineData(
        """{"$schema":"store.json","orders":{"kafka":{"uris":"b:9092","saslHashFunction":"None"}}}""",
        "orders"
    )]
    [InlineData("""{"kafka":{"kafka":{"uris":"b:9092","saslHashFunction":"NONE"}}}""", "kafka")]
    [InlineData(
        """{"a":{"kafka":{"uris":"b:9092","saslHashFunction":"NONE"}},"b":{"kafka":{"uris":"b:9092","saslHashFunction":"NONE"}}}""",
        "a, b"
    )]
    [InlineData("""{"a":{"name":"a","kafka":{"uris":"b:9092","saslHashFunction":"NONE"}}}""", "a")]
    public void One_store_a_list_and_a_map_by_name_are_read(string json, string names)
    {
        var read = StoreDeclarations.Read(json);

        Assert.Empty(read.Faults);
        Assert.Equal(names, string.Join(", ", read.Stores.Select(s => s.Name)));
    }

    [Theory]
    [InlineData("", "(1,1): This is no JSON: it ends too early: a bracket, a brace or a quote is not closed")]
    [InlineData("{\n  \"name\": \"a\",\n  // why\n}", "(3,3): This is no JSON: it knows no comments: remove them")]
    [InlineData(
        "{\n  \"name\": \"a\",\n}",
        "(3,1): This is no JSON: something is missing before this bracket, or a comma is too many"
    )]
    [InlineData(
        "{\n  \"name\": \"aä\" \"b\"\n}",
        "(2,16): This is no JSON: a comma, a colon, a quote or a bracket is missing or too many here"
    )]
    [InlineData("{} {}", "(1,4): This is no JSON: a comma, a colon, a quote or a bracket is missing or too many here")]
    [InlineData(
        "{\"name\":\"\\ud800\"}",
        "(1,9): The text is no valid Unicode: save the file as UTF-8, and write no half of a surrogate pair"
    )]
    [InlineData(
        "7",
        "(1,1): This is a number, and must be a store, a list of stores, or a map of stores by their name"
    )]
    [InlineData("[7]", "(1,2): A store is an object, and this is a number")]
    public void What_is_no_json_or_no_store_is_named_at_its_place(string json, string fault)
    {
        var read = StoreDeclarations.Read(json);

        Assert.Equal(fault, Assert.Single(read.Faults).ToString());
        Assert.Throws<StoreDeclarationException>(read.ThrowIfInvalid);
    }

    [Fact]
    public void All_faults_come_at_once_in_the_order_of_their_places()
    {
        const string Json = """
            [
              {
                "nam": "orders",
                "kafka": {
                  "Uris": "b:9092",
                  "saslHashFunction": "SHA-512",
                  "tlsDisabled": "false",
                  "saslUsername": 7
                }
              },
              { "name": "billing", "postgres": { "uris": "db.example.com/demo" }, "kafka": {} },
              { "name": "lake" },
              {
                "name": "archive", "description": null, "owner": "",
                "s3": { "uris": "https://b.s3.amazonaws.com/", "name": "x", "iamRoleArn": {"env": "NOT_SET"} }
              },
              { "name": "events", "uris": "b:9092", "kafka": { "uris": "b", "uris": "b:9092", "saslHashFunction": "NONE" } }
            ]
            """;

        var faults = StoreDeclarations.Read(Json, Options()).Faults;

        Assert.Equal(
            """
            (2,3): kafka.name is missing: set it
            (3,5): A store has no 'nam'; did you mean 'name'?
            (4,5): kafka.uris is missing: set it
            (5,7): kafka.Uris is no property of kafka stores; did you mean 'uris'?
            (6,27): kafka.saslHashFunction is none of the values there are: write NONE or PLAIN or SHA256 or SHA512 or AWS_MSK_IAM; did you mean 'SHA512'?
            (7,22): kafka.tlsDisabled is a text, and must be true or false, without quotes
            (8,23): kafka.saslUsername is a number, and must be a text or an object that points to one
            (11,71): 'kafka' is a second subtype beside 'postgres', and a store has one: remove one of them
            (12,3): The store says nothing of what it connects to: add one of clickhouse, confluentKafka, databricks, icebergGlue, icebergRest, kafka, kinesis, postgres, s3, snowflake
            (14,39): s3.description is null, and must be a text, or leave it out
            (14,54): s3.owner is empty: give it a value
            (15,52): 'name' stands beside 's3' and not in it: move it there
            (15,79): s3.iamRoleArn is an object, and must be a text
            (17,23): 'uris' is a property of 'kafka': move it into 'kafka'
            (17,60): kafka.uris has no port: add it, as host:port, for example b-1.example.com:9092,b-2.example.com:9092
            (17,65): 'uris' is given twice: remove one of them
            """,
            string.Join('\n', faults),
            ignoreLineEndingDifferences: true
        );
    }

    [Theory]
    [InlineData("\"saslHashFunction\":\"SHA-512\",", "saslHashFunction is none of the values there are")]
    [InlineData("", "saslHashFunction is missing")]
    public void No_rule_judges_by_a_value_that_nobody_wrote(string hash, string fault)
    {
        var json =
            "{\"name\":\"orders\",\"kafka\":{\"uris\":\"b\","
            + hash
            + "\"saslUsername\":{\"env\":\"U\"},\"saslPassword\":{\"env\":\"P\"}}}";

        var read = StoreDeclarations.Read(json, Options() with { Variable = n => n });

        Assert.Equal(2, read.Faults.Count);
        Assert.Contains(read.Faults, f => f.Message.Contains(fault, StringComparison.Ordinal));
        Assert.Contains(read.Faults, f => f.Message.Contains("has no port", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_stores_of_one_name_are_a_fault_at_the_second()
    {
        var read = StoreDeclarations.Read($"[\n{Kafka},\n{Kafka}]");

        Assert.Equal(
            "(3,9): Two stores have the name 'orders', the other at line 2: rename one of them",
            Assert.Single(read.Faults).ToString()
        );
    }

    [Fact]
    public void Secrets_and_files_come_from_where_an_object_points_to()
    {
        File.WriteAllText(Path.Combine(_folder, "password"), "from a file\n");
        const string Json = """
            {
              "name": "orders",
              "kafka": {
                "uris": "b:9092", "saslHashFunction": "PLAIN",
                "saslUsername": { "env": "KAFKA_USER" },
                "saslPassword": { "file": "password" }
              }
            }
            """;

        var read = StoreDeclarations.Read(Json, Options() with { Variable = n => n == "KAFKA_USER" ? "ingest" : null });

        Assert.Empty(read.Faults);
        var store = Assert.IsType<KafkaStoreArgs>(Assert.Single(read.Stores));
        Assert.Equal(
            ("ingest", "from a file"),
            (store.SaslUsername!.Value.Reveal(), store.SaslPassword!.Value.Reveal())
        );
    }

    [Theory]
    [InlineData(
        "\"plain\"",
        "(1,98): warning: kafka.saslPassword is a secret in plain text: write {\"env\": \"NAME\"} or {\"file\": \"path\"}, and keep it elsewhere"
    )]
    [InlineData(
        "{\"env\":\"NOT_SET\"}",
        "(1,98): kafka.saslPassword points to the environment variable 'NOT_SET', which is not set: set it, or point elsewhere"
    )]
    [InlineData(
        "{\"env\":\"EMPTY\"}",
        "(1,98): kafka.saslPassword points to the environment variable 'EMPTY', which is not set: set it, or point elsewhere"
    )]
    [InlineData(
        "{\"file\":\"nowhere\"}",
        "(1,98): kafka.saslPassword can't be read from its path, as there is no such file; a relative path starts at 'FOLDER'"
    )]
    [InlineData(
        "{\"base64\":\"?\"}",
        "(1,98): kafka.saslPassword holds no base64: write the bytes in base64 on one line"
    )]
    [InlineData(
        "{\"base64\":\"/w==\"}",
        "(1,98): kafka.saslPassword points to bytes that are no UTF-8: save it as UTF-8"
    )]
    [InlineData(
        "{\"path\":\"x\"}",
        "(1,98): kafka.saslPassword is an object that points to nothing: write {\"env\": \"NAME\"} for an environment variable, {\"file\": \"path\"} for a file, or {\"base64\": \"...\"} for its bytes"
    )]
    [InlineData(
        "{\"env\":\"A\",\"file\":\"b\"}",
        "(1,98): kafka.saslPassword is an object that points to nothing: write {\"env\": \"NAME\"} for an environment variable, {\"file\": \"path\"} for a file, or {\"base64\": \"...\"} for its bytes"
    )]
    [InlineData("[]", "(1,98): kafka.saslPassword is a list, and must be a text or an object that points to one")]
    public void What_points_nowhere_says_where_it_points(string password, string fault)
    {
        var json =
            """{"name":"orders","kafka":{"uris":"b:9092","saslHashFunction":"PLAIN","saslUsername":{"env":"U"},"saslPassword":"""
            + password
            + "}}";

        var read = StoreDeclarations.Read(
            json,
            Options() with
            {
                Variable = n =>
                    n switch
                    {
                        "U" => "user",
                        "EMPTY" => "",
                        _ => null,
                    },
            }
        );

        var first = read.Faults[0].ToString().Replace(_folder, "FOLDER", StringComparison.Ordinal);
        Assert.Equal(
            fault.Replace(
                "(1,98)",
                $"(1,{json.IndexOf(password, 60, StringComparison.Ordinal) + 1})",
                StringComparison.Ordinal
            ),
            first
        );
        Assert.Single(read.Faults);
    }

    [Fact]
    public void What_is_written_is_read_again_without_its_secrets()
    {
        var store = new PostgresStoreArgs
        {
            Name = "we\"ird 东西",
            Uris = "db.example.com/demo",
            Username = "u",
            Password = "p",
            TlsDisabled = false,
            Description = "what it is for",
        };

        var json = StoreDeclarations.Write([store]);

        Assert.Equal(
            """
            [
              {
                "name": "we\"ird 东西",
                "description": "what it is for",
                "postgres": {
                  "uris": "db.example.com/demo",
                  "username": "u",
                  "tlsDisabled": false
                }
              }
            ]
            """,
            json,
            ignoreLineEndingDifferences: true
        );
        var again = StoreDeclarations.Read(
            json.Replace(
                "\"tlsDisabled\"",
                "\"password\": {\"env\": \"P\"}, \"tlsDisabled\"",
                StringComparison.Ordinal
            ),
            Options() with
            {
                Variable = n => n.ToLowerInvariant(),
            }
        );
        Assert.Empty(again.Faults);
        Assert.Equal(store, Assert.Single(again.Stores));
    }

    private StoreDeclarationOptions Options() => new() { Directory = _folder, Variable = _ => null };
}
