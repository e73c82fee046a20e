using System.Data.Common;
using DeltaStream.Data;
using DeltaStream.Sdk.Npgsql;

namespace DeltaStream.Stores.Tool.Connection;

/// <summary>Finds out where the service is: by an option, by the environment, or by the environment file.</summary>
/// <param name="Server">The address of the REST API of <c>--server</c>; null when it is not given.</param>
/// <param name="Postgres">The connection string of <c>--connection</c>; null when it is not given.</param>
/// <param name="Role">The role of <c>--role</c>; null when it is not given.</param>
internal sealed record ServerConnection(string? Server, string? Postgres, string? Role)
{
    private const string ServerVariable = "DELTASTREAM_SERVER";
    private const string PostgresVariable = "DELTASTREAM_CONNECTION";

    /// <summary>Makes a data source. Nothing is sent.</summary>
    /// <exception cref="InvalidDataException">A setting is missing or contradicts another.</exception>
    /// <exception cref="ArgumentException">A setting is not valid.</exception>
    public DbDataSource Open(EnvironmentFile environment)
    {
        if (Server is not null && Postgres is not null)
        {
            throw new InvalidDataException("--server and --connection name two transports: keep one of them.");
        }

        var postgres = Postgres ?? (Server is null ? environment[PostgresVariable] : null);
        if (Postgres is null && postgres is not null && environment[ServerVariable] is not null)
        {
            throw new InvalidDataException(
                $"{ServerVariable} and {PostgresVariable} name two transports: unset one of them, or write --server or --connection."
            );
        }

        if (postgres is not null)
        {
            return Role is null
                ? DeltaStreamNpgsql.CreateDataSource(postgres)
                : throw new InvalidDataException(
                    "--role needs the REST API, because PostgreSQL's protocol switches no roles: write --server, or connect as a user with that role."
                );
        }

        var options = DeltaStreamOptions.FromEnvironment(name =>
            Server is null || !name.EndsWith("URL", StringComparison.Ordinal)
                ? (name == ServerVariable ? Server : null) ?? environment[name]
                : null
        );
        if (string.IsNullOrWhiteSpace(options.Token))
        {
            throw new InvalidDataException(
                $"There is no API token: set DELTASTREAM_API_KEY, in the environment or in the file {EnvironmentFile.Name} next to the declarations. "
                    + $"For PostgreSQL's protocol set {PostgresVariable} instead."
            );
        }

        options.Role = Role ?? options.Role;
        options.ApplicationName = "deltastream-stores";
        return DeltaStreamDataSource.Create(options);
    }
}
