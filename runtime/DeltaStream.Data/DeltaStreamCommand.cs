using System.Data;
using System.Data.Common;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using DeltaStream.Data.Configuration;
using DeltaStream.Data.Parameters;
using DeltaStream.Data.Results;
using DeltaStream.Data.Statements;
using DeltaStream.Data.Wire;

namespace DeltaStream.Data;

/// <summary>A statement, to execute any number of times, one after the other.</summary>
/// <remarks>
/// The text of a statement that changes something holds values that may be secrets. The debugger's summary and the provider's
/// messages show none of them.
/// </remarks>
[DebuggerDisplay("{Summary,nq}")]
public sealed class DeltaStreamCommand : DbCommand
{
    private DeltaStreamConnection? _connection;
    private DeltaStreamParameterCollection? _parameters;
    private DeltaStreamAttachmentCollection? _attachments;
    private TimeSpan? _timeout;
    private int? _maxResponseSize;

    // The reader fetches with it, so it lives as long as the reader. Without a timer it has nothing to dispose of.
    private CancellationTokenSource? _cancel;
    private int _executing;

    /// <summary>Makes a command.</summary>
    /// <param name="commandText">The statement; null to set it later.</param>
    /// <param name="connection">The connection; null to set it later.</param>
    public DeltaStreamCommand(string? commandText = null, DeltaStreamConnection? connection = null)
    {
        CommandText = commandText;
        _connection = connection;
    }

