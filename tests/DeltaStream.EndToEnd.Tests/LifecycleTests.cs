using DeltaStream.Emulator;
using DeltaStream.Sdk;
using DeltaStream.TestSupport;

namespace DeltaStream.EndToEnd.Tests;

/// <summary>What happens to stores, besides what the gate shows for every subtype.</summary>
public sealed class LifecycleTests : EndToEndTest
{
    [Theory]
    [MemberData(nameof(Transports.BySubtype), MemberType = typeof(Transports))]
    public async Task Creating_what_exists_is_a_conflict_and_changes_nothing(string subtype, Transport transport)
    {
        var client = ClientOver(transport);
        var (good, changed, _) = Subtypes[subtype];
        var created = await Clock.RunAsync(client.CreateAsync(good));

        await FailsAsync<StoreConflictException>(() => client.CreateAsync(changed ?? good));

        Assert.Equal(created, await client.GetAsync(Subtypes.Name));
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task The_kafka_authentication_mode_is_switched_in_place(Transport transport)
    {
        var client = ClientOver(transport);
        var sasl = (KafkaStoreArgs)Subtypes["kafka"].Good;
        var iam = sasl with
        {
            SaslHashFunction = KafkaSaslHashFunction.AwsMskIam,
            SaslUsername = null,
            SaslPassword = null,
            MskIamRoleArn = "arn:aws:iam::123456789012:role/unknown",
            MskAwsRegion = "us-east-1",
        };
        await Clock.RunAsync(client.CreateAsync(sasl));

        // The emulator knows no account for the role, so the switch itself succeeds and its credentials do not.
        var exception = await FailsAsync<StoreErroredException>(() => client.UpdateAsync(iam, sasl));

        Assert.Contains("kafka.sasl", exception.StatusMessage, StringComparison.Ordinal);
        Assert.True((await Clock.RunAsync(client.UpdateAsync(sasl, iam))).IsReady);
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task Files_travel_and_may_be_replaced_in_place(Transport transport)
    {
        var client = ClientOver(transport);
        var kafka = (KafkaStoreArgs)Subtypes["kafka"].Good with { TlsCaCertFile = StoreFile.FromText(Pem("first")) };
        var created = await Clock.RunAsync(client.CreateAsync(kafka));

        var updated = await Clock.RunAsync(
            client.UpdateAsync(kafka with { TlsCaCertFile = StoreFile.FromText(Pem("second")) }, kafka)
        );

        Assert.True(updated.UpdatedAt > created.UpdatedAt);

        static string Pem(string text) =>
            $"-----BEGIN CERTIFICATE-----\n{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text))}\n-----END CERTIFICATE-----\n";
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task All_stores_are_listed_by_name_and_none_is_left_out(Transport transport)
    {
        var client = ClientOver(transport);
        for (var i = 0; i < 300; i++)
        {
            await SendAsync(
                FormattableString.Invariant(
                    $"CREATE STORE \"s{i:000}\" WITH ( 'type' = KAFKA, 'uris' = 'b:9092', 'kafka.sasl.hash_function' = NONE );"
                )
            );
        }

        var names = new List<string>();
        await foreach (var store in client.ListAsync())
        {
            names.Add(store.Name);
        }

        Assert.Equal(Enumerable.Range(0, 300).Select(i => FormattableString.Invariant($"s{i:000}")), names);
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task Many_stores_are_created_at_once(Transport transport)
    {
        var client = ClientOver(transport);
        var kafka = (KafkaStoreArgs)Subtypes["kafka"].Good;

        var stores = await Clock.RunAsync(
            Task.WhenAll(Enumerable.Range(0, 20).Select(i => client.CreateAsync(kafka with { Name = $"store {i}" })))
        );

        Assert.All(stores, s => Assert.True(s.IsReady));
    }
}
