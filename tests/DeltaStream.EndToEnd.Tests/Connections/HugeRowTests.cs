using DeltaStream.EndToEnd.Tests.Wire;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Npgsql;

namespace DeltaStream.EndToEnd.Tests.Connections;

/// <summary>A server of the PostgreSQL protocol announces a row of 2 GB. The client says so, and waits for none of it.</summary>
public sealed class HugeRowTests
{
    [Fact]
    public async Task A_row_of_2_GB_is_a_failure_of_the_service()
    {
        await using var server = new PostgresStandIn(sql =>
            sql.Contains("SELECT", StringComparison.Ordinal)
                ? PostgresMessage.HugeRow
                // The probe of a connection is an empty query.
                :
                [
                    .. PostgresMessage.Bound,
                    .. PostgresMessage.Of('n'),
                    .. PostgresMessage.Of('I'),
                    .. PostgresMessage.Ready,
                ]
        );
        await using var dataSource = DeltaStreamNpgsql.CreateDataSource(
            FormattableString.Invariant($"Host=127.0.0.1;Port={server.Port};Username=u")
        );
        var client = new StoreClient(dataSource);

        var get = await Assert.ThrowsAsync<StoreBackendException>(() =>
            client.GetAsync("orders").WaitAsync(TimeSpan.FromSeconds(30))
        );
        var list = await Assert.ThrowsAsync<StoreBackendException>(() =>
            client.ListAsync().ToListAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30))
        );

        Assert.Contains("larger than the free memory", get.Message, StringComparison.Ordinal);
        Assert.Contains("larger than the free memory", list.Message, StringComparison.Ordinal);
    }
}
