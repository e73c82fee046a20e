using System.Globalization;
using DeltaStream.Data;

namespace DeltaStream.Benchmarks.Read;

/// <summary>The provider's reader.</summary>
internal sealed class ReaderWay(DeltaStreamDataSource source) : IReadWay
{
    public string Name => "DeltaStreamDataReader";

    public async Task<Totals> ReadAsync(int partitions, Action passed)
    {
        var totals = new Totals();
        await using var command = source.CreateCommand(partitions.ToString(CultureInfo.InvariantCulture));
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            totals.Add(
                reader.GetInt64(0),
                reader.IsDBNull(1) ? null : reader.GetString(1),
                reader.GetDecimal(2),
                reader.GetFieldValue<DateTimeOffset>(3),
                reader.GetBoolean(4)
            );
            if (totals.Rows % OrderRows.InPartition == 0)
            {
                passed();
            }
        }

        return totals;
    }
}
