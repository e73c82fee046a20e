using DeltaStream.Pulumi.Tests.Provider;
using DeltaStream.Pulumi.Wire;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.TestSupport;
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

        await IsAsync(
            outputs,
            inputs.With("kafka.saslPassword", EngineValue.Secret($"{Mark}-2")),
            ("kafka.saslPassword", Kind.Update)
        );
        await IsAsync(outputs, inputs.With("kafka.uris", "b-2.example.com:9092"), ("kafka.uris", Kind.Update));
        await IsAsync(outputs, inputs.With("kafka.schemaRegistryName", "sr"), ("kafka.schemaRegistryName", Kind.Add));
    }

    [Fact]
    public async Task What_can_not_be_changed_in_place_replaces_and_frees_the_name_first()
    {
        var (outputs, inputs) = await CreatedAsync(Databricks());

        var diff = await IsAsync(
            outputs,
            inputs.With("databricks.cloudRegion", "us-west-2"),
            ("databricks.cloudRegion", Kind.UpdateReplace)
        );

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

        await IsAsync(
            outputs,
            inputs.With("databricks.appToken", EngineValue.Unknown),
            ("databricks.appToken", Kind.Update)
        );
        await IsAsync(
            outputs,
            inputs.With("databricks.cloudRegion", EngineValue.Unknown),
            ("databricks.cloudRegion", Kind.UpdateReplace)
        );
        await IsAsync(outputs, inputs.With("databricks", EngineValue.Unknown), ("databricks", Kind.Update));
        await IsAsync(outputs, inputs.With("name", EngineValue.Unknown), ("name", Kind.UpdateReplace));
        await IsAsync(
            outputs,
            inputs.With("databricks.warehousePort", EngineValue.Unknown),
            ("databricks.warehousePort", Kind.AddReplace)
        );
    }

    [Fact]
    public async Task Whatever_is_not_known_yet_of_any_subtype_is_a_change_and_nothing_else()
    {
        foreach (var subtype in StoreSubtypes.All)
        {
            var (outputs, inputs) = await CreatedAsync(Inputs(CaseOf(subtype.Name).Good));
            var member = Names.Camel(subtype.Name);
            foreach (var property in subtype.Properties)
            {
                var path = $"{member}.{property.Name}";
                if (EngineValue.At(inputs, path) is not null)
                {
                    var diff = await IsAsync(
                        outputs,
                        inputs.With(path, EngineValue.Unknown),
                        (path, property.Mutable ? Kind.Update : Kind.UpdateReplace)
                    );
                    Assert.Equal(!property.Mutable, diff.DeleteBeforeReplace);
                }
            }

            await Provider.DeleteAsync(outputs);
        }
    }

    [Fact]
    public async Task What_is_not_known_yet_is_judged_by_no_rule()
    {
        var (outputs, inputs) = await CreatedAsync(Kafka());
        // With the mode of before these would contradict each other.
        var news = inputs
            .With("kafka.saslHashFunction", EngineValue.Unknown)
            .With("kafka.saslUsername", null)
            .With("kafka.saslPassword", null)
            .With("kafka.mskIamRoleArn", "arn:aws:iam::123456789012:role/r")
            .With("kafka.mskAwsRegion", "us-east-1");

        var diff = await Provider.DiffAsync(outputs, news);

        Assert.Equal(Kind.Update, diff.DetailedDiff["kafka.saslHashFunction"].Kind);
        Assert.Equal(Kind.Add, diff.DetailedDiff["kafka.mskIamRoleArn"].Kind);
        // One of two subtypes may turn out to be none.
        var either = inputs.With("kafka", EngineValue.Unknown).With("postgres", EngineValue.Unknown);
        Assert.Empty(await Provider.FaultsAsync(either));
        await IsAsync(outputs, either.With("owner", "other"), ("kafka", Kind.Update), ("owner", Kind.UpdateReplace));
    }

    [Fact]
    public async Task A_file_that_is_gone_is_a_change_and_no_failure()
    {
        var path = Path.Combine(Folder, "old-ca.pem");
        await File.WriteAllTextAsync(path, DeltaStream.Declarations.RightValues.Block("CERTIFICATE"));
        var (outputs, inputs) = await CreatedAsync(Kafka().With("kafka.tlsCaCertFile", path));
        File.Delete(path);

        // The engine compares with the inputs of before when it refreshes and destroys.
        await IsAsync(outputs, inputs, ("kafka.tlsCaCertFile", Kind.Update));
        var read = await Provider.ReadAsync(outputs, inputs);
        Assert.Equal(inputs, read.Inputs);
        await Provider.DeleteAsync(read.Properties, inputs);
    }

    [Fact]
    public async Task What_an_update_outside_could_not_change_is_known_after_it()
    {
        var (outputs, inputs) = await CreatedAsync(Databricks());
        var later = outputs.With("updatedAt", "2026-02-03T04:05:06.0000000Z");

        var diff = await Provider.DiffAsync(later, inputs.With("databricks.cloudRegion", "us-west-2"), inputs);

        Assert.Equal(Kind.UpdateReplace, diff.DetailedDiff["databricks.cloudRegion"].Kind);
        Assert.Equal(Kind.Update, diff.DetailedDiff["databricks.appToken"].Kind);
        Assert.DoesNotContain("databricks.warehouseId", diff.DetailedDiff.Keys);
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
        await File.WriteAllTextAsync(
            here,
            DeltaStream.Declarations.RightValues.Block("CERTIFICATE").Replace("AAAA", "BBBB", StringComparison.Ordinal)
        );
        await IsAsync(outputs, inputs, ("kafka.tlsCaCertFile", Kind.Update));
    }

    [Fact]
    public async Task Of_an_asset_the_engine_tells_the_hash()
    {
        var (outputs, inputs) = await CreatedAsync(
            Kafka()
                .With(
                    "kafka.tlsCaCertFile",
                    EngineValue.Asset(DeltaStream.Declarations.RightValues.Block("CERTIFICATE"))
                )
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
        Assert.Equal(
            DiffResponse.Types.DiffChanges.DiffNone,
            (await Provider.DiffAsync(updated.Properties, inputs)).Changes
        );
    }

    [Fact]
    public async Task State_that_can_not_be_read_says_what_to_do()
    {
        var (outputs, inputs) = await CreatedAsync(Kafka());

        foreach (var broken in (string[])["", "{}", "null", """{"key":"x","state":{}}""", "\u0000"])
        {
            var message = await ProviderClient.RefusedAsync(() =>
                Provider.DiffAsync(outputs.With("__state", broken), inputs)
            );
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
