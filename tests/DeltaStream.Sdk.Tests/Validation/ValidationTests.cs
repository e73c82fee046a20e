using System.Globalization;
using DeltaStream.TestSupport;

namespace DeltaStream.Sdk.Tests.Validation;

/// <summary>FR-006: every rule of the specs, by property, code and message.</summary>
public sealed class ValidationTests
{
    private static readonly StoreFile s_pem = StoreFile.FromText(Declarations.Pem);

    public static TheoryData<string> Cases => [.. s_cases.Keys];

    private static readonly Dictionary<string, (StoreArgs Args, string Property, string Code, string Message)> s_cases =
        new(StringComparer.Ordinal)
        {
            ["password missing"] = (
                Declarations.Kafka with
                {
                    SaslPassword = null,
                },
                "kafka.saslPassword",
                StoreValidationCodes.Missing,
                "is required when SaslHashFunction is Plain, Sha256 or Sha512: set SaslPassword. SASL authenticates with a username and a password"
            ),
            ["role with a password mode"] = (
                Declarations.Kafka with
                {
                    MskIamRoleArn = "arn",
                },
                "kafka.mskIamRoleArn",
                StoreValidationCodes.Forbidden,
                "must not be set when SaslHashFunction is Plain, Sha256 or Sha512: remove MskIamRoleArn. SASL authenticates with a username and a password"
            ),
            ["region missing"] = (
                Declarations.KafkaByIam with
                {
                    MskAwsRegion = null,
                },
                "kafka.mskAwsRegion",
                StoreValidationCodes.Missing,
                "is required when SaslHashFunction is AwsMskIam: set MskAwsRegion. Amazon MSK authenticates with an IAM role in a region"
            ),
            ["username with a role"] = (
                Declarations.KafkaByIam with
                {
                    SaslUsername = "u",
                },
                "kafka.saslUsername",
                StoreValidationCodes.Forbidden,
                "must not be set when SaslHashFunction is AwsMskIam: remove SaslUsername. Amazon MSK authenticates with an IAM role in a region"
            ),
            ["username without authentication"] = (
                Declarations.Kafka with
                {
                    SaslHashFunction = KafkaSaslHashFunction.None,
                    SaslPassword = null,
                },
                "kafka.saslUsername",
                StoreValidationCodes.Forbidden,
                "must not be set when SaslHashFunction is None: remove SaslUsername. Without authentication no credentials are sent"
            ),
            ["CA without TLS"] = (
                Declarations.Kafka with
                {
                    TlsDisabled = true,
                    TlsCaCertFile = s_pem,
                },
                "kafka.tlsCaCertFile",
                StoreValidationCodes.Forbidden,
                "must not be set when TlsDisabled is true: remove TlsCaCertFile. Without TLS there is no certificate to check or to present"
            ),
            ["host name check without TLS"] = (
                Declarations.Postgres with
                {
                    TlsDisabled = true,
                    TlsVerifyServerHostname = true,
                },
                "postgres.tlsVerifyServerHostname",
                StoreValidationCodes.Contradiction,
                "must be false when TlsDisabled is true: remove TlsVerifyServerHostname or set it so. Without TLS there is no certificate to check"
            ),
            ["certificate without its key"] = (
                Declarations.Kafka with
                {
                    TlsClientCertFile = s_pem,
                },
                "kafka.tlsClientKeyFile",
                StoreValidationCodes.Missing,
                "is required when TlsClientCertFile is set: set TlsClientKeyFile. A client certificate is presented together with its private key"
            ),
            ["no mode"] = (
                Declarations.Kafka with
                {
                    SaslHashFunction = default,
                },
                "kafka.saslHashFunction",
                StoreValidationCodes.Missing,
                "is missing: choose KafkaSaslHashFunction.None, KafkaSaslHashFunction.Plain, KafkaSaslHashFunction.Sha256, KafkaSaslHashFunction.Sha512 or KafkaSaslHashFunction.AwsMskIam"
            ),
            ["mode that does not exist"] = (
                Declarations.Kafka with
                {
                    SaslHashFunction = (KafkaSaslHashFunction)99,
                },
                "kafka.saslHashFunction",
                StoreValidationCodes.NotInSet,
                "is none of the values there are: choose KafkaSaslHashFunction.None, KafkaSaslHashFunction.Plain, KafkaSaslHashFunction.Sha256, KafkaSaslHashFunction.Sha512 or KafkaSaslHashFunction.AwsMskIam"
            ),
            ["empty name"] = (
                Declarations.Postgres with
                {
                    Name = "",
                },
                "postgres.name",
                StoreValidationCodes.TooShort,
                "is empty: give it a value"
            ),
            ["no name"] = (
                Declarations.Postgres with
                {
                    Name = null!,
                },
                "postgres.name",
                StoreValidationCodes.Missing,
                "is missing: set it"
            ),
            ["empty secret"] = (
                Declarations.Postgres with
                {
                    Password = default,
                },
                "postgres.password",
                StoreValidationCodes.TooShort,
                "is empty: give it a value"
            ),
            ["secret from an unset variable"] = (
                Declarations.Postgres with
                {
                    Password = Environment.GetEnvironmentVariable("DELTASTREAM_NO_SUCH_VARIABLE"),
                },
                "postgres.password",
                StoreValidationCodes.TooShort,
                "is empty: give it a value"
            ),
            ["required text that is null"] = (
                Declarations.Snowflake with
                {
                    RoleName = null!,
                },
                "snowflake.roleName",
                StoreValidationCodes.Missing,
                "is missing: set it"
            ),
            ["required file that is null"] = (
                Declarations.Snowflake with
                {
                    ClientKey = null!,
                },
                "snowflake.clientKey",
                StoreValidationCodes.Missing,
                "is missing: set it"
            ),
            ["empty file"] = (
                Declarations.Snowflake with
                {
                    ClientKey = StoreFile.FromText(""),
                },
                "snowflake.clientKey",
                StoreValidationCodes.InvalidFile,
                "is an empty file: give it its content"
            ),
            ["file that is not PEM"] = (
                Declarations.Snowflake with
                {
                    ClientKey = StoreFile.FromText("key"),
                },
                "snowflake.clientKey",
                StoreValidationCodes.InvalidFile,
                "is not PEM: it must hold a private key in PKCS #8, from '-----BEGIN PRIVATE KEY-----' to '-----END PRIVATE KEY-----'"
            ),
            ["empty description"] = (
                Declarations.Snowflake with
                {
                    Description = "",
                },
                "snowflake.description",
                StoreValidationCodes.TooShort,
                "is empty: give it a value"
            ),
        };

