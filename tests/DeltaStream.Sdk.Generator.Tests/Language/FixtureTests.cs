using DeltaStream.Sdk.Generator.Tests.Running;
using DeltaStream.Sdk.Statements;

namespace DeltaStream.Sdk.Generator.Tests.Language;

/// <summary>
/// The language can say every subtype that the service is known to have, also those that no spec ships yet: the fixtures
/// give the statements that other clients send.
/// </summary>
public sealed class FixtureTests
{
    private const string Role = "arn:aws:iam::123456789012:role/example-IAM-role";

    public static TheoryData<string, string[], string> Statements =>
        new()
        {
            {
                "ConfluentKafkaStoreArgs",
                [
                    "Uris=a:9092,b:9092",
                    "SaslHashFunction=Sha512",
                    "SaslUsername=user",
                    "SaslPassword=pass",
                    "SchemaRegistryName=sr",
                ],
                """
                    'type' = CONFLUENT_KAFKA, 'uris' = 'a:9092,b:9092', 'kafka.sasl.hash_function' = SHA512, 'kafka.sasl.username' = 'user', 'kafka.sasl.password' = 'pass', 'schema_registry.name' = "sr", 'tls.verify_server_hostname' = TRUE
                    """
            },
            {
                "KinesisStoreArgs",
                ["Uris=https://url.to.kinesis.aws:4566", $"IamRoleArn={Role}"],
                $"'type' = KINESIS, 'uris' = 'https://url.to.kinesis.aws:4566', 'kinesis.iam_role_arn' = '{Role}'"
            },
            {
                "DatabricksStoreArgs",
                [
                    "Uris=https://dbc-123.cloud.databricks.com",
                    "AppToken=token",
                    "WarehouseId=warehouse-id",
                    "AccessKeyId=key",
                    "SecretAccessKey=secret",
                    "CloudS3Bucket=bucket",
                    "CloudRegion=AWS us-west-2",
                ],
                "'type' = DATABRICKS, 'uris' = 'https://dbc-123.cloud.databricks.com', 'databricks.app_token' = 'token', 'databricks.warehouse_id' = 'warehouse-id', 'databricks.warehouse_port' = 443, 'aws.access_key_id' = 'key', 'aws.secret_access_key' = 'secret', 'databricks.cloud.s3.bucket' = 'bucket', 'databricks.cloud.region' = 'AWS us-west-2'"
            },
            {
                "ClickhouseStoreArgs",
                ["Uris=jdbc:clickhouse://host:8443", "Username=user", "Password=pa'ss"],
                "'type' = CLICKHOUSE, 'uris' = 'jdbc:clickhouse://host:8443', 'clickhouse.username' = 'user', 'clickhouse.password' = 'pa''ss'"
            },
            {
                "S3StoreArgs",
                ["Uris=https://bucket.s3.amazonaws.com/", $"IamRoleArn={Role}", "IamExternalId=external-id"],
                $"'type' = S3, 'uris' = 'https://bucket.s3.amazonaws.com/', 'aws.iam_role_arn' = '{Role}', 'aws.iam_external_id' = 'external-id'"
            },
            {
                "IcebergRestStoreArgs",
                [
                    "Uris=https://catalog.com/api",
                    "CatalogId=catalog-id",
                    "ClientId=client-id",
                    "ClientSecret=secret",
                    "ClientScope=scope",
                ],
                "'type' = ICEBERG_REST, 'uris' = 'https://catalog.com/api', 'iceberg.catalog.id' = 'catalog-id', 'iceberg.rest.client_id' = 'client-id', 'iceberg.rest.client_secret' = 'secret', 'iceberg.rest.client_scope' = 'scope'"
            },
            {
                "IcebergGlueStoreArgs",
                [
                    "Region=us-east-1",
                    "WarehouseDefaultPath=s3://bucket/path",
                    "AccessKeyId=key",
                    "SecretAccessKey=secret",
                ],
                "'type' = ICEBERG_GLUE, 'aws.region' = 'us-east-1', 'iceberg.warehouse.default_path' = 's3://bucket/path', 'aws.access_key_id' = 'key', 'aws.secret_access_key' = 'secret'"
            },
        };

    [Theory]
    [MemberData(nameof(Statements))]
    public void A_declaration_becomes_the_statement_that_the_facts_show(string type, string[] members, string entries)
    {
        var store = GeneratedStores.All.Declare(type, Split(members));

        Assert.Empty(store.Validate());
        Assert.Equal($"""CREATE STORE "x" WITH ( {entries} );""", StoreStatement.Create(store).Reveal());
    }

    [Theory]
    [InlineData("IamRoleArn=r")]
    [InlineData("AccessKeyId=k", "SecretAccessKey=s")]
    public void Kinesis_takes_one_way_to_authenticate(params string[] members) => Assert.Empty(Kinesis(members));

