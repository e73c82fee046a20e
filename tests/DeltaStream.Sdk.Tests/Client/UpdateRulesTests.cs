using DeltaStream.Sdk.Client;
using DeltaStream.Sdk.Statements;
using DeltaStream.TestSupport;

namespace DeltaStream.Sdk.Tests.Client;

/// <summary>FR-005: what can be changed in place, and what is refused before anything is sent.</summary>
public sealed class UpdateRulesTests
{
    private static readonly StoreFile s_pem = StoreFile.FromText(Declarations.Pem);

    [Requirement("FR-005")]
    [Fact]
    public void What_is_not_mutable_is_refused() =>
        AssertRefused(
            Declarations.Kafka with
            {
                TlsProtocols = "TLSv1.3",
            },
            Declarations.Kafka,
            "kafka.tlsProtocols can't be changed from nothing to 'TLSv1.3' in place: set it back, or delete the store and create it anew"
        );

    [Fact]
    public void The_name_and_the_owner_are_not_mutable()
    {
        AssertRefused(
            Declarations.Kafka with
            {
                Name = "other",
            },
            Declarations.Kafka,
            "kafka.name can't be changed from 'orders' to 'other' in place: set it back, or delete the store and create it anew"
        );
        AssertRefused(
            Declarations.Kafka with
            {
                Owner = "other",
            },
            Declarations.Kafka,
            "kafka.owner can't be changed from nothing to 'other' in place: set it back, or delete the store and create it anew"
        );
    }

    [Fact]
    public void The_subtype_is_not_mutable() =>
        AssertRefused(
            Declarations.Postgres,
            Declarations.Kafka,
            "postgres.subtype can't be changed from kafka to postgres in place: set it back, or delete the store and create it anew"
        );

    [Fact]
    public void What_the_service_would_keep_is_not_silently_left_out() =>
        AssertRefused(
            Declarations.Kafka,
            Declarations.Kafka with
            {
                TlsCaCertFile = s_pem,
            },
            "kafka.tlsCaCertFile can't be taken away (it is '***') in place: set it back, or delete the store and create it anew"
        );

    [Fact]
    public void What_the_new_mode_forbids_goes_with_the_old_one()
    {
        Assert.Empty(
            StoreUpdateRules.Check(
                Declarations.Kafka with
                {
                    TlsCaCertFile = s_pem,
                },
                Declarations.Kafka with
                {
                    TlsDisabled = true,
                }
            )
        );
        Assert.Empty(StoreUpdateRules.Check(Declarations.Kafka, Declarations.KafkaByIam));
    }

    [Fact]
    public void A_default_that_comes_back_is_said_outright()
    {
        var statement = StoreStatement.Update(Declarations.Postgres, Declarations.Postgres with { TlsDisabled = true });

        Assert.Contains(
            "'tls.disabled' = FALSE, 'tls.verify_server_hostname' = TRUE",
            statement!.Value.Reveal(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_update_never_names_the_type() =>
        Assert.DoesNotContain(
            "'type'",
            StoreStatement.Update(Declarations.KafkaByIam, Declarations.Kafka)!.Value.Reveal(),
            StringComparison.Ordinal
        );

    private static void AssertRefused(StoreArgs store, StoreArgs previous, string message)
    {
        var failure = Assert.Single(StoreUpdateRules.Check(previous, store));

        Assert.Equal((StoreValidationCodes.Immutable, message), (failure.Code, failure.Message));
    }
}
