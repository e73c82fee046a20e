using System.Data;
using Dapper;
using DeltaStream.Data.Tests.Serving;

namespace DeltaStream.Data.Tests.Statements;

/// <summary>
/// Several statements in one command are refused before anything is sent, however they are executed: the API has one result, that of
/// the last. One statement goes as it is, whatever stands around it.
/// Issue 11, number 18.
/// </summary>
public sealed class SeveralStatementsTests
{
    /// <summary>A text, and how many statements it holds.</summary>
    public static TheoryData<string, int> Several =>
        new()
        {
            { "SELECT 1; SELECT 2", 2 },
            { "SELECT 1;SELECT 2;", 2 },
            { "SELECT 1;;SELECT 2", 2 },
            { ";SELECT 1; SELECT 2", 2 },
            { "SELECT 1; -- the first\nSELECT 2", 2 },
            { "SELECT 1; /* ; */ SELECT 2; /* ; */", 2 },
            { "SELECT ';'; SELECT ';'", 2 },
            { "SELECT 'a\\'; DROP STORE s", 2 },
            { "CREATE STORE a WITH (); CREATE STORE b WITH ()", 2 },
            { "DROP STORE a; SELECT 1", 2 },
            { "USE ROLE r; DROP STORE a; DROP STORE b;", 3 },
            { "SELECT 1; x", 2 },
            { "SELECT @a; SELECT @b", 2 },
        };

    public static TheoryData<string> One =>
        [
            "SELECT 1",
            "SELECT 1;",
            "SELECT 1;;",
            ";; SELECT 1",
            "SELECT 1; -- SELECT 2;",
            "SELECT 1 /* ; SELECT 2 */ ;",
            "/* ; /* ; */ ; */ SELECT 1;",
            "SELECT ';', \"a;b\" FROM `c;d`",
            "SELECT @a",
            "CREATE STORE a WITH ('k' = 'a;b''; DROP STORE x; --');",
        ];

    [Theory]
    [MemberData(nameof(Several))]
    public async Task Several_statements_are_refused_before_anything_is_sent(string text, int count)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Success);
        await using var source = Execution.Source(server.Address);
        await using var connection = await source.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        command.Parameters.AddWithValue("a", "x; y");
        command.Parameters.AddWithValue("b", 2);

        foreach (
            var execute in new Func<Task>[]
            {
                () => Task.FromResult(command.ExecuteNonQuery()),
                () => command.ExecuteNonQueryAsync(),
                () => Task.FromResult(command.ExecuteScalar()),
                () => command.ExecuteScalarAsync(),
                () => Task.FromResult(command.ExecuteReader()),
                () => command.ExecuteReaderAsync(),
                () => command.ExecuteReaderAsync(CommandBehavior.SchemaOnly),
            }
        )
        {
            var exception = await Assert.ThrowsAsync<NotSupportedException>(execute);
            Assert.StartsWith(
                $"The command holds {count} statements, and nothing was sent",
                exception.Message,
                StringComparison.Ordinal
            );
            Assert.Contains("a command of its own", exception.Message, StringComparison.Ordinal);
        }

        Assert.Empty(server.Requests);
    }

    [Theory]
    [MemberData(nameof(One))]
    public async Task One_statement_is_sent(string text)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Success);
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand(text);
        if (text.Contains('@', StringComparison.Ordinal))
        {
            command.Parameters.AddWithValue("a", "x; SELECT 2");
        }

        await command.ExecuteNonQueryAsync();

        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(";")]
    [InlineData(" ; ;\n")]
    [InlineData("-- SELECT 1")]
    [InlineData("/* SELECT 1; */")]
    [InlineData("/* a */ ; -- b")]
    public async Task A_text_without_a_statement_is_refused(string text)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Success);
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand(text);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => command.ExecuteNonQueryAsync());

        Assert.Contains("has no statement", exception.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Dapper_never_takes_the_second_result_for_the_first()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Success);
        await using var source = Execution.Source(server.Address);
        await using var connection = await source.OpenConnectionAsync();

        await Assert.ThrowsAsync<NotSupportedException>(() => connection.QueryMultipleAsync("SELECT 1; SELECT 2"));
        await Assert.ThrowsAsync<NotSupportedException>(() => connection.QueryAsync<int>("SELECT 1; SELECT 2"));
        await Assert.ThrowsAsync<NotSupportedException>(() => connection.ExecuteAsync("DROP STORE a; DROP STORE b"));

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_batch_is_refused()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var source = Execution.Source(server.Address);
        await using var connection = await source.OpenConnectionAsync();

        Assert.False(connection.CanCreateBatch);
        Assert.Throws<NotSupportedException>(() => connection.CreateBatch());
        Assert.Throws<NotSupportedException>(() => source.CreateBatch());
    }
}
