using DeltaStream.Sdk.Client;

namespace DeltaStream.Sdk.Tests.Client;

/// <summary>A refusal of a change shows what is and what was asked for; secrets and files as ***. Issue 11, number 11.</summary>
public sealed class RefusedChangeTests
{
    private const string Remedy = " in place: set it back, or delete the store and create it anew";

    [Fact]
    public void Of_the_subtype() =>
        AssertRefused(
            Declarations.Postgres,
            Declarations.Kafka,
            "postgres.subtype can't be changed from kafka to postgres"
        );

    [Theory]
    [InlineData("orders", "orders2", "'orders' to 'orders2'")]
    [InlineData("a'b", "注文", "'a'b' to '注文'")]
    [InlineData("a\u001b[31mb", "b", "'a\\u001B[31mb' to 'b'")]
    [InlineData("a\nb", "b", "'a\\u000Ab' to 'b'")]
    [InlineData("a\u202eb", "b", "'a\\u202Eb' to 'b'")]
    public void Of_the_name(string from, string to, string shown) =>
        AssertRefused(
            Declarations.Kafka with
            {
                Name = to,
            },
            Declarations.Kafka with
            {
                Name = from,
            },
            $"kafka.name can't be changed from {shown}"
        );

    [Theory]
    [InlineData(null, "sysadmin", "nothing to 'sysadmin'")]
    [InlineData("sysadmin", null, "'sysadmin' to nothing")]
    [InlineData("sysadmin", "analyst", "'sysadmin' to 'analyst'")]
    public void Of_the_owner(string? from, string? to, string shown) =>
        AssertRefused(
            Declarations.Kafka with
            {
                Owner = to,
            },
            Declarations.Kafka with
            {
                Owner = from,
            },
            $"kafka.owner can't be changed from {shown}"
        );

    [Fact]
    public void Of_a_text_that_is_fixed()
    {
        AssertRefused(
            Declarations.Kafka with
            {
                TlsProtocols = "TLSv1.3",
            },
            Declarations.Kafka with
            {
                TlsProtocols = "TLSv1.2",
            },
            "kafka.tlsProtocols can't be changed from 'TLSv1.2' to 'TLSv1.3'"
        );
        AssertRefused(
            Declarations.Kafka with
            {
                TlsProtocols = "TLSv1.3",
            },
            Declarations.Kafka,
            "kafka.tlsProtocols can't be changed from nothing to 'TLSv1.3'"
        );
    }

    [Fact]
    public void Of_a_number_that_is_fixed() =>
        AssertRefused(
            Databricks with
            {
                WarehousePort = 8443,
            },
            Databricks,
            "databricks.warehousePort can't be changed from 443 to 8443"
        );

    [Fact]
    public void Of_a_secret_that_is_fixed_the_stars()
    {
        var store = new KinesisStoreArgs
        {
            Name = "x",
            Uris = "https://kinesis.us-east-1.amazonaws.com",
            AccountId = "111canary111",
            IamRoleArn = "arn:aws:iam::123456789012:role/x",
        };
        AssertRefused(
            store with
            {
                AccountId = "222canary222",
            },
            store,
            "kinesis.accountId can't be changed from '***' to '***'"
        );
        AssertRefused(
            store,
            store with
            {
                AccountId = null,
            },
            "kinesis.accountId can't be changed from nothing to '***'"
        );
    }

    [Fact]
    public void Of_a_file_that_is_taken_away_the_stars() =>
        AssertRefused(
            Declarations.Kafka,
            Declarations.Kafka with
            {
                TlsCaCertFile = StoreFile.FromText(Declarations.Pem),
            },
            "kafka.tlsCaCertFile can't be taken away (it is '***')"
        );

    [Fact]
    public void Of_a_text_that_is_taken_away() =>
        AssertRefused(
            Declarations.Postgres,
            Declarations.Postgres with
            {
                Description = "All orders",
            },
            "postgres.description can't be taken away (it is 'All orders')"
        );

    private static DatabricksStoreArgs Databricks { get; } =
        new()
        {
            Name = "x",
            Uris = "https://dbc-a1b2c3.cloud.databricks.com",
            AppToken = "t",
            WarehouseId = "w",
            AccessKeyId = "a",
            SecretAccessKey = "s",
            CloudS3Bucket = "b",
            CloudRegion = "AWS us-west-2",
        };

    private static void AssertRefused(StoreArgs store, StoreArgs previous, string message)
    {
        var failure = Assert.Single(StoreUpdateRules.Check(previous, store));

        Assert.Equal((StoreValidationCodes.Immutable, message + Remedy), (failure.Code, failure.Message));
        Assert.DoesNotContain("canary", failure.Message, StringComparison.Ordinal);
    }
}
