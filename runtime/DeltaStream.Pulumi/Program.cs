using DeltaStream.Pulumi.Protocol;
using DeltaStream.Pulumi.Stores;

namespace DeltaStream.Pulumi;

/// <summary>The plugin <c>pulumi-resource-deltastream</c>.</summary>
internal static class Program
{
    internal static Task Main(string[] arguments) =>
        ProviderHost.RunAsync(
            arguments,
            log => new StoreProvider(log, Environment.GetEnvironmentVariable, TimeProvider.System)
        );
}
