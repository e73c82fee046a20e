using System.Globalization;

namespace DeltaStream.Emulator.Tests.Refusals;

/// <summary>What UPDATE STORE refuses and what it does to the parameters (wire fact 1.4).</summary>
public class UpdateRefusalTests
{
    private const string Group = LocalEmulator.KafkaGroup;

    public static TheoryData<string, string, string> Refusals =>
        new()
        {
            {
                "'uris' = 'c:1'",
                "3D021",
                "kafka.sasl.hash_function, kafka.sasl.password, kafka.sasl.username, tls.disabled, and tls.verify_server_hostname are required"
            },
            {
                "'kafka.sasl.hash_function' = SHA512, 'tls.disabled' = FALSE, 'tls.verify_server_hostname' = TRUE",
                "3D021",
                "kafka.sasl.password, and kafka.sasl.username are required"
            },
            {
                "'kafka.sasl.hash_function' = AWS_MSK_IAM, 'tls.disabled' = FALSE, 'tls.verify_server_hostname' = TRUE",
                "3D021",
                "kafka.msk.aws_region, and kafka.msk.iam_role_arn are required"
            },
            {
                "'kafka.sasl.hash_function' = NONE, 'tls.disabled' = TRUE",
                "3D021",
                "tls.verify_server_hostname is required"
            },
            { $"{Group}, 'type' = KAFKA", "3D008", "'type' can't be changed by UPDATE STORE" },
            { $"{Group}, 'tls.protocols' = 'TLSv1.3'", "3D008", "'tls.protocols' can't be changed by UPDATE STORE" },
            { $"{Group}, 'uris' = 'c'", "3D008", "'uris' is invalid: the port is missing" },
            { $"{Group}, 'uris' = 'c:1', 'uris' = 'd:1'", "3D008", "'uris' is given twice" },
            {
                $"{Group}, 'kafka.msk.aws_region' = 'r'",
                "3D008",
                "'kafka.msk.aws_region' can't be given with 'kafka.sasl.hash_function' = PLAIN: "
                    + "SASL authenticates with a username and a password."
            },
            {
                $"{Group}, 'schema_registry.name' = ^NULL",
                "42601",
                "parse error: line 1:{at} no viable alternative at input ''schema_registry.name' ='"
            },
            {
                $"{Group}, ^'kafka.schema_registry_name' = 'sr'",
                "42601",
                "parse error: line 1:{at} no viable alternative at input ''kafka.schema_registry_name''"
            },
        };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task An_update_that_is_not_right_changes_nothing(string with, string sqlState, string message)
    {
        await using var emulator = await LocalEmulator.StartAsync(new() { NoAuth = true });
        await emulator.RunAsync($"CREATE STORE x WITH ({LocalEmulator.Kafka})");
        var before = await emulator.RowsAsync("LIST STORES");

        // The mark stands before what the message is to point at.
        var statement = $"UPDATE STORE x WITH ({with})";
        var at = statement.IndexOf('^', StringComparison.Ordinal).ToString(CultureInfo.InvariantCulture);
        var refusal = await emulator.RefusalAsync(statement.Replace("^", "", StringComparison.Ordinal));

        Assert.Equal(sqlState, refusal.SqlState);
        Assert.Equal(message.Replace("{at}", at, StringComparison.Ordinal), refusal.MessageText);
        Assert.Equal(before, await emulator.RowsAsync("LIST STORES"));
    }

    [Theory]
    [InlineData("UPDATE STORE \"No\" WITH ('uris' = 'c:1')")]
    [InlineData("DROP STORE \"No\"")]
    [InlineData("DESCRIBE STORE \"No\"")]
    public async Task A_store_that_is_not_there_is_said_so(string statement)
    {
        await using var emulator = await LocalEmulator.StartAsync(new() { NoAuth = true });

        var refusal = await emulator.RefusalAsync(statement);

        Assert.Equal("3D006", refusal.SqlState);
        Assert.Equal("store No does not exist", refusal.MessageText);
    }

    [Fact]
    public async Task A_whole_group_is_taken_with_and_without_other_keys()
    {
        await using var emulator = await LocalEmulator.StartAsync(new() { NoAuth = true });
        await emulator.RunAsync($"CREATE STORE x WITH ({LocalEmulator.Kafka})");

        await emulator.RunAsync($"UPDATE STORE x WITH ({Group})");
        await emulator.RunAsync($"UPDATE STORE x WITH ({Group}, 'uris' = 'c:1', 'schema_registry.name' = \"SR\")");

        var described = Assert.Single(await emulator.RowsAsync("DESCRIBE STORE x"));
        Assert.Equal("c:1", described["Uri"]);
        Assert.Equal("SR", described["SchemaRegistryName"]);
    }

