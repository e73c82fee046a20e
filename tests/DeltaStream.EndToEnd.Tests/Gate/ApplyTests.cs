using DeltaStream.Data.Secrets;
using DeltaStream.Declarations;
using DeltaStream.EndToEnd.Tests.Gate.Matrix;
using DeltaStream.EndToEnd.Tests.Specs;
using DeltaStream.Sdk;
using DeltaStream.TestSupport;

namespace DeltaStream.EndToEnd.Tests.Gate;

/// <summary>Plan and apply of every subtype: once, again, after a change outside, after a deletion outside, and another subtype.</summary>
public sealed class ApplyTests() : GateTest(GateOperation.Apply)
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deltastream-apply-").FullName;
    private StoreStateFile _file = null!;
    private int _files;

    public override async Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        await base.DisposeAsync();
    }

    [Requirement("FR-001", "FR-003", "FR-004", "FR-005", "FR-007", "FR-010")]
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
                    using var file = StoreStateFile.Open(Path.Combine(_folder, $"state {_files++}"));
                    _file = file;
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
                    // A new subtype may have no credentials that are wrong.
                    if (Subtypes.Case(way, []).BadCredentials is { } bad)
                    {
                        await FailedAsync(bad);
                        await DeletedAsync();
                    }
                }
            }
        );

    private async Task AppliedAsync(StoreAction action, StoreArgs store)
    {
        var plan = await PlanAsync(store);
        Assert.True(plan.Stores.Single().Action == action, $"{action} was expected: {plan}");

        var result = await ApplyAsync(plan);
        Assert.True(result.IsDone, result.ToString());
        Assert.True(result.Stores.Single().Store!.IsReady);

        var again = await PlanAsync(store);
        Assert.True(again.IsEmpty, again.ToString());
        Step();
    }

    private async Task FailedAsync(StoreArgs store)
    {
        var result = await ApplyAsync(await PlanAsync(store));
        var exception = Assert.Throws<StoreApplyException>(result.ThrowIfFailed);
        Assert.IsType<StoreErroredException>(exception.InnerException);
        Look("an exception", exception.ToString());

        var again = await PlanAsync(store);
        Assert.Equal(StoreAction.Retry, again.Stores.Single().Action);
        Step();
    }

    private async Task DeletedAsync()
    {
        var plan = await PlanAsync();
        Assert.Equal("1 delete", plan.Summary());

        var result = await ApplyAsync(plan);
        Assert.True(result.IsDone, result.ToString());
        Assert.Empty(_file.State.Stores);
        Assert.Null(await Client.GetAsync(Subtypes.Name));
        Step();
    }

    private async Task<StorePlan> PlanAsync(params StoreArgs[] stores)
    {
        var plan = await Client.PlanAsync(stores, _file.State, new StorePlanOptions { Delete = true });
        Look("a plan", $"{plan}\n{plan.Summary()}\n{string.Join('\n', plan.Stores)}");
        Look("its statements", string.Join('\n', plan.Stores.SelectMany(s => s.Statements)));
        return plan;
    }

    private async Task<StoreApplyResult> ApplyAsync(StorePlan plan)
    {
        var events = new Events(this);
        var options = new StoreApplyOptions { SaveState = _file.SaveAsync, Progress = events };
        var result = await Clock.RunAsync(Client.ApplyAsync(plan, options));
        Assert.True(events.Count > 1, "no event was looked at");
        Look("a result", $"{result}\n{string.Join('\n', result.Stores)}");
        Look("a state", $"{result.State}\n{result.State.ToJson()}");
        foreach (var path in Directory.GetFiles(_folder).Where(p => Path.GetExtension(p) != ".lock"))
        {
            Look(Path.GetFileName(path), File.ReadAllText(path));
        }

        Assert.All(Directory.GetFiles(_folder, "*.lock"), l => Assert.Equal(0, new FileInfo(l).Length));
        return result;
    }

    /// <summary>Looks for every secret, as it is and in each form that SECURITY.md lists.</summary>
    private void Look(string where, string text)
    {
        Watch.Look(where, text);
        var redacted = new Redaction(() => Watch.Canaries).Redact(text);
        Assert.True(redacted == text, $"a secret is in {where}: {redacted}");
    }

    private sealed class Events(ApplyTests tests) : IProgress<StoreApplyEvent>
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void Report(StoreApplyEvent value)
        {
            Interlocked.Increment(ref _count);
            tests.Look("an event", $"{value}\n{value.Counts}\n{value.Readiness}\n{value.Exception}");
        }
    }
}
