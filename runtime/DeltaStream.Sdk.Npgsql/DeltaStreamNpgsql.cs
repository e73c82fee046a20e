using System.Net;
using DeltaStream.Data.Configuration;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DeltaStream.Sdk.Npgsql;

/// <summary>Connects a <see cref="StoreClient"/> to a PostgreSQL-protocol endpoint of DeltaStream.</summary>
public static class DeltaStreamNpgsql
{
    // An idle connection is probed by TCP sooner than a load balancer cuts it, and closed soon, as those over REST are.
    private const int TcpKeepAliveSeconds = 30;
    private const int IdleLifetimeSeconds = 60;

    // On CREATE and UPDATE the service checks the external system before it responds.
    private const int CommandTimeoutSeconds = 60;

    private const string Form = "Host=...;Port=...;Username=...;Password=...;Database=...";

    /// <summary>Builds a data source with the settings that stores need.</summary>
    /// <remarks>
    /// The connection string decides. Where it says nothing:
    /// <list type="bullet">
    /// <item>TLS verifies the certificate and the host name, except on loopback, because statements carry credentials.</item>
    /// <item>A command may take 60 seconds.</item>
    /// <item>TCP keepalive probes an idle connection every 30 seconds, and the pool closes it after 60 seconds.</item>
    /// <item>The application name is <c>DeltaStream.Sdk</c>.</item>
    /// </list>
    /// The data source never loads types and never resets pooled connections: both are features of PostgreSQL that the service
    /// does not have. Npgsql's logs and activities never show the text of a statement, because it holds the stores' secrets. Nor do
    /// its exceptions hold a failed command: <c>Include Failed Batched Command</c> has no effect.
    /// </remarks>
    /// <param name="connectionString">An Npgsql connection string; <c>Host</c> is required.</param>
    /// <param name="loggerFactory">Where Npgsql logs connections and failures; null for no logs.</param>
    /// <returns>The data source. Dispose it when no client uses it any more.</returns>
    /// <exception cref="ArgumentException">The connection string is not valid, or names no host.</exception>
    public static NpgsqlDataSource CreateDataSource(string connectionString, ILoggerFactory? loggerFactory) =>
        Create(connectionString, null, loggerFactory);

    /// <inheritdoc cref="CreateDataSource(string, ILoggerFactory?)"/>
    /// <remarks>It has no logs.</remarks>
    public static NpgsqlDataSource CreateDataSource(string connectionString) => Create(connectionString, null, null);

