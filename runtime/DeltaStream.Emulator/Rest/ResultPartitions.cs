using System.Text.Json;
using DeltaStream.Emulator.Errors;
using DeltaStream.Emulator.Results;

namespace DeltaStream.Emulator.Rest;

/// <summary>Reads a result to its end and cuts it into partitions; even an empty one has a first.</summary>
internal static class ResultPartitions
{
    private const long MostBytes = 256L * 1024 * 1024;

    public static IReadOnlyList<ResultPartition> Of(StatementResult result, int? partitionRows)
    {
        var partitions = new List<ResultPartition>();
        long bytes = 0;
        bool more;
        do
        {
            (var partition, more) = Next(result, partitionRows ?? int.MaxValue, MostBytes - bytes);
            bytes += partition.Json.Length;
            // The last row of a full partition does not tell that it is the last.
            if (partition.Rows > 0 || partitions.Count == 0)
            {
                partitions.Add(partition);
            }
        } while (more);
        return partitions;
    }

    private static (ResultPartition Partition, bool More) Next(StatementResult result, int mostRows, long mostBytes)
    {
        var buffer = new JsonBuffer();
        using var json = new Utf8JsonWriter(buffer, ReadableJson.Writer);
        var rows = 0;
        var more = true;
        json.WriteStartArray();
        while (rows < mostRows && (more = result.TryRead(out var row)))
        {
            json.WriteStartArray();
            foreach (var value in row)
            {
                CellText.Write(json, value);
            }

            json.WriteEndArray();
            rows++;
            if (json.BytesCommitted + json.BytesPending > mostBytes)
            {
                throw new StatementException(
                    SqlState.ProgramLimitExceeded,
                    "the result is too large: at most 256 MiB are kept"
                );
            }
        }

        json.WriteEndArray();
        json.Flush();
        return (new ResultPartition(rows, buffer.ToText()), more);
    }
}
