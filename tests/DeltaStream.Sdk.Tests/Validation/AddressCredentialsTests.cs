namespace DeltaStream.Sdk.Tests.Validation;

/// <summary>Credentials anywhere in an address are refused, and no message shows them: an address is shown, a secret is not. Issue 11, number 1.</summary>
public sealed class AddressCredentialsTests
{
    private const string Canary = "x1canary";

    public static TheoryData<string> Postgres =>
        [
            $"h/db?user=u&password={Canary}",
            $"h/db?PASSWORD={Canary}",
            $"h/db?passwd={Canary}",
            $"h/db?pwd={Canary}",
            $"h/db?pass={Canary}",
            $"h/db?token={Canary}",
            $"h/db?access_token={Canary}",
            $"h/db?api_key={Canary}",
            $"h/db?api%20key={Canary}",
            $"h/db?Access%20Key%20Id={Canary}",
            $"h/db?User%20Id={Canary}",
            $"h/db?keystorePass={Canary}",
            $"h/db?ssl_pass={Canary}",
            $"h/db?session-key={Canary}",
            $"h/db?passwords={Canary}",
            $"h/db?apikey={Canary}",
            $"h/db?x-api-key={Canary}",
            $"h/db?access_key={Canary}",
            $"h/db?AWSAccessKeyId={Canary}",
            $"h/db?secret={Canary}",
            $"h/db?client_secret={Canary}",
            $"h/db?sslpassword={Canary}",
            $"h/db?scram_client_key={Canary}",
            $"h/db?sv=2022&sig={Canary}",
            $"h/db?X-Amz-Signature={Canary}",
            $"h/db?X-Amz-Credential={Canary}",
            $"h/db?X-Amz-Security-Token={Canary}",
            $"h/db?username={Canary}",
            $"h/db?user_name={Canary}",
            $"h/db?p%61ssword={Canary}",
            $"h/db?p%2561ssword={Canary}",
            $"h/db?%50%41%53%53%57%4F%52%44={Canary}",
            $"h/db?a=b%26password%3D{Canary}",
            $"h/db?options=-c%20password={Canary}",
            $"h/db?sslmode=require&user={Canary}",
            $"h/db?params[password]={Canary}",
            $"h/db;password={Canary}",
            $"h/db&password={Canary}",
            $"h/db%3Bpassword={Canary}",
            $"h/db;user=u;PassWord={Canary}",
            $"h;password={Canary}/db",
            $"host=h dbname=db user=u password={Canary}",
            $"Host=h;Username=u;Password={Canary}",
            $"jdbc:postgresql://h/db?user=u&password={Canary}",
            $"postgresql://u:{Canary}@h/db",
            $"postgresql://{Canary}@h/db",
            $"postgresql://u:{Canary}%40h/db",
            $"postgresql://u%3A{Canary}%40h/db",
            $"postgresql://u:{Canary}%2540h/db",
            $"//u:{Canary}@h/db",
            $"u:{Canary}@h/db",
            $"h:1,u:{Canary}@g:1/db",
            $"postgresql://u:{Canary}/w@h/db",
            $"postgresql://u:{Canary}?w@h/db",
            $"postgresql://u:{Canary}#w@h/db",
            $"postgresql://h/u:{Canary}@g",
            $"postgresql://h/db?proxy=https://u:{Canary}@g",
            $"postgresql://h/db?proxy=https://{Canary}@g",
            $"postgresql://h/db?proxy=u%3A{Canary}%40g",
        ];

    public static TheoryData<string> Others =>
        [
            $"jdbc:clickhouse://h:8123/db;password={Canary}",
            $"jdbc:clickhouse://h:8123/db&password={Canary}",
            $"jdbc:clickhouse://h:8123/db?user=u&password={Canary}",
            $"jdbc:clickhouse://h:8123;user=u;password={Canary}",
            $"jdbc:clickhouse:u:{Canary}@h:8123/db",
            $"jdbc:clickhouse://h/db/token={Canary}",
            $"https://u:{Canary}@h/",
            $"https://h:8443//u:{Canary}@g/",
            $"https://h/?api-key={Canary}",
        ];

    [Theory, MemberData(nameof(Postgres))]
    public void A_postgres_address_with_credentials_is_refused_without_showing_them(string uris) =>
        AssertRefused(Declarations.Postgres with { Uris = uris });

