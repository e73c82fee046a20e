using System.Globalization;
using DeltaStream.Data;

namespace DeltaStream.Benchmarks.Read;

/// <summary>The provider's reader: with five typed getters on each row, or with none.</summary>
internal sealed class ReaderWay(DeltaStreamDataSource source, bool getters) : IReadWay
{
    public string Name => getters ? "DeltaStreamDataReader, five getters" : "DeltaStreamDataReader, no getter";

    public bool MakesValues => getters;

    public async Task<Totals> ReadAsync(int partitions, Action passed)
    {
        var totals = new Totals();
        var rows = 0;
        await using var command = source.CreateCommand(partitions.ToString(CultureInfo.InvariantCulture));
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            if (getters)
            {
                totals.Add(
                    reader.GetInt64(0),
                    reader.IsDBNull(1) ? null : reader.GetString(1),
                    reader.GetDecimal(2),
                    reader.GetFieldValue<DateTimeOffset>(3),
                    reader.GetBoolean(4)
                );
            }

            if (++rows % OrderRows.InPartition == 0)
            {
                passed();
            }
        }

        return totals;
    }
}