    [Fact]
    public async Task Credentials_leave_with_their_mode()
    {
        await using var emulator = await LocalEmulator.StartAsync(new() { NoAuth = true });
        await emulator.RunAsync($"CREATE STORE x WITH ({LocalEmulator.Kafka})");
        const string Tls = "'tls.disabled' = FALSE, 'tls.verify_server_hostname' = TRUE";

        await emulator.RunAsync(
            $"UPDATE STORE x WITH ('kafka.sasl.hash_function' = AWS_MSK_IAM, 'kafka.msk.iam_role_arn' = 'arn', 'kafka.msk.aws_region' = 'r', {Tls})"
        );
        Assert.Equal(
            """{"msk.aws_region":"r","msk.iam_role_arn":"arn","sasl.hash_function":"AWS_MSK_IAM"}""",
            Assert.Single(await emulator.RowsAsync("DESCRIBE STORE x"))["Details"]
        );

        await emulator.RunAsync($"UPDATE STORE x WITH ('kafka.sasl.hash_function' = NONE, {Tls})");
        Assert.Equal(
            """{"sasl.hash_function":"NONE"}""",
            Assert.Single(await emulator.RowsAsync("DESCRIBE STORE x"))["Details"]
        );
    }

    [Fact]
    public async Task Every_subtypes_own_group_counts()
    {
        await using var emulator = await LocalEmulator.StartAsync(new() { NoAuth = true });
        await emulator.RunAsync($"CREATE STORE p WITH ({LocalEmulator.Postgres})");
        var refusal = await emulator.RefusalAsync("UPDATE STORE p WITH ('postgres.password' = 'q')");
        Assert.Equal(
            "postgres.username, tls.disabled, tls.verify_server_hostname, and uris are required",
            refusal.MessageText
        );
        await emulator.RunAsync(
            "UPDATE STORE p WITH ('postgres.password' = 'q', 'postgres.username' = 'u', 'uris' = 'h/d', "
                + "'tls.disabled' = TRUE, 'tls.verify_server_hostname' = FALSE, 'description' = 'Orders')"
        );
        var described = Assert.Single(await emulator.RowsAsync("DESCRIBE STORE p"));
        Assert.Equal("h/d", described["Uri"]);
        Assert.Equal("""{"description":"Orders","username":"u"}""", described["Details"]);
        Assert.Equal(false, described["TlsEnabled"]);
        Assert.Equal(false, described["VerifyServerHostname"]);
    }

    [Fact]
    public async Task A_secret_that_an_update_may_leave_out_stays()
    {
        const string Rest =
            "'uris' = 'https://a.example.com', 'snowflake.account_id' = 'a', 'snowflake.cloud.region' = 'r', "
            + "'snowflake.role_name' = 'ro', 'snowflake.username' = 'u', 'snowflake.warehouse_name' = 'w'";
        var file = $"'snowflake.client.key_file' = '{Pem.Inline(Pem.Key)}'";
        var account = new EmulatorAccount
        {
            Type = "SNOWFLAKE",
            Parameters = new Dictionary<string, string> { ["snowflake.client.key_passphrase"] = "phrase" },
        };
        await using var emulator = await LocalEmulator.StartAsync(new() { NoAuth = true, Accounts = [account] });
        await emulator.RunAsync(
            $"CREATE STORE s WITH ('type' = SNOWFLAKE, {Rest}, {file}, 'snowflake.client.key_passphrase' = 'phrase')"
        );

        var refusal = await emulator.RefusalAsync($"UPDATE STORE s WITH ({Rest})");
        Assert.Equal(("3D021", "snowflake.client.key_file is required"), (refusal.SqlState, refusal.MessageText));
        await emulator.RunAsync($"UPDATE STORE s WITH ({Rest}, {file})");
        Assert.Equal(("ready", null), await emulator.StateAsync("s"));
        await emulator.RunAsync($"UPDATE STORE s WITH ({Rest}, {file}, 'snowflake.client.key_passphrase' = 'other')");
        Assert.Equal("errored", (await emulator.StateAsync("s")).Status);
    }

    [Fact]
    public async Task A_file_stays_until_TLS_goes()
    {
        var accounts = new[] { Account("tls.ca_cert_file", Pem.Certificate) };
        await using var emulator = await LocalEmulator.StartAsync(new() { NoAuth = true, Accounts = accounts });
        await emulator.RunAsync(
            $"CREATE STORE x WITH ({LocalEmulator.Kafka}, 'tls.ca_cert_file' = '{Pem.Inline(Pem.Certificate)}')"
        );

        await emulator.RunAsync($"UPDATE STORE x WITH ({Group}, 'uris' = 'c:1')");
        Assert.Equal("ready", (await emulator.StateAsync("x")).Status);

        await emulator.RunAsync(
            "UPDATE STORE x WITH ('kafka.sasl.hash_function' = NONE, 'tls.disabled' = TRUE, 'tls.verify_server_hostname' = FALSE)"
        );
        Assert.Equal("errored", (await emulator.StateAsync("x")).Status);
    }

    private static EmulatorAccount Account(string key, string value) =>
        new()
        {
            Type = "KAFKA",
            Parameters = new Dictionary<string, string> { [key] = value },
        };
}
