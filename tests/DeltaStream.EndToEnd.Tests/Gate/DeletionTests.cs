using DeltaStream.EndToEnd.Tests.Gate.Matrix;
using DeltaStream.EndToEnd.Tests.Specs;
using DeltaStream.TestSupport;

namespace DeltaStream.EndToEnd.Tests.Gate;

/// <summary>FR-004: every subtype is deleted, and deleting what is gone is no failure.</summary>
public sealed class DeletionTests() : GateTest(GateOperation.Delete)
{
    [Requirement("FR-004", "FR-010")]
    [Theory]
    [MemberData(nameof(Transports.BySubtype), MemberType = typeof(Transports))]
    public Task A_store_is_deleted_and_deleting_it_again_is_no_failure(string subtype, Transport transport) =>
        CellAsync(
            subtype,
            transport,
            async () =>
            {
                await WorldAsync(Ways.Select(w => w.Full.Account()));
                foreach (var way in Ways)
                {
                    await CreateAsync(way.Full);

                    Assert.True(await Clock.RunAsync(Client.DeleteAsync(Subtypes.Name)));
                    Assert.Null(await Client.GetAsync(Subtypes.Name));
                    Assert.False(await Clock.RunAsync(Client.DeleteAsync(Subtypes.Name)));
                    Step();
                }
            }
        );
}
