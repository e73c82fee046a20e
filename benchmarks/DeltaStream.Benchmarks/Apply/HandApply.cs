using System.Globalization;
using DeltaStream.Benchmarks.RoundTrip;
using DeltaStream.Sdk;

namespace DeltaStream.Benchmarks.Apply;

/// <summary>What one writes without an SDK: a look at the catalog, a CREATE for each store that is not there, and polls until all are ready.</summary>
internal sealed class HandApply(BareHttpWay service)
{
    // As many as the client sends at once, and as often as it polls.
    private const int AtOnce = 8;

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);

    // When each store was last updated, as far as is known.
    private readonly Dictionary<string, DateTimeOffset> _known = new(StringComparer.Ordinal);

    /// <returns>How many stores were not as they are known.</returns>
    public async Task<int> RunAsync(IReadOnlyList<KafkaStoreArgs> declared)
    {
        var rows = await ReadAsync();
        var missing = declared.Where(d => !rows.ContainsKey(d.Name)).ToList();
        var moved = declared.Count(d => !rows.TryGetValue(d.Name, out var row) || !IsKnown(row));
        if (moved == 0)
        {
            return 0;
        }

        await Parallel.ForEachAsync(
            missing,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (store, _) => await service.SendAsync(Create(store))
        );
        while (true)
        {
            rows = await ReadAsync();
            if (declared.All(d => rows.TryGetValue(d.Name, out var row) && row.IsReady))
            {
                break;
            }

            await Task.Delay(s_interval);
        }

        foreach (var row in rows.Values)
        {
            _known[row.Name] = row.UpdatedAt;
        }

        return moved;
    }

    private bool IsKnown(Store row) => _known.TryGetValue(row.Name, out var updated) && updated == row.UpdatedAt;

    private async Task<Dictionary<string, Store>> ReadAsync() =>
        (await service.SendAsync($"{BareSql.Select};")).ToDictionary(s => s.Name, StringComparer.Ordinal);

    private static string Create(KafkaStoreArgs store) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"CREATE STORE \"{store.Name}\" WITH ('type' = KAFKA, 'uris' = '{store.Uris}', 'kafka.sasl.hash_function' = SHA512, 'kafka.sasl.username' = '{Quoted(store.SaslUsername?.Reveal())}', 'kafka.sasl.password' = '{Quoted(store.SaslPassword?.Reveal())}');"
        );

    private static string? Quoted(string? text) => text?.Replace("'", "''", StringComparison.Ordinal);
}
