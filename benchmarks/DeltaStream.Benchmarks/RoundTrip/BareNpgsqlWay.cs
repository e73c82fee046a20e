using DeltaStream.Sdk;
using Npgsql;

namespace DeltaStream.Benchmarks.RoundTrip;

/// <summary>What one writes without an SDK over PostgreSQL's protocol.</summary>
internal sealed class BareNpgsqlWay(NpgsqlDataSource source) : IGetWay
{
    public string Name => "NpgsqlCommand";

    public async Task<Store?> GetAsync(string name)
    {
        await using var command = source.CreateCommand(
            $"{BareSql.Select} WHERE name = '{name.Replace("'", "''", StringComparison.Ordinal)}';"
        );
        await using var reader = await command.ExecuteReaderAsync();
        return !await reader.ReadAsync()
            ? null
            : new Store
            {
                Name = reader.GetString(0),
                Type = reader.GetString(1),
                State = reader.GetString(2),
                StatusMessage = await reader.IsDBNullAsync(3) ? null : reader.GetString(3),
                Owner = reader.GetString(4),
                CreatedAt = new DateTimeOffset(reader.GetDateTime(5)),
                UpdatedAt = new DateTimeOffset(reader.GetDateTime(6)),
            };
    }
}
