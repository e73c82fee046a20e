using System.CommandLine;
using DeltaStream.Sdk;
using DeltaStream.Stores.Tool.Output;

namespace DeltaStream.Stores.Tool.Commands;

/// <summary>Lists the stores that the role can see.</summary>
internal sealed class ListVerb() : ServiceVerb("list", "Lists the stores that exist and that the role can see.")
{
    protected override async Task<Result> RunAsync(
        ParseResult given,
        Screen screen,
        StoreClient client,
        CancellationToken stopping
    )
    {
        var stores = new List<Store>();
        await foreach (var store in client.ListAsync(cancellationToken: stopping).ConfigureAwait(false))
        {
            stores.Add(store);
        }

        return new Result { Stores = stores };
    }
}
