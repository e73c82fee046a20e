namespace DeltaStream.Emulator.Tests.Accounts;

public class AccountTests
{
    private const string Snowflake =
        "'type' = SNOWFLAKE, 'uris' = 'https://a.example.com', 'snowflake.account_id' = 'a', 'snowflake.cloud.region' = 'r', "
        + "'snowflake.role_name' = 'ro', 'snowflake.username' = 'u', 'snowflake.warehouse_name' = 'w'";

    private static EmulatorAccount Account(string type, params (string Key, string Value)[] parameters) =>
        new() { Type = type, Parameters = parameters.ToDictionary(p => p.Key, p => p.Value) };

    private static async Task<(string Status, string? Message)> StateAsync(
        string with,
        params EmulatorAccount[] accounts
    )
    {
        await using var emulator = await LocalEmulator.StartAsync(new() { NoAuth = true, Accounts = accounts });
        await emulator.RunAsync($"CREATE STORE x WITH ({with})");
        return await emulator.StateAsync("x");
    }

    [Fact]
    public async Task Without_accounts_of_its_type_every_store_is_good()
    {
        Assert.Equal("ready", (await StateAsync(LocalEmulator.Kafka)).Status);
        Assert.Equal(
            "ready",
            (await StateAsync(LocalEmulator.Kafka, Account("POSTGRESQL", ("postgres.username", "nobody")))).Status
        );
    }

    [Fact]
    public async Task One_account_that_fits_is_enough() =>
        Assert.Equal(
            ("ready", null),
            await StateAsync(
                LocalEmulator.Kafka,
                Account("KAFKA", ("kafka.sasl.username", "other"), ("kafka.sasl.password", "pw")),
                Account("kafka", ("kafka.sasl.username", "ingest"), ("kafka.sasl.password", "pw"))
            )
        );

    [Fact]
    public async Task Every_parameter_of_the_account_counts() =>
        Assert.Equal(
            (
                "errored",
                "authentication failed: the credentials for kafka.sasl.password, uris match no account known to the emulator"
            ),
            await StateAsync(LocalEmulator.Kafka, Account("KAFKA", ("kafka.sasl.password", "pw"), ("uris", "other:1")))
        );

    [Theory]
    [InlineData("tls.disabled", "false", "ready")]
    [InlineData("tls.verify_server_hostname", "TRUE", "ready")]
    [InlineData("tls.disabled", "TRUE", "errored")]
    [InlineData("kafka.sasl.hash_function", "plain", "ready")]
    [InlineData("kafka.msk.aws_region", "us-east-1", "errored")]
    public async Task What_is_in_effect_counts_and_not_what_was_written(string key, string value, string status) =>
        Assert.Equal(status, (await StateAsync(LocalEmulator.Kafka, Account("KAFKA", (key, value)))).Status);

    [Fact]
    public async Task Files_are_compared_by_content()
    {
        var with =
            $"{Snowflake}, 'snowflake.client.key_file' = '{Pem.Inline(Pem.Key.Replace("\n", "\r\n", StringComparison.Ordinal))}'";
        const string Key = "snowflake.client.key_file";

        Assert.Equal("ready", (await StateAsync(with, Account("SNOWFLAKE", (Key, Pem.Key)))).Status);
        Assert.Equal("ready", (await StateAsync(with, Account("SNOWFLAKE", (Key, Pem.Inline(Pem.Key))))).Status);
        Assert.Equal(
            (
                "errored",
                "authentication failed: the credentials for snowflake.client.key_file match no account known to the emulator"
            ),
            await StateAsync(with, Account("SNOWFLAKE", (Key, Pem.OtherKey)))
        );
    }

    [Fact]
    public async Task An_update_with_the_right_credentials_mends_a_store_and_back()
    {
        var account = Account("KAFKA", ("kafka.sasl.username", "ingest"), ("kafka.sasl.password", "rotated"));
        await using var emulator = await LocalEmulator.StartAsync(new() { NoAuth = true, Accounts = [account] });
        await emulator.RunAsync($"CREATE STORE x WITH ({LocalEmulator.Kafka})");
        Assert.Equal("errored", (await emulator.StateAsync("x")).Status);

        await emulator.RunAsync(
            $"UPDATE STORE x WITH ({LocalEmulator.KafkaGroup.Replace("'pw'", "'rotated'", StringComparison.Ordinal)})"
        );
        Assert.Equal(("ready", null), await emulator.StateAsync("x"));

        await emulator.RunAsync($"UPDATE STORE x WITH ({LocalEmulator.KafkaGroup})");
        Assert.Equal("errored", (await emulator.StateAsync("x")).Status);
    }

    [Fact]
    public async Task The_choice_that_an_update_leaves_goes_with_it()
    {
        await using var emulator = await LocalEmulator.StartAsync(
            new() { NoAuth = true, Accounts = [Account("KINESIS", ("kinesis.iam_role_arn", "arn"))] }
        );
        const string Uris = "'uris' = 'https://k.example.com'";
        await emulator.RunAsync($"CREATE STORE x WITH ('type' = KINESIS, {Uris}, 'kinesis.iam_role_arn' = 'arn')");
        Assert.Equal("ready", (await emulator.StateAsync("x")).Status);

        var half = await emulator.RefusalAsync($"UPDATE STORE x WITH ({Uris}, 'kinesis.access_key_id' = 'id')");
        await emulator.RunAsync(
            $"UPDATE STORE x WITH ({Uris}, 'kinesis.access_key_id' = 'id', 'kinesis.secret_access_key' = 'key')"
        );

        Assert.Equal("kinesis.secret_access_key is required", half.MessageText);
        Assert.Equal("errored", (await emulator.StateAsync("x")).Status);
    }

    [Fact]
    public async Task An_account_that_no_store_can_have_is_refused()
    {
        var type = await RefusalAsync(Account("ORACLE", ("a", "hunter2")));
        Assert.StartsWith(
            "An account is of type 'ORACLE', which is not a store type; those are ",
            type,
            StringComparison.Ordinal
        );

        var key = await RefusalAsync(Account("KAFKA", ("kafka.sasl.user", "hunter2")));
        Assert.StartsWith(
            "An account of type KAFKA has the parameter 'kafka.sasl.user', which no KAFKA store has",
            key,
            StringComparison.Ordinal
        );

        var file = await RefusalAsync(Account("KAFKA", ("tls.client.key_file", "hunter2")));
        Assert.StartsWith("An account's 'tls.client.key_file' is not a PEM file.", file, StringComparison.Ordinal);

        Assert.DoesNotContain("hunter2", type + key + file, StringComparison.Ordinal);

        static async Task<string> RefusalAsync(EmulatorAccount account) =>
            (
                await Assert.ThrowsAsync<ArgumentException>(() =>
                    DeltaStreamEmulator.StartAsync(new() { Accounts = [account] })
                )
            ).Message;
    }

    [Fact]
    public void ToString_shows_no_value() =>
        Assert.Equal(
            "EmulatorAccount { Type = KAFKA, Parameters = 1 }",
            Account("KAFKA", ("kafka.sasl.password", "hunter2")).ToString()
        );
}
