using DeltaStream.Data.Tests.Serving;

namespace DeltaStream.Data.Tests.Sessions;

public sealed class ContextTests
{
    [Theory, BothWays]
    public async Task The_context_of_a_response_goes_along_with_the_next_statement(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server
            .Respond(
                Responses.Context(
                    """{"organizationID":"o2","roleName":"r2","databaseName":"d2","schemaName":"s2","storeName":"st2","computePoolName":"cp2"}"""
                )
            )
            // What is null or absent stays as it was, and so does all when there is no context.
            .Respond(Responses.Context("""{"databaseName":null,"schemaName":"s3"}"""))
            .Respond(Responses.Context("null"))
            .Respond(Responses.Success);
        await using var source = Execution.Source(server.Address, o => o.Role = "r1");
        await using var connection = source.OpenConnection();
        await using var command = connection.CreateCommand();
        command.CommandText = "USE DATABASE d2";

        for (var i = 0; i < 4; i++)
        {
            await command.NonQueryAsync(async);
        }

        const string after =
            "\"organization\":\"o2\",\"role\":\"r2\",\"database\":\"d2\",\"schema\":\"{0}\",\"store\":\"st2\",\"computePool\":\"cp2\"";
        Assert.Contains(";\",\"role\":\"r1\",\"parameters\"", server.Requests[0].Text, StringComparison.Ordinal);
        Assert.Contains(
            after.Replace("{0}", "s2", StringComparison.Ordinal),
            server.Requests[1].Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            after.Replace("{0}", "s3", StringComparison.Ordinal),
            server.Requests[2].Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            after.Replace("{0}", "s3", StringComparison.Ordinal),
            server.Requests[3].Text,
            StringComparison.Ordinal
        );
        Assert.Equal("d2", connection.Database);
    }

    [Fact]
    public async Task A_failed_statement_leaves_the_context()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond("""{"sqlState":"42601","message":"no","metadata":{"context":{"databaseName":"evil"}}}""");
        await using var source = Execution.Source(server.Address);
        await using var connection = source.OpenConnection();
        await using var command = connection.CreateCommand();
        command.CommandText = "USE DATABASE d2";

        await Assert.ThrowsAsync<DeltaStreamException>(() => command.ExecuteNonQueryAsync());

        Assert.Equal("", connection.Database);
    }

    [Theory, BothWays]
    public async Task A_commands_role_is_its_own(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Context("""{"roleName":"owner","databaseName":"d9"}"""));
        await using var source = Execution.Source(server.Address, o => o.Role = "r1");
        await using var connection = source.OpenConnection();
        await using var command = connection.CreateCommand();
        command.CommandText = "CREATE STORE s WITH ()";
        command.Role = "owner";
        await command.NonQueryAsync(async);
        command.Role = null;
        await command.NonQueryAsync(async);

        Assert.Equal("owner", server.Requests[0].Json.GetProperty("role").GetString());
        Assert.Equal("r1", server.Requests[1].Json.GetProperty("role").GetString());
        Assert.False(server.Requests[1].Json.TryGetProperty("database", out _));
    }

    [Fact]
    public async Task Connections_have_contexts_of_their_own_and_start_anew_when_reopened()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Context("""{"databaseName":"d2"}"""));
        await using var source = Execution.Source(server.Address, o => o.Database = "d1");
        await using var one = source.OpenConnection();
        await using var two = await source.OpenConnectionAsync();
        await using var command = one.CreateCommand();
        command.CommandText = "USE DATABASE d2";
        await command.ExecuteNonQueryAsync();

        Assert.Equal(("d2", "d1"), (one.Database, two.Database));
        await one.CloseAsync();
        await one.OpenAsync();
        Assert.Equal("d1", one.Database);
    }

    [Fact]
    public async Task ChangeDatabase_leaves_the_schema_of_the_old_one()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Success);
        await using var source = Execution.Source(
            server.Address,
            o =>
            {
                o.Database = "d1";
                o.Schema = "s1";
            }
        );
        await using var connection = source.OpenConnection();

        connection.ChangeDatabase("d2");

        await using var command = connection.CreateCommand();
        command.CommandText = "LIST STORES";
        await command.ExecuteNonQueryAsync();
        Assert.Contains(
            ";\",\"database\":\"d2\",\"parameters\"",
            Assert.Single(server.Requests).Text,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentException>(() => connection.ChangeDatabase(" "));
    }

    [Fact]
    public async Task Another_database_in_the_response_leaves_the_schema_of_the_old_one()
    {
        await using var server = await ScriptedServer.StartAsync();
        server
            .Respond(Responses.Context("""{"databaseName":"d2"}"""))
            .Respond(Responses.Context("""{"databaseName":"d2"}"""));
        await using var source = Execution.Source(server.Address, o => (o.Database, o.Schema) = ("d1", "s1"));
        await using var connection = source.OpenConnection();
        await using var command = connection.CreateCommand();
        command.CommandText = "USE DATABASE d2";

        await command.ExecuteNonQueryAsync();
        await command.ExecuteNonQueryAsync();

        Assert.Contains("\"database\":\"d2\",\"parameters\"", server.Requests[1].Text, StringComparison.Ordinal);
    }

    [Theory, BothWays]
    public async Task The_version_is_asked_for_once(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond("""{"major":2,"minor":14,"patch":0,"more":true}""");
        await using var source = Execution.Source(server.Address);
        await using var connection = source.OpenConnection();
        Assert.Empty(server.Requests);

        Assert.Equal("2.14.0", async ? await connection.GetServerVersionAsync() : connection.ServerVersion);
        Assert.Equal("2.14.0", connection.ServerVersion);

        var request = Assert.Single(server.Requests);
        Assert.Equal(("GET", "/v2/version"), (request.Method, request.Target));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("""{"message":"what?"}""")]
    [InlineData("""{"major":2}""")]
    [InlineData("""{"major":"two"}""")]
    public async Task A_version_that_is_none_is_an_error(string body)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(body);
        await using var source = Execution.Source(server.Address);
        await using var connection = source.OpenConnection();

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => connection.GetServerVersionAsync());

        Assert.Contains("not a version", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_readers_may_be_open_at_a_time()
    {
        await using var server = await ScriptedServer.StartAsync();
        server
            .Respond(Responses.Partition(2, """[["0"]]"""))
            .Respond(Responses.Partition(2, """[["10"]]"""))
            .Respond(Responses.Partition(2, """[["1"]]"""))
            .Respond(Responses.Partition(2, """[["11"]]"""));
        await using var source = Execution.Source(server.Address);
        await using var connection = source.OpenConnection();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT n FROM t";

        await using var one = await command.ExecuteReaderAsync();
        await using var two = await command.ExecuteReaderAsync();
        var seen = new List<long>();
        while (await one.ReadAsync() && await two.ReadAsync())
        {
            seen.AddRange([one.GetInt64(0), two.GetInt64(0)]);
        }

        Assert.Equal([0, 10, 1, 11], seen);
    }
}
