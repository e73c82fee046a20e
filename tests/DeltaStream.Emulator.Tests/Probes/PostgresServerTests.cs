using DeltaStream.TestSupport;
using Npgsql;

namespace DeltaStream.Emulator.Tests.Probes;

public class PostgresServerTests
{
    [PostgresFact]
    public async Task A_server_takes_its_password_and_leaves_nothing_behind()
    {
        var server = await PostgresServer.StartAsync();
        await using (var source = NpgsqlDataSource.Create(server.ConnectionString))
        {
            await using var command = source.CreateCommand("SELECT current_user");
            Assert.Equal(server.Username, await command.ExecuteScalarAsync());
        }

        var wrong = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Password = "wrong", Pooling = false };
        await using (var connection = new NpgsqlConnection(wrong.ToString()))
        {
            var refusal = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync());
            Assert.Equal("28P01", refusal.SqlState);
        }

        await server.DisposeAsync();
        wrong.Password = server.Password;
        await using var gone = new NpgsqlConnection(wrong.ToString());
        await Assert.ThrowsAsync<NpgsqlException>(() => gone.OpenAsync());
    }
}
