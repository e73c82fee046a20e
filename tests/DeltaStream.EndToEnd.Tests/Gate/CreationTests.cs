using DeltaStream.Declarations;
using DeltaStream.EndToEnd.Tests.Gate.Matrix;
using DeltaStream.EndToEnd.Tests.Specs;
using DeltaStream.Sdk;
using DeltaStream.TestSupport;

namespace DeltaStream.EndToEnd.Tests.Gate;

/// <summary>FR-001: every subtype is created by every way to authenticate, with as little and with as much as may be said.</summary>
public sealed class CreationTests() : GateTest(GateOperation.Create)
{
    [Requirement("FR-001", "FR-002", "FR-003", "FR-010", "NFR-006")]
    [Theory]
    [MemberData(nameof(Transports.BySubtype), MemberType = typeof(Transports))]
    public Task A_store_is_created_and_ready_and_shows_the_uniform_fields(string subtype, Transport transport) =>
        CellAsync(
            subtype,
            transport,
            async () =>
            {
                await WorldAsync(Ways.Select(w => w.Minimal.AccountOf(w.Credentials)));
                foreach (var way in Ways)
                {
                    await CreatedAsync(way.Minimal);
                }

                // These accounts fit a store only when each of its properties arrived.
                await WorldAsync(Ways.Select(w => w.Full.Account()));
                foreach (var way in Ways)
                {
                    await ArrivesAsync(way.Full);
                }

                var nowhere = Spec.Properties.Where(p => !Ways.Any(w => w.Full.Has(p))).Select(p => p.Name);
                Assert.True(
                    !nowhere.Any(),
                    $"{string.Join(", ", nowhere)}: no account lets it stand in a declaration: add one that does to {Account.FileOf(Spec)}"
                );
            }
        );

    private async Task CreatedAsync(Declaration declaration)
    {
        var store = await CreateAsync(declaration);

        Assert.Equal(
            (Subtypes.Name, "ready", "sysadmin", null),
            (store.Name, store.State, store.Owner, store.StatusMessage)
        );
        Assert.Contains(Letters(store.Type), new[] { Letters(Spec.Type), Letters(Spec.Subtype) });
        Assert.Equal(TimeSpan.Zero, store.CreatedAt.Offset);
        Assert.True(store.CreatedAt <= Clock.GetUtcNow() - ProvisionDelay);
        Assert.Equal(store, await Client.GetAsync(Subtypes.Name));
        Assert.True(await Clock.RunAsync(Client.DeleteAsync(Subtypes.Name)));
        Step();
    }

    private async Task ArrivesAsync(Declaration declaration)
    {
        try
        {
            await CreatedAsync(declaration);
        }
        catch (StoreErroredException e)
        {
            Assert.Fail(
                $"{e.Message}\nA value did not arrive as {StoreSpecFile.NameOf(Spec.Subtype)} and {Account.FileOf(Spec)} have it. Addresses stand there in the form that is sent: with their scheme and port where the spec has defaults."
            );
        }
    }

    /// <summary>The catalog spells types neither as the DDL nor as the SDK does (wire fact 3.3).</summary>
    private static string Letters(string type) =>
        string.Concat(type.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
}
