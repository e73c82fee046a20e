using CsCheck;
using DeltaStream.Sdk.Statements;
using DeltaStream.TestSupport;
using Npgsql;

namespace DeltaStream.Sdk.Tests.Quoting;

/// <summary>A real parser reads our literals and identifiers as the values that they stand for.</summary>
public sealed class PostgresParserTests
{
    private const string LiteralMark = " WHERE name = ";

    [Requirement("NFR-002")]
    [PostgresFact]
    public async Task A_real_server_reads_back_what_was_quoted()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        var values = new List<string>
        {
            "a'b\"c\\d",
            "we\"ird 东西",
            "'); DROP TABLE x; --",
            "\\",
            "''",
            "$$",
            "E'\\n'",
            "🦊",
            "\t",
        };
        Gen.Char[' ', '\u00ff']
            .Array[1, 15]
            .Select(c => new string(c).Replace("\u0085", "", StringComparison.Ordinal))
            .Where(s => s.Length > 0)
            .Sample(values.Add, iter: 200, threads: 1);

        foreach (var value in values)
        {
            Assert.Equal(value, await ReadAsync(connection, $"SELECT {Literal(value)}", reader => reader.GetString(0)));
            if (!value.Contains('\t', StringComparison.Ordinal))
            {
                Assert.Equal(
                    value,
                    await ReadAsync(connection, $"SELECT 1 AS {Identifier(value)}", reader => reader.GetName(0))
                );
            }
        }
    }

    private static string Literal(string value)
    {
        var select = StoreStatement.Select(value).Reveal();
        return select[(select.IndexOf(LiteralMark, StringComparison.Ordinal) + LiteralMark.Length)..^1];
    }

    private static string Identifier(string value) => StoreStatement.Drop(value).Reveal()["DROP STORE ".Length..^1];

    private static async Task<string> ReadAsync(
        NpgsqlConnection connection,
        string sql,
        Func<NpgsqlDataReader, string> read
    )
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        return read(reader);
    }
}
