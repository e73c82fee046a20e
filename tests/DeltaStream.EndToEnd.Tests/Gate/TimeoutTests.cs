using DeltaStream.EndToEnd.Tests.Gate.Matrix;
using DeltaStream.EndToEnd.Tests.Specs;
using DeltaStream.Sdk;
using DeltaStream.TestSupport;

namespace DeltaStream.EndToEnd.Tests.Gate;

/// <summary>FR-011, D-012: a store of any subtype that is not ready after ten minutes.</summary>
public sealed class TimeoutTests() : GateTest(GateOperation.Timeout)
{
    [Requirement("FR-011")]
    [Theory]
    [MemberData(nameof(Transports.BySubtype), MemberType = typeof(Transports))]
    public Task Creation_ends_with_the_state_last_seen_and_the_store_can_still_be_waited_for(
        string subtype,
        Transport transport
    ) =>
        CellAsync(
            subtype,
            transport,
            async () =>
            {
                var good = Ways[0].Minimal;
                await WorldAsync(TimeSpan.FromMinutes(11), good.Account());

                var exception = await FailsAsync<StoreReadinessTimeoutException>(() =>
                    Client.CreateAsync(good.ToStore())
                );

                Assert.Equal(
                    (subtype, Subtypes.Name, TimeSpan.FromMinutes(10), "provisioning"),
                    (exception.Subtype, exception.StoreName, exception.Elapsed, exception.LastState)
                );
                Assert.True((await Clock.RunAsync(Client.WaitUntilReadyAsync(Subtypes.Name))).IsReady);
                Step();
            }
        );
}
