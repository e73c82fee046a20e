using System.Net;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DeltaStream.Sdk.Npgsql;

/// <summary>Connects a <see cref="StoreClient"/> to a PostgreSQL-protocol endpoint of DeltaStream.</summary>
public static class DeltaStreamNpgsql
{
    // Creating or updating a store lets the service look at the external system before it answers.
    private const int CommandTimeoutSeconds = 60;

    /// <summary>Builds a data source with the settings that stores need.</summary>
    /// <remarks>
    /// What the connection string says stays; where it is silent:
    /// <list type="bullet">
    /// <item>TLS with a verified certificate and host name, except to loopback: statements carry credentials.</item>
    /// <item>60 seconds for a command.</item>
    /// <item>The application name <c>DeltaStream.Sdk</c>.</item>
    /// </list>
    /// And always: no type loading and no reset of pooled connections, which are PostgreSQL's own and not the service's; no
    /// statement text in Npgsql's logs and activities, because it holds the stores' secrets.
    /// </remarks>
    /// <param name="connectionString">An Npgsql connection string; <c>Host</c> is required.</param>
    /// <param name="loggerFactory">Where Npgsql logs connections and failures; null for nowhere.</param>
    /// <returns>The data source. Dispose it when no client uses it any more.</returns>
    /// <exception cref="ArgumentException">The connection string is not valid or names no host.</exception>
    public static NpgsqlDataSource CreateDataSource(string connectionString, ILoggerFactory? loggerFactory = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        var said = new NpgsqlConnectionStringBuilder(connectionString);
        if (string.IsNullOrEmpty(said.Host))
        {
            throw new ArgumentException(
                "The connection string names no host: add Host=..., and Port, Username, Password and Database as the service tells.",
                nameof(connectionString)
            );
        }

        var builder = new NpgsqlSlimDataSourceBuilder(connectionString);
        builder.EnableTransportSecurity();
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        builder.ConfigureTracing(tracing =>
            tracing.ConfigureCommandFilter(_ => false).ConfigureBatchFilter(_ => false)
        );
        if (loggerFactory is not null)
        {
            builder.UseLoggerFactory(new StatementFreeLoggerFactory(loggerFactory));
        }

        Complete(builder.ConnectionStringBuilder, said);
        return builder.Build();
    }

    private static void Complete(NpgsqlConnectionStringBuilder settings, NpgsqlConnectionStringBuilder said)
    {
        settings.NoResetOnClose = true;
        settings.Enlist = false;
        if (!said.ShouldSerialize("SSL Mode") && !IsLoopback(said.Host!))
        {
            settings.SslMode = SslMode.VerifyFull;
        }

        if (!said.ShouldSerialize("Command Timeout"))
        {
            settings.CommandTimeout = CommandTimeoutSeconds;
        }

        settings.ApplicationName ??= "DeltaStream.Sdk";
    }

    // Several hosts are loopback only when each is; a path is a Unix socket.
    private static bool IsLoopback(string hosts) =>
        hosts
            .Split(',', StringSplitOptions.TrimEntries)
            .All(host =>
                host.StartsWith('/')
                || string.Equals(WithoutPort(host), "localhost", StringComparison.OrdinalIgnoreCase)
                || (IPAddress.TryParse(WithoutPort(host), out var address) && IPAddress.IsLoopback(address))
            );

    private static string WithoutPort(string host) =>
        host.StartsWith('[') ? host[1..Math.Max(1, host.IndexOf(']', StringComparison.Ordinal))]
        : host.AsSpan().Count(':') == 1 ? host[..host.IndexOf(':', StringComparison.Ordinal)]
        : host;
}
