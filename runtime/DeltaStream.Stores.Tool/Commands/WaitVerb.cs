using System.CommandLine;
using DeltaStream.Sdk;
using DeltaStream.Stores.Tool.Output;

namespace DeltaStream.Stores.Tool.Commands;

/// <summary>Waits for stores.</summary>
internal sealed class WaitVerb() : NamedVerb("wait", "Waits until stores are ready; it fails when one errored.")
{
    protected override Task<Result> RunAsync(
        ParseResult given,
        Screen screen,
        StoreClient client,
        CancellationToken stopping
    ) =>
        ActAsync(
            screen,
            NamesOf(given),
            "wait",
            async (name, progress) =>
            {
                // A wait outlasts failures that may pass. Whether there is a service and a store is known at once.
                if (await client.GetAsync(name, cancellationToken: stopping).ConfigureAwait(false) is null)
                {
                    throw Missing(name);
                }

                var store = await client
                    .WaitUntilReadyAsync(name, progress: progress, cancellationToken: stopping)
                    .ConfigureAwait(false);
                return new StoreOutcome(name, store.State, store.State);
            }
        );
}