    [Theory]
    [InlineData]
    [InlineData("AccessKeyId=k")]
    [InlineData("SecretAccessKey=s")]
    [InlineData("IamRoleArn=r", "AccessKeyId=k")]
    [InlineData("IamRoleArn=r", "AccessKeyId=k", "SecretAccessKey=s")]
    public void Kinesis_takes_neither_none_nor_half_nor_both(params string[] members)
    {
        var failure = Assert.Single(Kinesis(members));

        Assert.Equal(
            "kinesis.iamRoleArn is one way of several, of which exactly one must be chosen, whole: set either IamRoleArn, or AccessKeyId and SecretAccessKey. Kinesis is reached with an IAM role or with an access key",
            failure.Message
        );
        Assert.Equal(StoreValidationCodes.NotExactlyOne, failure.Code);
    }

    [Theory]
    [InlineData(0, "IamRoleArn=r", "IamExternalId=e")]
    [InlineData(0, "AccessKeyId=k", "SecretAccessKey=s")]
    [InlineData(1)]
    [InlineData(1, "IamRoleArn=r")]
    [InlineData(1, "IamExternalId=e")]
    [InlineData(1, "IamRoleArn=r", "IamExternalId=e", "SecretAccessKey=s")]
    [InlineData(1, "IamExternalId=e", "AccessKeyId=k", "SecretAccessKey=s")]
    public void S3_takes_a_role_only_with_its_external_id(int failures, params string[] members)
    {
        var store = GeneratedStores.All.Declare(
            "S3StoreArgs",
            [("Uris", "https://b.s3.amazonaws.com/"), .. Split(members)]
        );

        Assert.Equal(failures, store.Validate().Count);
    }

    [Theory]
    [InlineData("KinesisStoreArgs", "kinesis.us-east-1.amazonaws.com", "https://")]
    [InlineData("KinesisStoreArgs", "http://kinesis.us-east-1.amazonaws.com", "https://")]
    [InlineData("ClickhouseStoreArgs", "clickhouse://h:1", "jdbc:clickhouse://")]
    [InlineData("ConfluentKafkaStoreArgs", "h:9092,g", "port")]
    [InlineData("ConfluentKafkaStoreArgs", "https://h:9092", "scheme")]
    [InlineData("DatabricksStoreArgs", "https://h/path", "path")]
    public void An_address_of_another_form_is_refused(string type, string uris, string part) =>
        Assert.Contains(
            GeneratedStores.All.Declare(type, ("Uris", uris)).Validate(),
            f => f.Code == StoreValidationCodes.InvalidUri && f.Message.Contains(part, StringComparison.Ordinal)
        );

    [Theory]
    [InlineData(0)]
    [InlineData(65536)]
    public void A_port_out_of_its_bounds_is_refused(int port) =>
        Assert.Contains(
            GeneratedStores.All.Declare("DatabricksStoreArgs", ("WarehousePort", port)).Validate(),
            f => f.Code == StoreValidationCodes.OutOfRange
        );

    [Fact]
    public void Secrets_of_the_fixtures_stay_out_of_what_is_shown()
    {
        var kinesis = GeneratedStores.All.Declare(
            "KinesisStoreArgs",
            Split(["Uris=https://k.amazonaws.com", "AccessKeyId=hush1", "SecretAccessKey=hush2", "AccountId=hush3"])
        );

        Assert.DoesNotContain("hush", StoreStatement.Create(kinesis).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hush", kinesis.ToString(), StringComparison.Ordinal);
        Assert.Contains("'***'", StoreStatement.Create(kinesis).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_subtype_of_the_facts_is_there() =>
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "ClickhouseStoreArgs",
                "ConfluentKafkaStoreArgs",
                "DatabricksStoreArgs",
                "IcebergGlueStoreArgs",
                "IcebergRestStoreArgs",
                "KafkaStoreArgs",
                "KinesisStoreArgs",
                "PostgresStoreArgs",
                "S3StoreArgs",
                "SnowflakeStoreArgs",
            },
            GeneratedStores.All.Names.ToHashSet(StringComparer.Ordinal)
        );

    private IReadOnlyList<StoreValidationFailure> Kinesis(string[] members) =>
        GeneratedStores
            .All.Declare("KinesisStoreArgs", [("Uris", "https://k.amazonaws.com"), .. Split(members)])
            .Validate();

    private static IEnumerable<(string, object)> Split(IEnumerable<string> members) =>
        members.Select(m =>
            (m[..m.IndexOf('=', StringComparison.Ordinal)], (object)m[(m.IndexOf('=', StringComparison.Ordinal) + 1)..])
        );
}
