using System.Data.Common;

namespace DeltaStream.Clients.Tests.Net;

/// <summary>ADO.NET alone.</summary>
internal sealed class AdoClient(DbDataSource dataSource) : NetClient
{
    public override ValueTask DisposeAsync() => dataSource.DisposeAsync();

    protected override async Task<object?> ScalarAsync(string sql)
    {
        await using var command = dataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    protected override async Task ExecuteAsync(string sql)
    {
        await using var command = dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    protected override async Task<object?> SelectAsync(string name, int most)
    {
        await using var command = dataSource.CreateCommand(Statements.Select);
        Add("name", name);
        Add("most", most);
        return await command.ExecuteScalarAsync();

        void Add(string parameter, object value)
        {
            var added = command.CreateParameter();
            (added.ParameterName, added.Value) = (parameter, value);
            command.Parameters.Add(added);
        }
    }

    protected override Task<object?> CountAsync() => ScalarAsync(Statements.Count);

    /// <summary>Cancels until the statement has ended: a cancel that comes before it runs does nothing.</summary>
    protected override async Task<object?> CancelAsync(string sql)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        var execution = command.ExecuteScalarAsync();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (!execution.IsCompleted && await timer.WaitForNextTickAsync())
        {
            command.Cancel();
        }

        return await execution;
    }
}
