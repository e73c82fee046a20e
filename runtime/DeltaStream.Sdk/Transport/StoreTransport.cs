using System.Data;
using System.Data.Common;
using DeltaStream.Data;
using DeltaStream.Data.Configuration;
using DeltaStream.Sdk.Secrets;
using DeltaStream.Sdk.Statements;

namespace DeltaStream.Sdk.Transport;

/// <summary>The way that statements take to the service, and what it can carry besides SQL text.</summary>
internal sealed class StoreTransport(
    DbDataSource dataSource,
    TimeProvider time,
    RetryLimits retries,
    Func<Func<CancellationToken, ValueTask>, CancellationToken, ValueTask>? readPipeline,
    bool attachSecrets
)
{
    // An empty query: a server answers it and executes nothing. JDBC probes its connections with it, too.
    private const string Probe = ";";

    // A driver that gives up may need as long again to cancel.
    private const int ProbeTimeoutSeconds = 2;

    /// <summary>How long a read that is a probe itself waits for an answer, as one over REST does.</summary>
    public const int SilenceSeconds = 3;

    private readonly bool _isRest = dataSource is DeltaStreamDataSource;

    /// <summary>The caller's way to run a read; null for none.</summary>
    public Func<Func<CancellationToken, ValueTask>, CancellationToken, ValueTask>? ReadPipeline => readPipeline;

    /// <summary>How files travel.</summary>
    public StoreFileTransport Files =>
        (_isRest, attachSecrets) switch
        {
            (false, _) => StoreFileTransport.Inline,
            (true, true) => StoreFileTransport.AttachmentWithSecrets,
            _ => StoreFileTransport.Attachment,
        };

    /// <summary>Whether files can travel beside a statement.</summary>
    public bool CarriesFiles => _isRest;

    /// <summary>Whether each statement may act as a role of its own.</summary>
    public bool SwitchesRoles => _isRest;

    /// <summary>Whether connections are probed, because they may be dead.</summary>
    public bool Probes => !_isRest;

    /// <summary>Gives the API tokens so far, which no message may show; null when the transport has none.</summary>
    public Func<IReadOnlyList<string>>? Tokens => dataSource is DeltaStreamDataSource rest ? () => rest.Tokens : null;

    /// <summary>The hosts that may have the token over plain http; null when there are none.</summary>
    public string? InsecureHosts => (dataSource as DeltaStreamDataSource)?.InsecureHosts;

    /// <summary>Opens a connection that is alive. If that fails, no statement was sent.</summary>
    /// <remarks>
    /// A pool may hold connections that died while nobody used them, because the server restarted or a load balancer cut them. A
    /// statement over one of them would be lost, and nobody would know whether the service executed it. So each connection is
    /// probed first. After a dead one a pool drops all that are idle, and the next connection is new. REST needs no probe: its
    /// connections carry one request at a time, and the HTTP client drops the dead ones.
    /// </remarks>
    public async ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        var isAlive = _isRest;
        try
        {
            isAlive = isAlive || await IsAliveAsync(connection, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (!isAlive)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }
        }

        return isAlive ? connection : await ConnectAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens a connection that may be dead. What can't be opened for now is tried again: nothing was sent.</summary>
    public async ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (DbException e) when (e.IsTransient && attempt < retries.Attempts)
            {
                await Task.Delay(retries.PauseAfter(attempt), time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async ValueTask<bool> IsAliveAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var probe = connection.CreateCommand();
        await using var probing = probe.ConfigureAwait(false);
        probe.CommandText = Probe;
        probe.CommandTimeout = ProbeTimeoutSeconds;
        try
        {
            await probe.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (DbException)
        {
            // A server that refuses the query is alive. A lost connection is no longer open.
            return connection.State == ConnectionState.Open;
        }
    }

    /// <summary>Makes a command from a statement.</summary>
    /// <param name="connection">A connection of this transport.</param>
    /// <param name="statement">The statement; its files travel as <see cref="Files"/> says.</param>
    /// <param name="role">The role that acts; null for the connection's role.</param>
    /// <param name="redaction">What the client hides in what the service says.</param>
    /// <param name="maxResponseSize">
    /// The most bytes that a response over REST may have; null for the provider's limit of this kind of statement.
    /// </param>
    public static DbCommand CreateCommand(
        DbConnection connection,
        StoreStatement statement,
        string? role,
        SecretRedaction redaction,
        int? maxResponseSize = null
    )
    {
        var command = connection.CreateCommand();
        command.CommandText = statement.Reveal();
        if (command is DeltaStreamCommand rest)
        {
            rest.Role = role;
            rest.MaxResponseSize = maxResponseSize;
            rest.IsOfClient = true;
            // A read holds none, but the service may repeat what it was told before, and the provider cuts and traces what it says.
            rest.Secrets = redaction.Secrets;
            foreach (var (token, file) in statement.Attachments)
            {
                rest.Attachments.Add(token, file.Reveal());
            }
        }
        else if (role is not null)
        {
            throw new InvalidOperationException("A role reached a transport that can't switch roles.");
        }

        return command;
    }

    /// <summary>What an exception proves about the statement that was being executed.</summary>
    public static StatementFate FateOf(Exception exception) =>
        exception switch
        {
            DeltaStreamException { MayHaveExecuted: true } => StatementFate.Unknown,
            DeltaStreamException { SqlState: null, HttpStatus: null } => StatementFate.NotSent,
            DeltaStreamException => StatementFate.Refused,
            DbException e when !IsFatal(e) && DeltaStreamException.ProvesRefusal(e.SqlState) => StatementFate.Refused,
            _ => StatementFate.Unknown,
        };

    // A server that ends the connection says nothing certain about the statement. Npgsql gives the severity beside the exception.
    private static bool IsFatal(DbException exception) =>
        (exception.Data["InvariantSeverity"] ?? exception.Data["Severity"]) is "FATAL" or "PANIC";
}