    /// <summary>The statement. The provider adds a missing <c>;</c> at its end.</summary>
    /// <remarks>It is one statement. An execution refuses several before anything is sent: the API returns one result.</remarks>
    [AllowNull]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    [field: DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public override string CommandText
    {
        get;
        set => field = value ?? "";
    } = "";

    /// <summary>How long the whole command may take, with polls and retries, in seconds; 0 for no limit.</summary>
    /// <remarks>Each fetch of a later partition has that time too. The connection's setting applies unless this is set.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or more than 24 days.</exception>
    public override int CommandTimeout
    {
        get => _timeout is { } timeout ? ConnectionSettings.Seconds(timeout) : _connection?.CommandTimeout ?? 300;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, int.MaxValue / 1000);
            _timeout = value == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(value);
        }
    }

    /// <summary>
    /// The most bytes that one response to this command may have. Null, the default, is 4 MiB for a statement that changes
    /// something, such as CREATE or DROP, and 256 MiB for all others.
    /// </summary>
    /// <remarks>
    /// It counts decompressed bytes while they arrive, and each partition of the rows by itself. A response with more is a
    /// <see cref="DeltaStreamException"/>.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than 1 GiB.</exception>
    public int? MaxResponseSize
    {
        get => _maxResponseSize;
        set
        {
            if (value is { } size)
            {
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size, nameof(value));
                ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 1024 * 1024 * 1024, nameof(value));
            }

            _maxResponseSize = value;
        }
    }

    /// <summary>Always <see cref="CommandType.Text"/>.</summary>
    /// <exception cref="NotSupportedException">Another type is set.</exception>
    public override CommandType CommandType
    {
        get => CommandType.Text;
        set
        {
            if (value != CommandType.Text)
            {
                throw new NotSupportedException("DeltaStream executes statements only: CommandType must be Text.");
            }
        }
    }

    /// <summary>The files that travel with the statement.</summary>
    public DeltaStreamAttachmentCollection Attachments => _attachments ??= new();

    /// <summary>
    /// The role that executes this command; null for the connection's role. A command with its own role does not change the
    /// connection's context.
    /// </summary>
    public string? Role { get; set; }

    /// <summary>The parameters. An execution writes them into the statement as literals.</summary>
    public new DeltaStreamParameterCollection Parameters => _parameters ??= new();

    /// <summary>The connection.</summary>
    public new DeltaStreamConnection? Connection
    {
        get => _connection;
        set => _connection = value;
    }

    /// <summary>
    /// What no message about the statement may show. Null when nobody said it; then no message shows any value of a statement that
    /// changes something.
    /// </summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal Func<IEnumerable<string?>>? Secrets { get; set; }

    /// <summary>
    /// Whether a client of stores made the command. Its user can't set the command's limits, and its statements get a short
    /// response, so that a connection that died in silence is given up soon.
    /// </summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal bool IsOfClient { get; set; }

    // For the debugger.
    private string Summary => StatementOutline.Of(CommandText).Operation ?? "a statement";

    /// <inheritdoc/>
    public override bool DesignTimeVisible { get; set; }

    /// <inheritdoc/>
    public override UpdateRowSource UpdatedRowSource { get; set; }

    /// <inheritdoc/>
    protected override DbConnection? DbConnection
    {
        get => _connection;
        set =>
            _connection = value is null or DeltaStreamConnection
                ? (DeltaStreamConnection?)value
                : throw new ArgumentException("The connection must be a DeltaStreamConnection.", nameof(value));
    }

    /// <inheritdoc/>
    protected override DbParameterCollection DbParameterCollection => Parameters;

    /// <summary>Always null: DeltaStream has no transactions.</summary>
    /// <exception cref="NotSupportedException">A transaction is set.</exception>
    protected override DbTransaction? DbTransaction
    {
        get => null;
        set
        {
            if (value is not null)
            {
                throw new NotSupportedException("DeltaStream has no transactions.");
            }
        }
    }

    /// <summary>Stops the execution under way, or the fetch of its reader; does nothing when nothing is under way.</summary>
    /// <remarks>
    /// Any thread may call it. The execution ends with a <see cref="DeltaStreamException"/>, whose inner exception is an
    /// <see cref="OperationCanceledException"/>. The service may still execute the statement, and rows that are here can still be read.
    /// </remarks>
    public override void Cancel() => Volatile.Read(ref _cancel)?.Cancel();

    /// <summary>Does nothing: the API does not prepare statements.</summary>
    public override void Prepare() { }

    /// <summary>Executes the statement and drops its rows.</summary>
    /// <returns>-1: the API does not tell how many rows were affected.</returns>
    /// <exception cref="DeltaStreamException">The statement or a request failed.</exception>
    /// <exception cref="InvalidOperationException">There is no statement or no open connection, or an execution is under way.</exception>
    /// <exception cref="NotSupportedException">There are several statements.</exception>
    public override int ExecuteNonQuery()
    {
        Sync.Complete(ExecuteAsync(async: false, CancellationToken.None)).Dispose();
        return -1;
    }

    /// <inheritdoc cref="ExecuteNonQuery"/>
    /// <param name="cancellationToken">Stops at once; the service may still execute the statement.</param>
    public override async Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken)
    {
        (await ExecuteAsync(async: true, cancellationToken).ConfigureAwait(false)).Dispose();
        return -1;
    }

    /// <summary>Executes the statement and reads the first cell of its first row.</summary>
    /// <returns>The value, <see cref="DBNull.Value"/> for NULL, or null when there is no row.</returns>
    /// <exception cref="DeltaStreamException">The statement or a request failed.</exception>
    /// <exception cref="InvalidOperationException">There is no statement or no open connection, or an execution is under way.</exception>
    /// <exception cref="NotSupportedException">There are several statements.</exception>
    public override object? ExecuteScalar()
    {
        using var reader = ExecuteReader(CommandBehavior.SingleRow);
        return reader.Read() && reader.FieldCount > 0 ? reader.GetValue(0) : null;
    }

    /// <inheritdoc cref="ExecuteScalar"/>
    /// <param name="cancellationToken">Stops at once; the service may still execute the statement.</param>
    public override async Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken)
    {
        var reader = await ExecuteReaderAsync(CommandBehavior.SingleRow, cancellationToken).ConfigureAwait(false);
        await using var _ = reader.ConfigureAwait(false);
        return await reader.ReadAsync(cancellationToken).ConfigureAwait(false) && reader.FieldCount > 0
            ? reader.GetValue(0)
            : null;
    }

    /// <summary>Executes the statement and returns its rows, which the reader fetches as they are read.</summary>
    /// <param name="behavior">What to read, and whether the reader closes the connection.</param>
    /// <returns>A reader, which the caller disposes of.</returns>
    /// <exception cref="DeltaStreamException">The statement or a request failed.</exception>
    /// <exception cref="InvalidOperationException">There is no statement or no open connection, or an execution is under way.</exception>
    /// <exception cref="NotSupportedException">
    /// There are several statements, or <see cref="CommandBehavior.SchemaOnly"/> is set for one that does not only read.
    /// </exception>
    public new DeltaStreamDataReader ExecuteReader(CommandBehavior behavior = CommandBehavior.Default) =>
        Reader(Sync.Complete(ExecuteAsync(async: false, CancellationToken.None, behavior)), behavior);

    /// <inheritdoc cref="ExecuteReader(CommandBehavior)" path="/*[not(self::param)]"/>
    /// <param name="behavior">What to read, and whether the reader closes the connection.</param>
    /// <param name="cancellationToken">Stops at once; the service may still execute the statement.</param>
    public new async Task<DeltaStreamDataReader> ExecuteReaderAsync(
        CommandBehavior behavior = CommandBehavior.Default,
        CancellationToken cancellationToken = default
    ) => Reader(await ExecuteAsync(async: true, cancellationToken, behavior).ConfigureAwait(false), behavior);

    /// <inheritdoc/>
    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => ExecuteReader(behavior);

    /// <inheritdoc/>
    protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(
        CommandBehavior behavior,
        CancellationToken cancellationToken
    ) => Reader(await ExecuteAsync(async: true, cancellationToken, behavior).ConfigureAwait(false), behavior);

    /// <inheritdoc/>
    protected override DbParameter CreateDbParameter() => new DeltaStreamParameter();

    private DeltaStreamDataReader Reader(StatementResult result, CommandBehavior behavior) =>
        new(result, behavior, _connection);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<StatementResult> ExecuteAsync(
        bool async,
        CancellationToken cancellationToken,
        CommandBehavior behavior = CommandBehavior.Default
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection =
            _connection ?? throw new InvalidOperationException("The command has no connection. Set Connection first.");
        var service = connection.Service();
        if (string.IsNullOrWhiteSpace(CommandText))
        {
            throw new InvalidOperationException("The command has no text. Set CommandText first.");
        }

        var text = _parameters is { Count: > 0 } ? StatementText.Substitute(CommandText, _parameters) : CommandText;
        var outline = StatementOutline.Of(text);
        outline.ThrowIfNotOne();
        // Whoever asks only for columns expects that nothing happens. The API can promise that for reads only.
        if (behavior.HasFlag(CommandBehavior.SchemaOnly) && !outline.IsRead)
        {
            throw new NotSupportedException(
                "CommandBehavior.SchemaOnly needs a statement that only reads, as the service executes it to know its columns."
            );
        }

        var cancel = new CancellationTokenSource();
        var hasRole = !string.IsNullOrEmpty(Role);
        var execution = new StatementExecution(service, text, outline, Secrets)
        {
            Context = hasRole ? connection.Context with { Role = Role } : connection.Context,
            Attachments = _attachments?.ToArray() ?? [],
            Timeout = _timeout ?? service.Settings.CommandTimeout,
            MaxResponseSize = _maxResponseSize,
            IsOfClient = IsOfClient,
            Cancelled = cancel.Token,
        };
        if (Interlocked.Exchange(ref _executing, 1) == 1)
        {
            throw new InvalidOperationException(
                "The command is being executed. Wait for its end, or use another command."
            );
        }

        Volatile.Write(ref _cancel, cancel);
        try
        {
            var result = await execution.ExecuteAsync(async, cancellationToken).ConfigureAwait(false);
            if (!hasRole)
            {
                connection.Adopt(result.Context);
            }

            return result;
        }
        finally
        {
            Volatile.Write(ref _executing, 0);
        }
    }
}
