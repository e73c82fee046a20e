using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using DeltaStream.Sdk.Errors;
using DeltaStream.Sdk.Secrets;
using DeltaStream.Sdk.Statements;
using DeltaStream.Sdk.Telemetry;
using DeltaStream.Sdk.Transport;

namespace DeltaStream.Sdk.Catalog;

/// <summary>The rows of a statement that reads, and the connection that they come over.</summary>
internal sealed class CatalogRows : IAsyncDisposable
{
    private readonly DbConnection _connection;
    private readonly StoreStatement _statement;
    private DbCommand? _command;
    private StatementSpan? _span;
    private DbDataReader? _reader;

    private CatalogRows(DbConnection connection, StoreStatement statement) =>
        (_connection, _statement) = (connection, statement);

    /// <summary>The reader; on a row as long as <see cref="HasRow"/> is true.</summary>
    public DbDataReader Reader => _reader!;

    public bool HasRow { get; private set; }

    /// <summary>Sends a statement that reads and goes to its first row, through the caller's pipeline if there is one.</summary>
    /// <remarks>
    /// When the connection dies before the first row, it is sent once more, because it changes nothing. A read of one row goes
    /// over a connection that is not probed: it is a probe itself, and is sent as any other when it hears nothing. Over REST the
    /// provider sends it again by itself, and its connections stay open.
    /// </remarks>
    public static ValueTask<CatalogRows> StartAsync(
        StoreTransport transport,
        StoreStatement statement,
        string? role,
        SecretRedaction redaction,
        int maxResponseSize,
        CancellationToken cancellationToken,
        bool isOneRow = false
    )
    {
        return transport.ReadPipeline is { } pipeline
            ? ThroughAsync(pipeline, SendAsync, cancellationToken)
            : SendAsync(cancellationToken);

        ValueTask<CatalogRows> SendAsync(CancellationToken token) =>
            StartOnceAsync(transport, statement, role, redaction, maxResponseSize, isOneRow, token);
    }

    // A pipeline may run the read again, run it twice at once, and return before the second has ended.
    private static async ValueTask<CatalogRows> ThroughAsync(
        Func<Func<CancellationToken, ValueTask>, CancellationToken, ValueTask> pipeline,
        Func<CancellationToken, ValueTask<CatalogRows>> send,
        CancellationToken cancellationToken
    )
    {
        var gate = new Lock();
        var failures = new List<Exception>();
        var hasEnded = false;
        CatalogRows? rows = null;
        try
        {
            await pipeline(ReadAsync, cancellationToken).ConfigureAwait(false);
        }
        // Every exception: the pipeline is the caller's, and throws what it likes. Rows that it had are given back.
        catch (Exception e)
        {
            if (End() is { } given)
            {
                await given.DisposeAsync().ConfigureAwait(false);
            }

            cancellationToken.ThrowIfCancellationRequested();
            lock (gate)
            {
                if (failures.Contains(e))
                {
                    throw;
                }
            }

            throw new ReadPipelineException(e);
        }

        return End() ?? throw new ReadPipelineException();

        CatalogRows? End()
        {
            lock (gate)
            {
                hasEnded = true;
                return rows;
            }
        }

        async ValueTask ReadAsync(CancellationToken token)
        {
            CatalogRows read;
            try
            {
                read = await send(token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                lock (gate)
                {
                    failures.Add(e);
                }

                throw;
            }

            CatalogRows? unused;
            lock (gate)
            {
                (unused, rows) = hasEnded ? (read, rows) : (rows, read);
            }

            if (unused is not null)
            {
                await unused.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<CatalogRows> StartOnceAsync(
        StoreTransport transport,
        StoreStatement statement,
        string? role,
        SecretRedaction redaction,
        int maxResponseSize,
        bool isOneRow,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = isOneRow && transport.Probes ? 0 : 1; ; attempt++)
        {
            var isProbe = attempt == 0;
            var opening = isProbe ? transport.ConnectAsync(cancellationToken) : transport.OpenAsync(cancellationToken);
            var connection = await opening.ConfigureAwait(false);
            var rows = new CatalogRows(connection, statement);
            try
            {
                rows._command = StoreTransport.CreateCommand(connection, statement, role, redaction, maxResponseSize);
                if (isProbe)
                {
                    var own = rows._command.CommandTimeout;
                    rows._command.CommandTimeout = own is > 0 and < StoreTransport.SilenceSeconds
                        ? own
                        : StoreTransport.SilenceSeconds;
                }

                await rows.NextAsync(cancellationToken).ConfigureAwait(false);
                return rows;
            }
            catch (DbException e)
                when (attempt < 2 && IsLost(e, connection) || isProbe && e.InnerException is TimeoutException)
            {
                await rows.DisposeAsync().ConfigureAwait(false);
            }
            catch
            {
                await rows.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <summary>Goes to the next row.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_reader is null)
            {
                _span = StatementSpan.Start(_statement, _connection);
                _reader = await _command!.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            }

            HasRow = await _reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OutOfMemoryException e)
        {
            // A server that is not DeltaStream announces a row of any length, and Npgsql makes room for the whole.
            _span?.Failed(e, null);
            throw new UnreadableRowException(e);
        }
        catch (Exception e)
        {
            _span?.Failed(e, (e as DbException)?.SqlState);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _span?.Dispose();
        if (_reader is not null)
        {
            await _reader.DisposeAsync().ConfigureAwait(false);
        }

        if (_command is not null)
        {
            await _command.DisposeAsync().ConfigureAwait(false);
        }

        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    // A command that took all its time is not tried again, and neither is a row that does not fit.
    private static bool IsLost(DbException exception, DbConnection connection) =>
        connection.State != ConnectionState.Open
        && exception.InnerException is not (TimeoutException or OutOfMemoryException);
}