    [Theory, MemberData(nameof(Others))]
    public void So_is_any_other(string uris)
    {
        AssertRefused(
            new ClickhouseStoreArgs
            {
                Name = "x",
                Uris = uris,
                Username = "u",
                Password = "p",
            }
        );
        AssertRefused(Declarations.Snowflake with { Uris = uris });
        AssertRefused(Declarations.Kafka with { Uris = uris });
    }

    [Theory]
    [InlineData("a:1,u:x1canary@b:1")]
    [InlineData("u:x1canary@a:1,b:1")]
    [InlineData("a:1,x1canary%40b:1")]
    [InlineData("SASL_SSL://u:x1canary@a:1,b:1")]
    [InlineData("u:p,x1canary@a:1")]
    public void So_is_one_of_several_brokers(string uris) => AssertRefused(Declarations.Kafka with { Uris = uris });

    [Theory]
    [InlineData("s3://x1canary:secret@bucket/warehouse")]
    [InlineData("s3://id:x1canary@bucket/warehouse")]
    [InlineData("s3://id%3Ax1canary%40bucket/warehouse")]
    [InlineData("s3a://bucket/warehouse?secret_key=x1canary")]
    [InlineData("s3://bucket/warehouse?AWS_SESSION_TOKEN=x1canary")]
    [InlineData("s3://bucket/warehouse;password=x1canary")]
    [InlineData("/warehouse?sig=x1canary")]
    [InlineData("bucket/a&p%61ssword=x1canary")]
    [InlineData("id:x1canary@bucket")]
    public void So_is_a_text_that_is_an_address(string path) => AssertRefused(Glue(path));

    [Theory]
    [InlineData("s3://my-bucket/warehouse")]
    [InlineData("s3://my-bucket/events/user=7/dt=2026-11-27/")]
    [InlineData("s3a://bucket/a@2x")]
    [InlineData("s3://bucket/100%/%25")]
    [InlineData("/warehouse")]
    [InlineData("warehouse")]
    [InlineData("bucket:warehouse")]
    [InlineData("s3://bucket/passwords/my data")]
    public void What_is_no_credential_of_such_a_text_is_taken(string path) => Assert.Empty(Glue(path).Validate());

    [Theory]
    [InlineData("h/db?bypass=true&compass=n")]
    [InlineData("h/db?sslmode=require&connect_timeout=10&application_name=x")]
    [InlineData("h/db?sslcert=client.crt&sslkey=client.key&sslrootcert=ca.pem&passfile=/etc/pgpass")]
    [InlineData("h/db?tcp_user_timeout=1&require_auth=scram-sha-256&options=-c%20search_path%3Da")]
    [InlineData("h/db?email=a@b.example.com")]
    [InlineData("h/password")]
    [InlineData("h/user")]
    [InlineData("h:5432/a@b")]
    [InlineData("token.example.com/passwords")]
    [InlineData("h/db?compass=north&design=1&tokenizer=x&tokens=3&superuser_reserved=1")]
    public void What_only_resembles_credentials_is_taken(string uris) =>
        Assert.Empty((Declarations.Postgres with { Uris = uris }).Validate());

    [Theory]
    [InlineData("https://b.s3.amazonaws.com/events/user=7/login=9/")]
    [InlineData("https://b.s3.amazonaws.com/img/logo@2x.png")]
    [InlineData("https://minio.example.com:9000/b/a@b/")]
    [InlineData("https://b.s3.amazonaws.com/100%/a%2Fb/%25")]
    public void So_are_folders_of_a_bucket(string uris) =>
        Assert.Empty(
            new S3StoreArgs
            {
                Name = "x",
                Uris = uris,
                IamRoleArn = "arn:aws:iam::123456789012:role/x",
                IamExternalId = "e",
            }.Validate()
        );

    private static IcebergGlueStoreArgs Glue(string path) =>
        new()
        {
            Name = "x",
            WarehouseDefaultPath = path,
            IamRoleArn = "arn:aws:iam::123456789012:role/x",
            IamExternalId = "e",
        };

    private static void AssertRefused(StoreArgs store)
    {
        var failure = Assert.Single(store.Validate());

        Assert.Equal(StoreValidationCodes.InvalidUri, failure.Code);
        Assert.Contains("holds credentials", failure.Message, StringComparison.Ordinal);
        Assert.Contains("take", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", failure.Message, StringComparison.OrdinalIgnoreCase);
    }
}
