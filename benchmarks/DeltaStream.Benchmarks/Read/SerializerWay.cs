using System.Globalization;
using System.Net.Http.Json;

namespace DeltaStream.Benchmarks.Read;

/// <summary>
/// What one writes without a driver: <c>HttpClient</c>, and <c>JsonSerializer</c> into lists of texts. Either partition by
/// partition, or all rows into one list first.
/// </summary>
internal sealed class SerializerWay(HttpClient http, Uri server, bool whole) : IReadWay
{
    public string Name => whole ? "JsonSerializer, the whole" : "JsonSerializer, by partition";

    public bool MakesValues => true;

    public async Task<Totals> ReadAsync(int partitions, Action passed)
    {
        var totals = new Totals();
        using var content = JsonContent.Create(new { statement = $"{partitions};" });
        using var response = await http.PostAsync(new Uri(server, "/v2/statements"), content);
        var page = (await response.Content.ReadFromJsonAsync<Page>())!;
        var rows = new List<List<string?>>();
        for (var partition = 0; ; )
        {
            if (whole)
            {
                rows.AddRange(page.Data);
            }
            else
            {
                rows = page.Data;
                Add(ref totals, rows);
            }

            passed();
            if (++partition == page.Metadata.PartitionInfo.Count)
            {
                break;
            }

            var next = new Uri(server, $"/v2/statements/{page.StatementId}?partitionID={partition}");
            page = (await http.GetFromJsonAsync<Page>(next))!;
        }

        if (whole)
        {
            Add(ref totals, rows);
        }

        return totals;
    }

    private static void Add(ref Totals totals, List<List<string?>> rows)
    {
        foreach (var row in rows)
        {
            totals.Add(
                long.Parse(row[0]!, CultureInfo.InvariantCulture),
                row[1],
                decimal.Parse(row[2]!, CultureInfo.InvariantCulture),
                DateTimeOffset.Parse(row[3]!, CultureInfo.InvariantCulture),
                bool.Parse(row[4]!)
            );
        }
    }

    private sealed record Page(string StatementId, Metadata Metadata, List<List<string?>> Data);

    private sealed record Metadata(List<PartitionInfo> PartitionInfo);

    private sealed record PartitionInfo(int RowCount);
}
