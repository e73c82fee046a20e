using DeltaStream.Declarations;
using DeltaStream.EndToEnd.Tests.Gate.Matrix;
using DeltaStream.EndToEnd.Tests.Specs;
using DeltaStream.Sdk;
using DeltaStream.Testing;

namespace DeltaStream.EndToEnd.Tests.Gate;

/// <summary>Plan and apply of every subtype: once, again, after a change outside, after a deletion outside, and another subtype.</summary>
public sealed class ApplyTests() : GateTest(GateOperation.Apply)
{
    private StoreState? _known;

    [Requirement("FR-001", "FR-003", "FR-004", "FR-005", "FR-010")]
    [Theory]
    [MemberData(nameof(Transports.BySubtype), MemberType = typeof(Transports))]
    public Task A_store_is_brought_to_its_declared_state_from_wherever_it_is(string subtype, Transport transport) =>
        CellAsync(
            subtype,
            transport,
            async () =>
            {
                var other = CanaryValues.WaysOf(StoreSubtypes.All.First(s => s.Name != subtype).Name, Watch)[0];
                await WorldAsync([.. Ways.Select(w => w.Full.Account()), other.Minimal.Account()]);
                foreach (var way in Ways)
                {
                    _known = null;
                    var store = way.Full.ToStore();
                    await AppliedAsync(StoreAction.Create, store);

                    if (way.Full.Spec.Properties.Any(p => p.Mutable && way.Full.Has(p)))
                    {
                        // By somebody else, who has no state. Nobody can tell what was changed.
                        await Clock.RunAsync(Client.UpdateAsync(store));
                        await AppliedAsync(StoreAction.Update, store);
                    }

                    await SendAsync("DROP STORE \"we\"\"ird 东西\";");
                    await AppliedAsync(StoreAction.Recreate, store);
                    await AppliedAsync(StoreAction.Replace, other.Minimal.ToStore());
                    await DeletedAsync();
                }
            }
        );

    private async Task AppliedAsync(StoreAction action, StoreArgs store)
    {
        var plan = await Client.PlanAsync([store], _known);
        Assert.True(plan.Stores.Single().Action == action, $"{action} was expected: {plan}");
        Watch.Look("a plan", $"{plan}\n{string.Join('\n', plan.Stores.SelectMany(s => s.Statements))}");

        var result = await Clock.RunAsync(Client.ApplyAsync(plan));
        Assert.True(result.IsDone, result.ToString());
        Assert.True(result.Stores.Single().Store!.IsReady);
        _known = result.State;
        Watch.Look("a state", _known.ToJson());

        var again = await Client.PlanAsync([store], _known);
        Assert.True(again.IsEmpty, again.ToString());
        Step();
    }

    private async Task DeletedAsync()
    {
        var plan = await Client.PlanAsync([], _known, new StorePlanOptions { Delete = true });
        Assert.Equal("1 delete", plan.Summary());

        var result = await Clock.RunAsync(Client.ApplyAsync(plan));
        Assert.True(result.IsDone, result.ToString());
        Assert.Empty(result.State.Stores);
        Assert.Null(await Client.GetAsync(Subtypes.Name));
        Step();
    }
}
