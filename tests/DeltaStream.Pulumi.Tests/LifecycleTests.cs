using DeltaStream.Pulumi.Tests.Provider;
using DeltaStream.Pulumi.Wire;
using DeltaStream.TestSupport;

namespace DeltaStream.Pulumi.Tests;

/// <summary>The life of a store of each subtype, call by call, over both transports (FR-010, D-005).</summary>
public sealed class LifecycleTests : PulumiTest
{
    [Requirement("FR-001", "FR-002", "FR-004", "FR-005", "FR-010")]
    [Theory]
    [MemberData(nameof(Cells))]
    public async Task A_store_is_created_updated_read_and_deleted(string subtype, string transport)
    {
        await using var provider = await StartAsync(transport);
        var (good, changed, _) = CaseOf(subtype);
        var inputs = await provider.CheckAsync(Inputs(good));

        var created = await provider.Client.CreateAsync(new CreateRequest { Urn = Urn(), Properties = inputs });
        Assert.Equal(good.Name, created.Id);
        Assert.True(created.RefreshBeforeUpdate);
        Assert.Equal("ready", EngineValue.At(created.Properties, "state")?.StringValue);
        Assert.Single(Changes);

        var outputs = created.Properties;
        Assert.Equal(DiffResponse.Types.DiffChanges.DiffNone, (await provider.DiffAsync(outputs, inputs)).Changes);

        var read = await provider.ReadAsync(outputs, inputs);
        Assert.Equal(created.Id, read.Id);
        Assert.Equal(inputs, read.Inputs);
        Assert.Equal(
            DiffResponse.Types.DiffChanges.DiffNone,
            (await provider.DiffAsync(read.Properties, inputs)).Changes
        );

        if (changed is not null)
        {
            var news = await provider.CheckAsync(Inputs(changed));
            var diff = await provider.DiffAsync(outputs, news);
            Assert.Equal(DiffResponse.Types.DiffChanges.DiffSome, diff.Changes);
            Assert.Empty(diff.Replaces);
            var updated = await provider.UpdateAsync(outputs, inputs, news);
            Assert.Equal(2, Changes.Length);
            outputs = updated.Properties;
            Assert.Equal(DiffResponse.Types.DiffChanges.DiffNone, (await provider.DiffAsync(outputs, news)).Changes);
        }

        await provider.DeleteAsync(outputs);
        Assert.Contains("DROP STORE", Changes[^1], StringComparison.Ordinal);
        Assert.Empty((await provider.ReadAsync(outputs, inputs)).Id);
        // FR-004: what is not there is deleted.
        await provider.DeleteAsync(outputs);
    }

    [Requirement("FR-008", "FR-009", "FR-010")]
    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Invalid_credentials_keep_the_store_and_going_back_sends_an_update(
        string subtype,
        string transport
    )
    {
        var (good, _, bad) = CaseOf(subtype);
        if (bad is null)
        {
            // Nothing of its credentials can be updated.
            return;
        }

        await using var provider = await StartAsync(transport);
        var inputs = await provider.CheckAsync(Inputs(good));
        var created = await provider.Client.CreateAsync(new CreateRequest { Urn = Urn(), Properties = inputs });
        var news = await provider.CheckAsync(Inputs(bad));

        var failed = await ProviderClient.FailAsync(async () =>
            await provider.UpdateAsync(created.Properties, inputs, news)
        );
        Assert.Contains("authentication failed", Assert.Single(failed.Reasons), StringComparison.Ordinal);
        Assert.Equal("errored", EngineValue.At(failed.Properties, "state")?.StringValue);
        Assert.DoesNotContain(Mark, failed.Reasons[0], StringComparison.Ordinal);

        // The engine keeps the old inputs and the new outputs. Who goes back must send the old password again.
        var diff = await provider.DiffAsync(failed.Properties, inputs, inputs);
        Assert.Equal(DiffResponse.Types.DiffChanges.DiffSome, diff.Changes);
        Assert.Empty(diff.Replaces);
        var mended = await provider.UpdateAsync(failed.Properties, inputs, inputs);
        Assert.Equal("ready", EngineValue.At(mended.Properties, "state")?.StringValue);
        Assert.Equal(3, Changes.Length);
    }
}
