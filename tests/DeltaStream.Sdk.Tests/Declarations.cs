namespace DeltaStream.Sdk.Tests;

/// <summary>Valid declarations that tests start from.</summary>
internal static class Declarations
{
    public const string Pem = "-----BEGIN CERTIFICATE-----\nTUlJQ2VydA==\n-----END CERTIFICATE-----\n";

    public const string PrivateKey = "-----BEGIN PRIVATE KEY-----\nTUlJS2V5\n-----END PRIVATE KEY-----\n";

    public static KafkaStoreArgs Kafka { get; } =
        new()
        {
            Name = "orders",
            Uris = "b-1.example.com:9092,b-2.example.com:9092",
            SaslHashFunction = KafkaSaslHashFunction.Sha512,
            SaslUsername = "ingest",
            SaslPassword = "kafka-password",
        };

    public static KafkaStoreArgs KafkaByIam { get; } =
        new()
        {
            Name = "orders",
            Uris = "b-1.example.com:9098",
            SaslHashFunction = KafkaSaslHashFunction.AwsMskIam,
            MskIamRoleArn = "arn:aws:iam::123456789012:role/example",
            MskAwsRegion = "us-east-1",
        };

    public static PostgresStoreArgs Postgres { get; } =
        new()
        {
            Name = "billing",
            Uris = "postgresql://db.example.com:5432/demo",
            Username = "deltastream",
            Password = "postgres-password",
        };

    public static SnowflakeStoreArgs Snowflake { get; } =
        new()
        {
            Name = "lake",
            Uris = "https://my-account.snowflakecomputing.com",
            AccountId = "my-account",
            CloudRegion = "AWS us-east-1",
            RoleName = "ACCOUNTADMIN",
            Username = "STREAMING_USER",
            WarehouseName = "COMPUTE_WH",
            ClientKey = StoreFile.FromText(PrivateKey),
        };
}
