using System.Data.Common;
using Dapper;

namespace DeltaStream.Clients.Tests.Net;

/// <summary>Dapper, on one connection.</summary>
internal sealed class DapperClient(DbDataSource dataSource) : NetClient
{
    private readonly DbConnection _connection = dataSource.CreateConnection();

    public override async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await dataSource.DisposeAsync();
    }

    protected override Task<object?> ScalarAsync(string sql) => _connection.ExecuteScalarAsync(sql);

    protected override Task ExecuteAsync(string sql) => _connection.ExecuteAsync(sql);

    protected override async Task<object?> SelectAsync(string name, int most) =>
        await _connection.QuerySingleAsync<string>(Statements.Select, new { name, most });

    protected override async Task<object?> CountAsync() => await _connection.ExecuteScalarAsync<int>(Statements.Count);

    protected override async Task<object?> CancelAsync(string sql)
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        return await _connection.ExecuteScalarAsync(new CommandDefinition(sql, cancellationToken: cancellation.Token));
    }
}
