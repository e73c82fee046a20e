using Npgsql;

namespace DeltaStream.Benchmarks.Read;

/// <summary>Npgsql, which reads the same rows in binary from a real PostgreSQL server.</summary>
internal sealed class NpgsqlWay(NpgsqlDataSource source) : IReadWay
{
    public string Name => "Npgsql, binary, from PostgreSQL";

    public bool MakesValues => true;

    /// <summary>Makes the table, which is ready-made as the partitions are.</summary>
    public async Task MakeTableAsync(int partitions)
    {
        await using var make = source.CreateCommand(
            $"CREATE TABLE orders(id, customer, price, at, paid) AS {OrderRows.Select}"
        );
        // CREATE TABLE AS takes no parameter.
        make.CommandText = make.CommandText.Replace("$1", $"{partitions}", StringComparison.Ordinal);
        await make.ExecuteNonQueryAsync();
    }

    public async Task<Totals> ReadAsync(int partitions, Action passed)
    {
        var totals = new Totals();
        await using var command = source.CreateCommand("SELECT id, customer, price, at, paid FROM orders LIMIT $1");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = (long)partitions * OrderRows.InPartition });
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
