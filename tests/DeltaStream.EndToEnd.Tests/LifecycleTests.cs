using DeltaStream.Emulator;
using DeltaStream.Sdk;
using DeltaStream.Testing;

namespace DeltaStream.EndToEnd.Tests;

/// <summary>FR-010, D-005: create, update, delete, invalid credentials, timeout, deleted outside, for every subtype.</summary>
public sealed class LifecycleTests : EndToEndTest
{
    [Requirement("FR-001", "FR-002", "FR-003", "FR-010", "NFR-006")]
    [Theory]
    [MemberData(nameof(Transports.BySubtype), MemberType = typeof(Transports))]
    public async Task A_store_is_created_and_ready_and_shows_the_uniform_fields(string subtype, Transport transport)
    {
        var client = ClientOver(transport);
        var store = await Clock.RunAsync(client.CreateAsync(Subtypes[subtype].Good));

        Assert.Equal(
            (Subtypes.Name, Subtypes[subtype].CatalogType, "ready", "sysadmin", null),
            (store.Name, store.Type, store.State, store.Owner, store.StatusMessage)
        );
        Assert.Equal(TimeSpan.Zero, store.CreatedAt.Offset);
        Assert.True(store.CreatedAt <= Clock.GetUtcNow() - ProvisionDelay);
        Assert.Equal(store, await client.GetAsync(Subtypes.Name));
    }

    [Requirement("FR-005", "FR-010")]
    [Theory]
    [MemberData(nameof(Transports.BySubtype), MemberType = typeof(Transports))]
    public async Task A_store_is_updated_in_place_and_ready_again(string subtype, Transport transport)
    {
        var client = ClientOver(transport);
        var (good, _, changed, _) = Subtypes[subtype];
        var created = await Clock.RunAsync(client.CreateAsync(good));

        var updated = await Clock.RunAsync(client.UpdateAsync(changed, good));
        var again = await Clock.RunAsync(client.UpdateAsync(good));

        Assert.Equal("ready", updated.State);
        Assert.Equal(created.CreatedAt, updated.CreatedAt);
        Assert.True(updated.UpdatedAt > created.UpdatedAt, "the update left no trace");
        Assert.True(again.UpdatedAt > updated.UpdatedAt, "the update without a previous declaration left no trace");
    }

    [Requirement("FR-005")]
    [Theory]
    [MemberData(nameof(Transports.BySubtype), MemberType = typeof(Transports))]
    public async Task A_description_is_updated_in_place(string subtype, Transport transport)
    {
        var client = ClientOver(transport);
        var good = Subtypes[subtype].Good;
        var created = await Clock.RunAsync(client.CreateAsync(good with { Description = "before" }));

        var updated = await Clock.RunAsync(
            client.UpdateAsync(good with { Description = "after: it's" }, good with { Description = "before" })
        );

        Assert.Equal(created.CreatedAt, updated.CreatedAt);
        Assert.True(updated.UpdatedAt > created.UpdatedAt);
    }

    [Requirement("FR-004", "FR-010")]
    [Theory]
    [MemberData(nameof(Transports.BySubtype), MemberType = typeof(Transports))]
    public async Task A_store_is_deleted_and_deleting_it_again_is_no_failure(string subtype, Transport transport)
    {
        var client = ClientOver(transport);
        await Clock.RunAsync(client.CreateAsync(Subtypes[subtype].Good));

        Assert.True(await Clock.RunAsync(client.DeleteAsync(Subtypes.Name)));
        Assert.Null(await client.GetAsync(Subtypes.Name));
        Assert.False(await Clock.RunAsync(client.DeleteAsync(Subtypes.Name)));
    }

    [Requirement("FR-008", "FR-009", "FR-010")]
    [Theory]
    [MemberData(nameof(Transports.BySubtype), MemberType = typeof(Transports))]
    public async Task Invalid_credentials_at_creation_surface_with_the_backends_words(
        string subtype,
        Transport transport
    )
    {
        var client = ClientOver(transport);
        var exception = await FailsAsync<StoreErroredException>(() =>
            client.CreateAsync(Subtypes[subtype].BadCredentials)
        );

        Assert.Equal(subtype, exception.Subtype);
        Assert.StartsWith(
            "authentication failed: the credentials for ",
            exception.StatusMessage,
            StringComparison.Ordinal
        );
        Assert.Contains(exception.StatusMessage!, exception.Message, StringComparison.Ordinal);
    }

    [Requirement("FR-008", "FR-010")]
    [Theory]
    [MemberData(nameof(Transports.BySubtype), MemberType = typeof(Transports))]
    public async Task Invalid_credentials_in_an_update_surface_and_right_ones_mend_the_store(
        string subtype,
        Transport transport
    )
    {
        var client = ClientOver(transport);
        var (good, _, _, bad) = Subtypes[subtype];
        await Clock.RunAsync(client.CreateAsync(good));

        await FailsAsync<StoreErroredException>(() => client.UpdateAsync(bad, good));
        Assert.Equal("errored", (await client.GetAsync(Subtypes.Name))?.State);

        Assert.True((await Clock.RunAsync(client.UpdateAsync(good, bad))).IsReady);
    }

    [Requirement("FR-010")]
    [Theory]
    [MemberData(nameof(Transports.BySubtype), MemberType = typeof(Transports))]
    public async Task A_store_deleted_outside_is_found_missing_and_created_again(string subtype, Transport transport)
    {
        var client = ClientOver(transport);
        var good = Subtypes[subtype].Good;
        await Clock.RunAsync(client.CreateAsync(good));
        await SendAsync("DROP STORE \"we\"\"ird 东西\";");

        Assert.Null(await client.GetAsync(Subtypes.Name));
        await FailsAsync<StoreNotFoundException>(() => client.UpdateAsync(Subtypes[subtype].Changed, good));
        Assert.True((await Clock.RunAsync(client.CreateAsync(good))).IsReady);
    }

    [Theory]
    [MemberData(nameof(Transports.BySubtype), MemberType = typeof(Transports))]
    public async Task Creating_what_exists_is_a_conflict_and_changes_nothing(string subtype, Transport transport)
    {
        var client = ClientOver(transport);
        var (good, _, changed, _) = Subtypes[subtype];
        var created = await Clock.RunAsync(client.CreateAsync(good));

        await FailsAsync<StoreConflictException>(() => client.CreateAsync(changed));

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
            MskIamRoleArn = "arn:aws:iam::123456789012:role/example",
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
