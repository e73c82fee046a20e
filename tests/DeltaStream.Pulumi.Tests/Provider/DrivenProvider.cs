using DeltaStream.Pulumi.Protocol;
using DeltaStream.Pulumi.Stores;
using DeltaStream.TestSupport;

namespace DeltaStream.Pulumi.Tests.Provider;

/// <summary>The provider in this process, with the clock of the test: so that ten minutes pass at once.</summary>
internal sealed class DrivenProvider : ProviderClient
{
    private ProviderHost? _host;

    public int Port => _host!.Port;

    public static async Task<DrivenProvider> StartAsync(TimeProvider clock)
    {
        var provider = new DrivenProvider();
        var engine = await provider.StartEngineAsync();
        provider._host = await ProviderHost.StartAsync(engine, log => new StoreProvider(log, _ => null, clock));
        await provider.ConnectAsync(provider.Port, engine);
        return provider;
    }

    public override async ValueTask DisposeAsync()
    {
        await _host!.DisposeAsync();
        await base.DisposeAsync();
    }
}
