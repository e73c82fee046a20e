using DeltaStream.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DeltaStream.Clients.Tests.Net;

/// <summary>Libraries of .NET, over each protocol that they speak.</summary>
public sealed class NetTests : ClientTest
{
    private const string Npgsql = "Npgsql";
    private const string DapperOverPostgres = "Dapper on Npgsql";
    private const string EntityFramework = "Entity Framework";
    private const string EntityFrameworkOverRest = "Entity Framework over REST";
    private const string AdoOverRest = "ADO.NET over REST";
    private const string DapperOverRest = "Dapper over REST";

    internal static IReadOnlyList<string> Clients =>
        [Npgsql, DapperOverPostgres, EntityFramework, AdoOverRest, DapperOverRest, EntityFrameworkOverRest];

    // As a user writes it: without what the emulator's own connection string adds.
    private string PostgresConnectionString
    {
        get
        {
            var all = new NpgsqlConnectionStringBuilder(Emulator.PostgresConnectionString);
            return new NpgsqlConnectionStringBuilder
            {
                Host = all.Host,
                Port = all.Port,
                Username = all.Username,
                Password = all.Password,
                Database = all.Database,
            }.ConnectionString;
        }
    }

    [Fact]
    public Task Npgsql_over_postgres() =>
        RunAsync(Npgsql, new AdoClient(NpgsqlDataSource.Create(PostgresConnectionString)));

    [Fact]
    public Task Dapper_over_postgres() =>
        RunAsync(DapperOverPostgres, new DapperClient(NpgsqlDataSource.Create(PostgresConnectionString)));

    [Fact]
    public Task Entity_framework_over_postgres() =>
        RunAsync(EntityFramework, new EntityFrameworkClient(o => o.UseNpgsql(PostgresConnectionString)));

    [Fact]
    public Task Ado_over_rest() =>
        RunOverRestAsync(AdoOverRest, new AdoClient(DeltaStreamDataSource.Create(Emulator.RestConnectionString)));

    [Fact]
    public Task Dapper_over_rest() =>
        RunOverRestAsync(DapperOverRest, new DapperClient(DeltaStreamDataSource.Create(Emulator.RestConnectionString)));

    [Fact]
    public async Task Entity_framework_over_rest()
    {
        await using var dataSource = DeltaStreamDataSource.Create(Emulator.RestConnectionString);
        await using var connection = dataSource.CreateConnection();
        await RunOverRestAsync(EntityFrameworkOverRest, new EntityFrameworkClient(o => o.UseNpgsql(connection)));
    }

    private async Task RunOverRestAsync(string name, NetClient client)
    {
        await RunAsync(name, client, NetClient.Canceled);
        // The service goes on with a statement until somebody stops it.
        await Stopped.WaitAsync(TimeSpan.FromMinutes(1));
    }

    private static async Task RunAsync(string name, NetClient client, string? canceled = null)
    {
        await using (client)
        {
            Check(name, await client.RunAsync(), canceled);
        }
    }
}
