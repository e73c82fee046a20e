using DeltaStream.Declarations;
using DeltaStream.EndToEnd.Tests.Gate.Matrix;
using DeltaStream.EndToEnd.Tests.Specs;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.TestSupport;

namespace DeltaStream.EndToEnd.Tests.Gate;

/// <summary>FR-005: whatever is mutable is updated in place, one by one; whatever is not is refused.</summary>
public sealed class UpdateTests() : GateTest(GateOperation.Update)
{
    [Requirement("FR-005", "FR-010")]
    [Theory]
    [MemberData(nameof(Transports.BySubtype), MemberType = typeof(Transports))]
    public Task Every_mutable_property_is_updated_in_place_and_no_other(string subtype, Transport transport) =>
        CellAsync(
            subtype,
            transport,
            async () =>
            {
                foreach (var start in Ways.SelectMany(PropertyUpdate.Of).GroupBy(u => u.From))
                {
                    await StaysReadyAsync(start.Key, [.. start]);
                    await ArrivesAsync(start.Key, [.. start]);
                }

                await WorldAsync();
                foreach (var from in Ways)
                {
                    foreach (var to in Ways.Where(w => w != from))
                    {
                        await SwitchesAsync(from, to);
                    }

                    foreach (var property in Spec.Properties.Where(p => from.Full.Has(p)))
                    {
                        await StaysAsync(from, property);
                        await IsTakenAwayAsync(from, property);
                    }
                }

                AssertAllAreUpdated();
            }
        );

    /// <summary>A ready store is ready again, with the new value and with the old one back.</summary>
    private async Task StaysReadyAsync(Declaration from, IReadOnlyList<PropertyUpdate> updates)
    {
        await WorldAsync([from.Account(), .. updates.Select(u => u.To.Account())]);
        var before = await CreateAsync(from);
        foreach (var update in updates)
        {
            var updated = await UpdateAsync(update.To, from);
            var again = await UpdateAsync(from, from: null);

            Assert.True(updated.IsReady, update.Property.Name);
            Assert.Equal(before.CreatedAt, again.CreatedAt);
            Assert.True(updated.UpdatedAt > before.UpdatedAt, $"the update of {update.Property.Name} left no trace");
            Assert.True(again.UpdatedAt > updated.UpdatedAt, "the update without a previous declaration left no trace");
            before = again;
        }
    }

    /// <summary>Where only the new declarations are known, nothing but a new one, whole, makes a store ready.</summary>
    private async Task ArrivesAsync(Declaration from, IReadOnlyList<PropertyUpdate> updates)
    {
        await WorldAsync(updates.Select(u => u.To.Account()));
        await FailsAsync<StoreErroredException>(() => Client.CreateAsync(from.ToStore()));
        foreach (var update in updates)
        {
            var updated = await UpdateAsync(update.To, from);
            Assert.True(updated.IsReady, update.Property.Name);

            await FailsAsync<StoreErroredException>(() => Client.UpdateAsync(from.ToStore(), update.To.ToStore()));
            Step();
        }
    }

    /// <summary>From one way to authenticate to another, in place where the spec lets it.</summary>
    private async Task SwitchesAsync(Way from, Way to)
    {
        var blocking = Spec.Properties.Where(p => IsChanged(p) && (!p.Mutable || (Stays(p) && MayStay(p)))).ToArray();
        if (blocking.Length > 0)
        {
            await RefusedAsync(to.Minimal, from.Minimal, blocking);
        }
        else
        {
            await WorldAsync(to.Minimal.Account());
            await FailsAsync<StoreErroredException>(() => Client.CreateAsync(from.Minimal.ToStore()));
            Assert.True((await UpdateAsync(to.Minimal, from.Minimal)).IsReady);

            await WorldAsync(from.Minimal.Account());
            await CreateAsync(from.Minimal);
            await FailsAsync<StoreErroredException>(() =>
                Client.UpdateAsync(to.Minimal.ToStore(), from.Minimal.ToStore())
            );
        }

        Step();

        bool IsChanged(PropertySpec property) =>
            !Equals(from.Minimal.InEffect(property), to.Minimal.InEffect(property));
        // What the new way leaves out though its rules would let it stand, the service would keep.
        bool MayStay(PropertySpec property) =>
            to.Minimal.InEffect(property) is null && to.Extended(to.Minimal, property) is not null;
    }

    /// <summary>What is not mutable is refused, for whoever changed it meant it.</summary>
    private async Task StaysAsync(Way way, PropertySpec property)
    {
        foreach (var changed in property.Mutable ? [] : way.Changed(way.Full, property))
        {
            await RefusedAsync(changed, way.Full, property);
            Step();
        }
    }

    /// <summary>What has no default is taken away where the spec says how, and is refused otherwise.</summary>
    private async Task IsTakenAwayAsync(Way way, PropertySpec property)
    {
        var without = way.Full.Without(property.Member);
        if (property.Required || property.Default is not null || !without.IsRight)
        {
            return;
        }

        if (!property.Mutable || Stays(property))
        {
            await RefusedAsync(without, way.Full, property);
        }
        else
        {
            // The account asks for what is then gone.
            await WorldAsync(way.Full.Account());
            await CreateAsync(way.Full);
            await FailsAsync<StoreErroredException>(() => Client.UpdateAsync(without.ToStore(), way.Full.ToStore()));
        }

        Step();
    }

    /// <summary>Whether an update can't take it away by itself.</summary>
    private static bool Stays(PropertySpec property) => property.Unset == "refuse";

    private void AssertAllAreUpdated()
    {
        var updated = Ways.SelectMany(PropertyUpdate.Of).Select(u => u.Property).ToHashSet();
        var never = Spec.Properties.Where(p => p.Mutable && !updated.Contains(p)).Select(p => p.Name);
        Assert.True(
            !never.Any(),
            $"{string.Join(", ", never)}: nothing to update it to: give it a second of its \"examples\" in {StoreSpecFile.NameOf(Spec.Subtype)}, or an account that lets it stand in {Account.FileOf(Spec)}"
        );
    }
}
