using DeltaStream.Pulumi.Tests.Provider;
using DeltaStream.Pulumi.Wire;
using DeltaStream.Testing;
using Google.Protobuf.WellKnownTypes;
using static DeltaStream.Pulumi.Wire.PropertyDiff.Types;

namespace DeltaStream.Pulumi.Tests;

/// <summary>What counts as changed, and what of it needs another store. A diff asks nobody.</summary>
public sealed class DiffTests : DrivenTest
{
    [Requirement("NFR-005")]
    [Fact]
    public async Task Another_form_of_the_same_values_is_no_change()
    {
        var (outputs, inputs) = await CreatedAsync(Kafka().With("kafka.tlsVerifyServerHostname", true));

        foreach (
            var same in (Struct[])
                [
                    inputs,
                    inputs.With("kafka.saslPassword", $"{Mark}-password"),
                    inputs.With("kafka.uris", EngineValue.Secret("b-1.example.com:9092")),
                    // The name that the enum has in C#, and a default that is said or not.
                    inputs.With("kafka.saslHashFunction", "Sha512"),
                    inputs.With("kafka.tlsVerifyServerHostname", null),
                    inputs.With("postgres", Value.ForNull()),
                ]
        )
        {
            var diff = await Provider.DiffAsync(outputs, same, inputs);
            Assert.Equal(DiffResponse.Types.DiffChanges.DiffNone, diff.Changes);
            Assert.Empty(diff.DetailedDiff);
        }
    }

    [Requirement("FR-005")]
    [Fact]
    public async Task What_can_be_changed_in_place_is_an_update()
    {
        var (outputs, inputs) = await CreatedAsync(Kafka());

        await IsAsync(outputs, inputs.With("kafka.saslPassword", EngineValue.Secret($"{Mark}-2")), ("kafka.saslPassword", Kind.Update));
        await IsAsync(outputs, inputs.With("kafka.uris", "b-2.example.com:9092"), ("kafka.uris", Kind.Update));
        await IsAsync(outputs, inputs.With("kafka.schemaRegistryName", "sr"), ("kafka.schemaRegistryName", Kind.Add));
    }

    [Fact]
    public async Task What_can_not_be_changed_in_place_replaces_and_frees_the_name_first()
    {
        var (outputs, inputs) = await CreatedAsync(Databricks());

        var diff = await IsAsync(outputs, inputs.With("databricks.cloudRegion", "us-west-2"), ("databricks.cloudRegion", Kind.UpdateReplace));

        Assert.True(diff.DeleteBeforeReplace);
        Assert.Equal(["databricks"], diff.Replaces);
    }

    [Fact]
    public async Task Another_name_replaces_and_the_new_store_comes_first()
    {
        var (outputs, inputs) = await CreatedAsync(Kafka());

        var diff = await IsAsync(outputs, inputs.With("name", "payments"), ("name", Kind.UpdateReplace));

        Assert.False(diff.DeleteBeforeReplace);
    }

    [Fact]
    public async Task Another_subtype_replaces_and_frees_the_name_first()
    {
        var (outputs, _) = await CreatedAsync(Kafka());
        var news = await Provider.CheckAsync(Postgres());

        var diff = await IsAsync(outputs, news, ("kafka", Kind.DeleteReplace), ("postgres", Kind.AddReplace));

        Assert.True(diff.DeleteBeforeReplace);
    }

    [Fact]
    public async Task What_is_not_known_yet_is_a_change()
    {
        var (outputs, inputs) = await CreatedAsync(Databricks());

        await IsAsync(outputs, inputs.With("databricks.appToken", EngineValue.Unknown), ("databricks.appToken", Kind.Update));
        await IsAsync(outputs, inputs.With("databricks.cloudRegion", EngineValue.Unknown), ("databricks.cloudRegion", Kind.UpdateReplace));
        await IsAsync(outputs, inputs.With("databricks", EngineValue.Unknown), ("databricks", Kind.Update));
        await IsAsync(outputs, inputs.With("name", EngineValue.Unknown), ("name", Kind.UpdateReplace));
        await IsAsync(outputs, inputs.With("databricks.warehousePort", EngineValue.Unknown), ("databricks.warehousePort", Kind.AddReplace));
    }

