using DeltaStream.Emulator;
using DeltaStream.Sdk;
using DeltaStream.Testing;

namespace DeltaStream.EndToEnd.Tests;

/// <summary>FR-011, D-012: a store that is not ready after ten minutes.</summary>
public sealed class TimeoutTests : EndToEndTest
{
    protected override DeltaStreamEmulatorOptions Options() =>
        new()
        {
            Password = Watch.Canary(),
            Token = Watch.Canary(),
            TimeProvider = Clock,
            ProvisionDelay = TimeSpan.FromMinutes(11),
            LoggerFactory = Watch.Logs,
        };

    [Requirement("FR-011")]
    [Theory]
    [MemberData(nameof(Transports.BySubtype), MemberType = typeof(Transports))]
    public async Task Creation_ends_with_the_state_last_seen_and_the_store_can_still_be_waited_for(
        string subtype,
        Transport transport
    )
    {
        var client = ClientOver(transport);
        var exception = await FailsAsync<StoreReadinessTimeoutException>(() =>
            client.CreateAsync(Subtypes[subtype].Good)
        );

        Assert.Equal(
            (subtype, Subtypes.Name, TimeSpan.FromMinutes(10), "provisioning"),
            (exception.Subtype, exception.StoreName, exception.Elapsed, exception.LastState)
        );
        Assert.True((await Clock.RunAsync(client.WaitUntilReadyAsync(Subtypes.Name))).IsReady);
    }
}
