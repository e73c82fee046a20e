using System.Globalization;
using System.Text;
using DeltaStream.Emulator.Specs;

namespace DeltaStream.Emulator.Tests.Refusals;

/// <summary>What CREATE STORE refuses, with the SQLSTATE of facts section 4, as a driver sees it.</summary>
public class CreateRefusalTests
{
    private const string Plain = "'type' = KAFKA, 'uris' = 'b:1', 'kafka.sasl.hash_function' = PLAIN";
    private const string None = "'type' = KAFKA, 'uris' = 'b:1', 'kafka.sasl.hash_function' = NONE";
    private const string Credentials = "'kafka.sasl.username' = 'u', 'kafka.sasl.password' = 'p'";

    public static TheoryData<string, string, string> Refusals =>
        new()
        {
            // The grammar: keys, barewords, quotes.
            { $"{None}, ^'nope' = 'x'", "42601", "parse error: line 1:{at} no viable alternative at input ''nope''" },
            {
                $"{None}, ^'no pe' = 'x'",
                "42601",
                "parse error: line 1:{at} no viable alternative at input '<string>'"
            },
            {
                "'type' = ^'KAFKA', 'uris' = 'b:1'",
                "42601",
                "parse error: line 1:{at} no viable alternative at input ''type' ='"
            },
            {
                "'type' = KAFKA, 'uris' = 'b:1', 'kafka.sasl.hash_function' = ^'NONE'",
                "42601",
                "parse error: line 1:{at} no viable alternative at input ''kafka.sasl.hash_function' ='"
            },
            {
                "'type' = KAFKA, 'uris' = 'b:1', 'kafka.sasl.hash_function' = ^MD5",
                "42601",
                "parse error: line 1:{at} no viable alternative at input ''kafka.sasl.hash_function' ='"
            },
            {
                $"{None}, 'tls.disabled' = ^'TRUE'",
                "42601",
                "parse error: line 1:{at} no viable alternative at input ''tls.disabled' ='"
            },
            {
                $"{None}, 'tls.disabled' = ^NULL",
                "42601",
                "parse error: line 1:{at} no viable alternative at input ''tls.disabled' ='"
            },
            {
                $"{Plain}, 'kafka.sasl.username' = ^ingest, 'kafka.sasl.password' = 'p'",
                "42601",
                "parse error: line 1:{at} no viable alternative at input ''kafka.sasl.username' ='"
            },
            {
                $"{None}, 'schema_registry.name' = ^'sr'",
                "42601",
                "parse error: line 1:{at} no viable alternative at input ''schema_registry.name' ='"
            },
            {
                $"{None}, 'tls.ca_cert_file' = ^\"x\"",
                "42601",
                "parse error: line 1:{at} no viable alternative at input ''tls.ca_cert_file' ='"
            },
            // What is missing.
            { "'uris' = 'b:1'", "3D021", "type is required" },
            { "'type' = KAFKA", "3D021", "kafka.sasl.hash_function, and uris are required" },
            { Plain, "3D021", "kafka.sasl.password, and kafka.sasl.username are required" },
            { $"{Plain}, 'kafka.sasl.username' = 'u'", "3D021", "kafka.sasl.password is required" },
            {
                "'type' = KAFKA, 'uris' = 'b:1', 'kafka.sasl.hash_function' = AWS_MSK_IAM",
                "3D021",
                "kafka.msk.aws_region, and kafka.msk.iam_role_arn are required"
            },
            { "'type' = POSTGRESQL, 'uris' = 'h/d'", "3D021", "postgres.password, and postgres.username are required" },
            {
                "'type' = SNOWFLAKE, 'uris' = 'https://a.example.com', 'snowflake.account_id' = 'a', "
                    + "'snowflake.role_name' = 'r', 'snowflake.username' = 'u'",
                "3D021",
                "snowflake.client.key_file, snowflake.cloud.region, and snowflake.warehouse_name are required"
            },
            // What contradicts itself.
            {
                $"{None}, {Credentials}",
                "3D008",
                "'kafka.sasl.username' can't be given with 'kafka.sasl.hash_function' = NONE: "
                    + "Without authentication no credentials are sent."
            },
            {
                $"{Plain}, {Credentials}, 'kafka.msk.aws_region' = 'us-east-1'",
                "3D008",
                "'kafka.msk.aws_region' can't be given with 'kafka.sasl.hash_function' = PLAIN: "
                    + "SASL authenticates with a username and a password."
            },
            {
                $"{None}, 'tls.disabled' = TRUE, 'tls.verify_server_hostname' = TRUE",
                "3D008",
                "'tls.verify_server_hostname' must be FALSE with 'tls.disabled' = TRUE: "
                    + "Without TLS there is no certificate to check or to present."
            },
            {
                $"{None}, 'tls.disabled' = TRUE, 'tls.protocols' = 'TLSv1.3'",
                "3D008",
                "'tls.protocols' can't be given with 'tls.disabled' = TRUE: "
                    + "Without TLS there is no certificate to check or to present."
            },
            { $"{None}, 'uris' = 'c:1'", "3D008", "'uris' is given twice" },
            // What is not what it should be.
            {
                "'type' = KAFKA, 'uris' = 'b', 'kafka.sasl.hash_function' = NONE",
                "3D008",
                "'uris' is invalid: the port is missing"
            },
            {
                $"{Plain}, 'kafka.sasl.username' = '', 'kafka.sasl.password' = 'p'",
                "3D008",
                "'kafka.sasl.username' is empty"
            },
            { $"{None}, 'tls.ca_cert_file' = '@cacert'", "3D008", "'tls.ca_cert_file' file not attached" },
            { $"{None}, 'tls.ca_cert_file' = 'ca.pem'", "3D008", "'tls.ca_cert_file' is not a PEM file" },
            { $"{None}, 'tls.ca_cert_file' = ''", "3D008", "'tls.ca_cert_file' is not a PEM file" },
            {
                $"{None}, 'tls.ca_cert_file' = '{Base64("no armour")}'",
                "3D008",
                "'tls.ca_cert_file' is not a PEM file"
            },
            {
                $"{None}, 'tls.client.cert_file' = '{Base64(Pem.Certificate)}'",
                "3D021",
                "tls.client.key_file is required"
            },
            // What is not there at all.
            {
                "'type' = ORACLE, 'uris' = 'h'",
                "0A000",
                $"store type ORACLE is not supported; the supported types are {string.Join(", ", StoreSpecs.BuiltIn.All.Select(s => s.Type))}"
            },
        };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_store_that_is_not_right_is_not_created(string with, string sqlState, string message)
    {
        await using var emulator = await LocalEmulator.StartAsync(new() { NoAuth = true });

        // The mark stands before what the message is to point at.
        var statement = $"CREATE STORE x WITH ({with});";
        var at = statement.IndexOf('^', StringComparison.Ordinal).ToString(CultureInfo.InvariantCulture);
        var refusal = await emulator.RefusalAsync(statement.Replace("^", "", StringComparison.Ordinal));

        Assert.Equal(sqlState, refusal.SqlState);
        Assert.Equal(message.Replace("{at}", at, StringComparison.Ordinal), refusal.MessageText);
        Assert.Empty(await emulator.RowsAsync("LIST STORES"));
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused()
    {
        await using var emulator = await LocalEmulator.StartAsync(new() { NoAuth = true });
        var large = Base64(Pem.Certificate + new string('x', 1_048_576));

        var refusal = await emulator.RefusalAsync($"CREATE STORE x WITH ({None}, 'tls.ca_cert_file' = '{large}')");

        Assert.Equal("3D008", refusal.SqlState);
        Assert.StartsWith("'tls.ca_cert_file' is too large: ", refusal.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_taken_once()
    {
        await using var emulator = await LocalEmulator.StartAsync(new() { NoAuth = true });
        await emulator.RunAsync($"CREATE STORE x WITH ({LocalEmulator.Kafka})");
        await emulator.RunAsync($"CREATE STORE \"X\" WITH ({LocalEmulator.Kafka})");

        var refusal = await emulator.RefusalAsync($"CREATE STORE \"x\" WITH ({LocalEmulator.Postgres})");

        Assert.Equal("42P05", refusal.SqlState);
        Assert.Equal("store x already exists", refusal.MessageText);
    }

    [Fact]
    public async Task A_refusal_gives_no_position()
    {
        await using var emulator = await LocalEmulator.StartAsync(new() { NoAuth = true });

        // psql would print the line of the statement under an error with a position, with whatever secret is on it.
        Assert.Equal(0, (await emulator.RefusalAsync($"CREATE STORE x WITH ({None}, 'nope' = 'x')")).Position);
    }

    [Fact]
    public async Task One_refusal_stops_what_follows_in_the_same_text()
    {
        await using var emulator = await LocalEmulator.StartAsync(new() { NoAuth = true });

        var refusal = await emulator.RefusalAsync(
            $"CREATE STORE a WITH ({LocalEmulator.Kafka}); DROP STORE b; CREATE STORE c WITH ({LocalEmulator.Kafka})"
        );

        Assert.Equal("3D006", refusal.SqlState);
        Assert.Equal("a", Assert.Single(await emulator.RowsAsync("LIST STORES"))["Name"]);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
