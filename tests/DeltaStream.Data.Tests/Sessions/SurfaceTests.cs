using System.Data;
using System.Data.Common;
using DeltaStream.Data.Tests.Serving;

namespace DeltaStream.Data.Tests.Sessions;

/// <summary>What ADO.NET's users do without thinking, and what they do wrong.</summary>
public sealed class SurfaceTests
{
    private static readonly Uri s_nowhere = new("http://127.0.0.1:9");

    [Fact]
    public async Task A_program_that_knows_only_the_factory_can_work()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Success);
        DbProviderFactory factory = DeltaStreamProviderFactory.Instance;
        var builder = factory.CreateConnectionStringBuilder()!;
        builder["Server"] = server.Address.ToString();
        builder["Password"] = Execution.Token;

        await using var connection = factory.CreateConnection()!;
        connection.ConnectionString = builder.ConnectionString;
        await connection.OpenAsync();
        await using var command = factory.CreateCommand()!;
        command.Connection = connection;
        command.CommandText = "SELECT @a";
        var parameter = factory.CreateParameter()!;
        parameter.ParameterName = "a";
        parameter.Value = "it's";
        command.Parameters.Add(parameter);
        Assert.Equal("store", await command.ExecuteScalarAsync());
        Assert.Equal("store", command.ExecuteScalar());

        await using var source = factory.CreateDataSource(builder.ConnectionString);
        await using var other = source.CreateCommand("LIST STORES");
        await using var reader = await other.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        Assert.IsType<DeltaStreamDataReader>(reader);
        Assert.Same(factory, DbProviderFactories.GetFactory(connection));
        Assert.Equal("SELECT 'it''s';", server.Requests[0].Statement);
        Assert.All(server.Requests, r => Assert.Equal($"Bearer {Execution.Token}", r.Headers["Authorization"]));
    }

    [Theory, BothWays]
    public async Task A_scalar_without_rows_is_null_and_a_NULL_is_DBNull(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server
            .Respond(Responses.Partition(1, "[]"))
            .Respond(Responses.Partition(1, "[[null]]"))
            .Respond("""{"sqlState":"00000"}""");
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand("SELECT n FROM t");

        Assert.Null(async ? await command.ExecuteScalarAsync() : command.ExecuteScalar());
        Assert.Equal(DBNull.Value, async ? await command.ExecuteScalarAsync() : command.ExecuteScalar());
        Assert.Null(async ? await command.ExecuteScalarAsync() : command.ExecuteScalar());
    }

    [Fact]
    public async Task A_connection_closes_with_its_reader_when_asked()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Success);
        await using var source = Execution.Source(server.Address);
        await using var connection = source.OpenConnection();
        var changes = new List<ConnectionState>();
        connection.StateChange += (_, e) => changes.Add(e.CurrentState);
        await using var command = connection.CreateCommand();
        command.CommandText = "LIST STORES";

        await using (await command.ExecuteReaderAsync(CommandBehavior.CloseConnection))
        {
            Assert.Equal(ConnectionState.Open, connection.State);
        }

        Assert.Equal([ConnectionState.Closed], changes);
        await Assert.ThrowsAsync<InvalidOperationException>(() => command.ExecuteNonQueryAsync());
    }

    [Fact]
    public async Task Columns_alone_are_not_asked_for_by_executing_a_change()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Success);
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand("DROP STORE s");

        await Assert.ThrowsAsync<NotSupportedException>(() => command.ExecuteReaderAsync(CommandBehavior.SchemaOnly));
        Assert.Empty(server.Requests);

        command.CommandText = "LIST STORES";
        await using var reader = command.ExecuteReader(CommandBehavior.SchemaOnly);
        Assert.Equal("type", reader.GetName(0));
    }

    [Fact]
    public void What_is_not_supported_says_why()
    {
        using var source = Execution.Source(s_nowhere);
        using var connection = source.OpenConnection();
        using var command = connection.CreateCommand();

        Assert.Contains(
            "no transactions",
            Assert.Throws<NotSupportedException>(() => connection.BeginTransaction()).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<NotSupportedException>(() => command.CommandType = CommandType.StoredProcedure);
        Assert.False(connection.CanCreateBatch);
        command.Prepare();
        command.Transaction = null;
        Assert.Null(command.Transaction);
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        using var source = Execution.Source(s_nowhere);
        using var command = new DeltaStreamCommand();

        Assert.Contains(
            "Set Connection",
            Assert.Throws<InvalidOperationException>(() => command.ExecuteNonQuery()).Message,
            StringComparison.Ordinal
        );
        command.Connection = source.CreateConnection();
        Assert.Contains(
            "Open it",
            Assert.Throws<InvalidOperationException>(() => command.ExecuteNonQuery()).Message,
            StringComparison.Ordinal
        );
        command.Connection.Open();
        command.CommandText = " \n";
        Assert.Contains(
            "Set CommandText",
            Assert.Throws<InvalidOperationException>(() => command.ExecuteNonQuery()).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<InvalidOperationException>(() => command.Connection.Open());
        Assert.Throws<InvalidOperationException>(() => new DeltaStreamConnection().Open());
        Assert.Throws<ArgumentException>(() => new DeltaStreamConnection("Token="));
        Assert.Throws<InvalidOperationException>(() => command.Connection.ConnectionString = "Token=x");
    }

    [Fact]
    public async Task A_command_is_executed_once_at_a_time()
    {
        await using var server = new RawServer((connection, _) => connection.HangAsync());
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand("LIST STORES");
        var first = command.ExecuteNonQueryAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => command.ExecuteNonQueryAsync());

        command.Cancel();
        await Assert.ThrowsAsync<DeltaStreamException>(() => first);
    }

    [Fact]
    public void Timeouts_are_in_seconds_and_0_is_none()
    {
        using var source = Execution.Source(s_nowhere, o => o.CommandTimeout = TimeSpan.FromMilliseconds(1_500));
        using var command = source.CreateCommand();
        Assert.Equal(2, command.CommandTimeout);
        Assert.Equal(30, command.Connection!.ConnectionTimeout);
        command.CommandTimeout = 0;
        Assert.Equal(0, command.CommandTimeout);
        Assert.Throws<ArgumentOutOfRangeException>(() => command.CommandTimeout = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => command.CommandTimeout = int.MaxValue);
        Assert.Equal(300, new DeltaStreamCommand().CommandTimeout);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\r\nb")]
    [InlineData("a\"b")]
    [InlineData("a'b")]
    [InlineData("a\\b")]
    [InlineData("../a")]
    [InlineData("a\0b")]
    [InlineData("a\tb")]
    [InlineData("schlüssel")]
    [InlineData("东西")]
    [InlineData(" a")]
    [InlineData("a ")]
    [InlineData("\u007f")]
    public void An_attachments_name_that_can_break_the_header_is_refused(string name)
    {
        using var command = new DeltaStreamCommand();

        Assert.ThrowsAny<ArgumentException>(() => command.Attachments.Add(name, [1]));
        Assert.Empty(command.Attachments);
    }

    [Fact]
    public void An_attachments_name_is_there_once()
    {
        using var command = new DeltaStreamCommand();
        command.Attachments.Add("@a", [1]);
        command.Attachments.Add("@A", ReadOnlyMemory<byte>.Empty);

        Assert.Throws<ArgumentException>(() => command.Attachments.Add("@a", [2]));
        Assert.Throws<ArgumentNullException>(() => command.Attachments.Add("@b", null!));

        Assert.Equal(["@a", "@A"], command.Attachments);
        Assert.Equal(2, command.Attachments.Count);
    }

    [Fact]
    public async Task A_client_of_the_user_is_not_disposed_of()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Success);
        using var http = new HttpClient();
        await using (var source = Execution.Source(server.Address, o => o.HttpClient = http))
        await using (var command = source.CreateCommand("LIST STORES"))
        {
            await command.ExecuteNonQueryAsync();
        }

        Assert.Equal(Responses.Success, await http.GetStringAsync(server.Address));
        Assert.Null(http.DefaultRequestHeaders.Authorization);
    }

    [Fact]
    public async Task A_data_source_serves_many_threads()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Success);
        await using var source = Execution.Source(server.Address);

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 200),
            async (i, _) =>
            {
                await using var command = source.CreateCommand($"DESCRIBE STORE s{i}");
                if (i % 2 == 0)
                {
                    await command.ExecuteNonQueryAsync(CancellationToken.None);
                }
                else
                {
                    command.ExecuteNonQuery();
                }
            }
        );

        Assert.Equal(
            Enumerable.Range(0, 200).Select(i => $"DESCRIBE STORE s{i};").Order(StringComparer.Ordinal),
            server.Requests.Select(r => r.Statement!).Order(StringComparer.Ordinal)
        );
    }
}