    [Requirement("FR-006")]
    [Theory]
    [MemberData(nameof(Cases))]
    public void A_broken_rule_is_named_with_its_remedy(string name)
    {
        var (args, property, code, message) = s_cases[name];

        var failure = Assert.Single(args.Validate());

        Assert.Equal((property, code, $"{property} {message}"), (failure.Property, failure.Code, failure.Message));
    }

    [Requirement("FR-006")]
    [Fact]
    public void All_failures_come_at_once()
    {
        var failures = new KafkaStoreArgs
        {
            Name = "",
            Uris = "b",
            SaslHashFunction = KafkaSaslHashFunction.Sha256,
            MskAwsRegion = "",
        }.Validate();

        Assert.Equal(
            [
                ("kafka.name", StoreValidationCodes.TooShort),
                ("kafka.uris", StoreValidationCodes.InvalidUri),
                ("kafka.mskAwsRegion", StoreValidationCodes.TooShort),
                ("kafka.saslUsername", StoreValidationCodes.Missing),
                ("kafka.saslPassword", StoreValidationCodes.Missing),
                ("kafka.mskAwsRegion", StoreValidationCodes.Forbidden),
            ],
            failures.Select(f => (f.Property, f.Code))
        );
    }

    [Theory]
    [InlineData("kafka")]
    [InlineData("kafka by role")]
    [InlineData("postgres")]
    [InlineData("snowflake")]
    public void A_right_declaration_is_valid_and_costs_no_memory(string which)
    {
        StoreArgs args = which switch
        {
            "kafka" => Declarations.Kafka with { TlsCaCertFile = s_pem },
            "kafka by role" => Declarations.KafkaByIam,
            "postgres" => Declarations.Postgres,
            _ => Declarations.Snowflake,
        };
        Assert.Empty(args.Validate());

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            _ = args.Validate();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Messages_do_not_depend_on_the_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var expected = (Declarations.Kafka with { Uris = "b", Name = "a\nb" }).Validate();
            var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            other.NumberFormat.NativeDigits = ["٠", "١", "٢", "٣", "٤", "٥", "٦", "٧", "٨", "٩"];
            other.NumberFormat.NegativeSign = "minus";
            other.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = other;

            Assert.Equal(expected, (Declarations.Kafka with { Uris = "b", Name = "a\nb" }).Validate());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_exception_lists_all_failures()
    {
        var exception = new StoreValidationException(
            "orders",
            (Declarations.Kafka with { SaslPassword = null, SaslUsername = null }).Validate()
        );

        Assert.StartsWith(
            "Store 'orders' is not valid, for 2 reasons:\n  kafka.saslUsername is",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("\n  kafka.saslPassword is required", exception.Message, StringComparison.Ordinal);
        Assert.Equal("orders", exception.StoreName);
    }

    [Requirement("FR-006")]
    [Fact]
    public void An_unsupported_subtype_is_a_validation_failure_that_lists_those_there_are()
    {
        var exception = Assert.Throws<StoreValidationException>(() => StoreSubtypes.Get("oracle"));

        Assert.Equal(StoreValidationCodes.UnsupportedSubtype, Assert.Single(exception.Failures).Code);
        Assert.Contains(
            $"use one of {string.Join(", ", StoreSubtypes.All.Select(s => s.Name))}",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("kafka", "kafka")]
    [InlineData("KAFKA", "kafka")]
    [InlineData("POSTGRESQL", "postgres")]
    [InlineData("Postgres", "postgres")]
    public void A_subtype_is_found_by_name_or_type(string name, string expected) =>
        Assert.Equal(expected, StoreSubtypes.Get(name).Name);
}