    /// <summary>Builds a data source with the settings that stores need, and with yours: certificates, a password provider, TLS.</summary>
    /// <remarks>
    /// Your action is called once, before the other settings are made, and what it sets in the builder's connection string counts
    /// as if it stood in <paramref name="connectionString"/>. Three things it can't change, because statements hold secrets and the
    /// service is not PostgreSQL: where Npgsql logs (that is <paramref name="loggerFactory"/>), which commands are traced (none), and
    /// that no types are loaded and no pooled connection is reset.
    /// </remarks>
    /// <param name="connectionString">An Npgsql connection string; <c>Host</c> is required.</param>
    /// <param name="loggerFactory">Where Npgsql logs connections and failures; null for no logs.</param>
    /// <param name="configure">
    /// Sets what a connection string can't hold, such as <c>UsePeriodicPasswordProvider</c> or
    /// <c>UseSslClientAuthenticationOptionsCallback</c>.
    /// </param>
    /// <returns>The data source. Dispose it when no client uses it any more.</returns>
    /// <exception cref="ArgumentException">The connection string is not valid, or names no host.</exception>
    public static NpgsqlDataSource CreateDataSource(
        string connectionString,
        ILoggerFactory? loggerFactory,
        Action<NpgsqlSlimDataSourceBuilder> configure
    )
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Create(connectionString, configure, loggerFactory);
    }

    private static NpgsqlDataSource Create(
        string connectionString,
        Action<NpgsqlSlimDataSourceBuilder>? configure,
        ILoggerFactory? loggerFactory
    )
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        if (ConnectionText.Fault(connectionString) is { } fault)
        {
            throw new ArgumentException(
                $"The connection string is {fault}. Write '{Form}' for PostgreSQL's protocol; "
                    + "an https:// address of the REST API goes to DeltaStreamDataSource, as 'Server=https://...;Token=...'.",
                nameof(connectionString)
            );
        }

        var builder = new NpgsqlSlimDataSourceBuilder(Read(connectionString).ConnectionString);
        builder.EnableTransportSecurity();
        configure?.Invoke(builder);
        var given = Read(builder.ConnectionString);
        if ((string.IsNullOrEmpty(given.Host) ? "names no host" : HostFault(given.Host)) is { } wrong)
        {
            throw new ArgumentException(
                $"The connection string {wrong}: write '{Form}' with what the service gives you.",
                nameof(connectionString)
            );
        }

        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        builder.ConfigureTracing(tracing =>
            tracing.ConfigureCommandFilter(_ => false).ConfigureBatchFilter(_ => false)
        );
        builder.UseLoggerFactory(loggerFactory is null ? null : new StatementFreeLoggerFactory(loggerFactory));
        Complete(builder.ConnectionStringBuilder, given);
        return builder.Build();
    }

    private static NpgsqlConnectionStringBuilder Read(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
#pragma warning disable MA0054 // The cause shows the value, and what runs on behind a missing ';' may be a password.
            throw new ArgumentException(
                $"Npgsql does not take the connection string: {e.Message} Write '{Form}'.",
                nameof(connectionString)
            );
#pragma warning restore MA0054
        }
    }

    // What another driver's form, or a keyword without a ';' in front, makes of the host.
    private static string? HostFault(string hosts)
    {
        foreach (var host in hosts.Split(',', StringSplitOptions.TrimEntries))
        {
            var colon = host.IndexOf(':', StringComparison.Ordinal);
            if (host.Contains('=', StringComparison.Ordinal))
            {
                return "holds a '=' in its Host, as when a ';' is missing behind it";
            }

            if (
                !host.StartsWith('/')
                && !Path.IsPathRooted(host)
                && (
                    host.AsSpan().IndexOfAny(" \t/\\") >= 0
                    || (colon > 0 && colon == host.LastIndexOf(':') && !host.AsSpan(colon + 1).IsNumber())
                )
            )
            {
                return "has a Host that is no host's name or address, with or without a port";
            }
        }

        return null;
    }

    private static bool IsNumber(this ReadOnlySpan<char> text) =>
        !text.IsEmpty && text.IndexOfAnyExceptInRange('0', '9') < 0;

    private static void Complete(NpgsqlConnectionStringBuilder settings, NpgsqlConnectionStringBuilder given)
    {
        settings.NoResetOnClose = true;
        settings.Enlist = false;
        // An exception with the failed command would carry the statement, with its secrets, to whoever prints it.
        settings.IncludeFailedBatchedCommand = false;
        if (!given.ShouldSerialize("SSL Mode") && !IsLoopback(given.Host!))
        {
            settings.SslMode = SslMode.VerifyFull;
        }

        if (!given.ShouldSerialize("Command Timeout"))
        {
            settings.CommandTimeout = CommandTimeoutSeconds;
        }

        if (!given.ShouldSerialize("TCP Keepalive"))
        {
            settings.TcpKeepAlive = true;
        }

        if (settings.TcpKeepAlive && !given.ShouldSerialize("TCP Keepalive Time"))
        {
            settings.TcpKeepAliveTime = TcpKeepAliveSeconds;
        }

        if (!given.ShouldSerialize("Connection Idle Lifetime"))
        {
            settings.ConnectionIdleLifetime = IdleLifetimeSeconds;
        }

        settings.ApplicationName ??= "DeltaStream.Sdk";
    }

    // Several hosts are loopback only if each one is. A path is a Unix socket.
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
