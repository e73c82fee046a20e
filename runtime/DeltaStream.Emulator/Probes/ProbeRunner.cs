using System.Collections.Concurrent;
using System.Text.Json;
using DeltaStream.Emulator.Catalog;
using DeltaStream.Emulator.Logging;
using DeltaStream.Emulator.Specs;

namespace DeltaStream.Emulator.Probes;

/// <summary>
/// Runs probes in the background and notes what they find in the catalog. A probe that a restart cut off runs again
/// from what the catalog holds for it.
/// </summary>
internal sealed class ProbeRunner(StoreCatalog catalog, StoreSpecs specs, ILogger logger) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, Task> _running = new();

    /// <summary>Whether stores of the subtype are probed: those that speak PostgreSQL's protocol.</summary>
    public static bool Knows(StoreSpec spec) => spec.Probe?.Protocol == PostgresProbe.Protocol;

    /// <summary>What a probe of a store needs, encrypted.</summary>
    public static byte[] Input(CatalogKey key, string type, IReadOnlyDictionary<string, string> parameters) =>
        key.Seal(JsonSerializer.SerializeToUtf8Bytes(new ProbeInput(type, parameters)));

    public void Start(StoreRecord store)
    {
        var id = store.Verification.Id;
        var task = Task.Run(() => RunAsync(store));
        _running[id] = task;
        _ = task.ContinueWith(_ => _running.TryRemove(id, out var _), TaskScheduler.Default);
    }

    /// <summary>Runs what was cut off.</summary>
    public void Resume()
    {
        foreach (var store in catalog.All().Where(s => s.Verification.ProbePending))
        {
            Start(store);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_running.Values).ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task RunAsync(StoreRecord store)
    {
        try
        {
            var failure = await FindAsync(store.Verification.ProbeInput).ConfigureAwait(false);
            if (catalog.TryFinishProbe(store.Verification.Id, failure))
            {
                Log.ProbeFinished(logger, store.Name, failure is null);
            }
        }
        catch (OperationCanceledException)
        {
            // The emulator stops; the probe stays pending in the catalog.
        }
    }

    private async Task<string?> FindAsync(byte[]? sealedInput)
    {
        var input = sealedInput is null
            ? null
            : JsonSerializer.Deserialize<ProbeInput>(catalog.Key.Unseal(sealedInput));
        // The data file may be another emulator's, with types that this one doesn't know or doesn't probe.
        return input is not null && specs.ByType(input.Type) is { } spec && Knows(spec)
            ? await PostgresProbe
                .TryAsync(ProbeTarget.Of(spec, input.Parameters), _stopping.Token)
                .ConfigureAwait(false)
            : null;
    }

    /// <summary>Not a record: no ToString shows the parameters.</summary>
    private sealed class ProbeInput(string type, IReadOnlyDictionary<string, string> parameters)
    {
        public string Type => type;

        public IReadOnlyDictionary<string, string> Parameters => parameters;
    }
}
