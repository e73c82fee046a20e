using DeltaStream.EndToEnd.Tests.Gate.Matrix;
using DeltaStream.EndToEnd.Tests.Specs;
using DeltaStream.Sdk;
using DeltaStream.TestSupport;

namespace DeltaStream.EndToEnd.Tests.Gate;

/// <summary>FR-010: a store of any subtype that somebody else deleted.</summary>
public sealed class DeletedOutsideTests() : GateTest(GateOperation.DeletedOutside)
{
    [Requirement("FR-010")]
    [Theory]
    [MemberData(nameof(Transports.BySubtype), MemberType = typeof(Transports))]
    public Task A_store_deleted_outside_is_found_missing_and_created_again(string subtype, Transport transport) =>
        CellAsync(
            subtype,
            transport,
            async () =>
            {
                await WorldAsync(Ways.Select(w => w.Full.Account()));
                foreach (var way in Ways)
                {
                    await CreateAsync(way.Full);
                    await SendAsync("DROP STORE \"we\"\"ird 东西\";");

                    Assert.Null(await Client.GetAsync(Subtypes.Name));
                    await FailsAsync<StoreNotFoundException>(() => Client.UpdateAsync(way.Full.ToStore()));
                    Assert.True((await CreateAsync(way.Full)).IsReady);
                    Assert.True(await Clock.RunAsync(Client.DeleteAsync(Subtypes.Name)));
                    Step();
                }
            }
        );
}
