using System.Globalization;
using Npgsql;

namespace DeltaStream.Clients.Tests.Programs;

/// <summary>Clients in other languages, each with the defaults of its driver.</summary>
public sealed class ProgramTests : ClientTest
{
    [ProgramFact("psql")]
    public Task Psql() => RunAsync("psql");

    [ProgramFact("psycopg 3")]
    public Task Psycopg() => RunAsync("psycopg 3");

    [ProgramFact("node-postgres")]
    public Task Node_postgres() => RunAsync("node-postgres");

    [ProgramFact("postgres.js")]
    public Task Postgres_js() => RunAsync("postgres.js");

    [ProgramFact("JDBC")]
    public Task Jdbc() => RunAsync("JDBC");

    private async Task RunAsync(string client)
    {
        var connection = new NpgsqlConnectionStringBuilder(Emulator.PostgresConnectionString);
        var environment = new Dictionary<string, string>
        {
            ["PGHOST"] = connection.Host!,
            ["PGPORT"] = connection.Port.ToString(CultureInfo.InvariantCulture),
            ["PGUSER"] = connection.Username!,
            ["PGPASSWORD"] = connection.Password!,
            ["PGDATABASE"] = connection.Database!,
            ["NAME"] = Statements.Name,
            ["CREATE"] = Statements.Create,
            // In JavaScript it would be a text, so those scripts cast it as their users do.
            ["COUNT"] = Statements.Count,
            ["ENDLESS"] = Statements.Endless,
            ["MISSING"] = Statements.Missing,
        };

        var output = await ClientProgram.All.Single(p => p.Name == client).RunAsync(environment);

        Check(client, output);
    }
}