    [Fact]
    public async Task A_file_counts_by_its_content()
    {
        var (here, there) = (Path.Combine(Folder, "ca.pem"), Path.Combine(Folder, "other.pem"));
        await File.WriteAllTextAsync(here, DeltaStream.Declarations.RightValues.Block("CERTIFICATE"));
        File.Copy(here, there);
        var (outputs, inputs) = await CreatedAsync(Kafka().With("kafka.tlsCaCertFile", here));

        Assert.Equal(
            DiffResponse.Types.DiffChanges.DiffNone,
            (await Provider.DiffAsync(outputs, inputs.With("kafka.tlsCaCertFile", there), inputs)).Changes
        );
        await File.WriteAllTextAsync(here, DeltaStream.Declarations.RightValues.Block("CERTIFICATE").Replace("AAAA", "BBBB", StringComparison.Ordinal));
        await IsAsync(outputs, inputs, ("kafka.tlsCaCertFile", Kind.Update));
    }

    [Fact]
    public async Task Of_an_asset_the_engine_tells_the_hash()
    {
        var (outputs, inputs) = await CreatedAsync(
            Kafka().With("kafka.tlsCaCertFile", EngineValue.Asset(DeltaStream.Declarations.RightValues.Block("CERTIFICATE")))
        );
        var (old, now) = (Hashed(outputs, "0123"), Hashed(inputs, "0123"));

        Assert.Equal(DiffResponse.Types.DiffChanges.DiffNone, (await Provider.DiffAsync(old, now)).Changes);
        await IsAsync(old, Hashed(inputs, "4567"), ("kafka.tlsCaCertFile", Kind.Update));

        static Struct Hashed(Struct values, string hash) =>
            values.With(
                "kafka.tlsCaCertFile",
                EngineValue.Object(
                    (EngineValue.Signature, EngineValue.Of(EngineValue.AssetSignature)),
                    ("hash", EngineValue.Of(hash))
                )
            );
    }

    [Fact]
    public async Task State_of_the_official_provider_leads_to_an_update()
    {
        var (outputs, inputs) = await CreatedAsync(Databricks());
        // It has the declaration and what the catalog shows, and nothing of ours.
        var official = outputs.With("__state", null);

        var diff = await Provider.DiffAsync(official, inputs);

        Assert.Equal(DiffResponse.Types.DiffChanges.DiffSome, diff.Changes);
        Assert.Empty(diff.Replaces);
        var updated = await Provider.UpdateAsync(official, inputs, inputs);
        Assert.Equal(DiffResponse.Types.DiffChanges.DiffNone, (await Provider.DiffAsync(updated.Properties, inputs)).Changes);
    }

    [Fact]
    public async Task State_that_can_not_be_read_says_what_to_do()
    {
        var (outputs, inputs) = await CreatedAsync(Kafka());

        foreach (var broken in (string[])["", "{}", "null", """{"key":"x","state":{}}""", "\u0000"])
        {
            var message = await ProviderClient.RefusedAsync(() => Provider.DiffAsync(outputs.With("__state", broken), inputs));
            Assert.Contains($"pulumi state delete '{Urn()}'", message, StringComparison.Ordinal);
        }
    }

    private async Task<(Struct Outputs, Struct Inputs)> CreatedAsync(Struct inputs)
    {
        var created = await Clock.RunAsync(Provider.CreateAsync(inputs));
        return (created.Properties, await Provider.CheckAsync(inputs));
    }

    private async Task<DiffResponse> IsAsync(Struct outputs, Struct news, params (string Path, Kind Kind)[] expected)
    {
        var diff = await Provider.DiffAsync(outputs, news);
        Assert.Equal(DiffResponse.Types.DiffChanges.DiffSome, diff.Changes);
        Assert.True(diff.HasDetailedDiff);
        Assert.Equal(
            expected.OrderBy(e => e.Path, StringComparer.Ordinal),
            diff.DetailedDiff.Select(d => (d.Key, d.Value.Kind)).OrderBy(d => d.Key, StringComparer.Ordinal)
        );
        return diff;
    }
}
