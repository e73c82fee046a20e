using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using DeltaStream.Data.Configuration;
using DeltaStream.Data.Results;
using DeltaStream.Data.Wire;

namespace DeltaStream.Data;

/// <summary>A session, with the role, database, schema and store that its statements use.</summary>
/// <remarks>
/// <para>Opening makes no request, because HTTP has no session. A wrong token shows at the first statement.</para>
/// <para>The context starts as configured. A successful statement may change it, as USE does; the next statements use it.</para>
/// <para>Several commands and readers may be active at a time, on one thread.</para>
/// </remarks>
public sealed class DeltaStreamConnection : DbConnection
{
    private static readonly StateChangeEventArgs s_opened = new(ConnectionState.Closed, ConnectionState.Open);
    private static readonly StateChangeEventArgs s_closed = new(ConnectionState.Open, ConnectionState.Closed);

    private readonly bool _fixed;
    private ServiceClient? _service;
    private SessionContext _context = new();
    private string? _version;
    private ConnectionState _state;

    /// <summary>Makes a closed connection that has no connection string yet.</summary>
    public DeltaStreamConnection() { }

    /// <summary>Makes a closed connection. Prefer <see cref="DeltaStreamDataSource"/>, which checks its settings once.</summary>
    /// <param name="connectionString">See <see cref="DeltaStreamConnectionStringBuilder"/>; null or empty to set it later.</param>
    /// <exception cref="ArgumentException">A keyword is unknown, or a setting is missing or not valid.</exception>
    public DeltaStreamConnection(string? connectionString)
    {
        ConnectionString = connectionString;
    }

    internal DeltaStreamConnection(ServiceClient service)
    {
        _service = service;
        _context = service.Settings.Context;
        _fixed = true;
    }

    /// <summary>The connection string. What you read from it has no token.</summary>
    /// <exception cref="ArgumentException">A keyword is unknown, or a setting is missing or not valid.</exception>
    /// <exception cref="InvalidOperationException">It is set on an open connection, or on a data source's connection.</exception>
    [AllowNull]
    public override string ConnectionString
    {
        get => _service?.Settings.Printable ?? "";
        set
        {
            if (_fixed)
            {
                throw new InvalidOperationException(
                    "The connection belongs to a data source, which fixes its connection string."
                );
            }

            if (_state != ConnectionState.Closed)
            {
                throw new InvalidOperationException("Close the connection before you change its connection string.");
            }

            if (string.IsNullOrEmpty(value))
            {
                (_service, _context) = (null, new());
                return;
            }
            var settings = ConnectionSettings.From(DeltaStreamOptions.FromConnectionString(value));
            _service = new(settings, HttpClients.Shared(settings.ConnectTimeout), ownsHandler: true);
            (_context, _version) = (settings.Context, null);
        }
    }

    /// <summary>The database of the context; empty when there is none.</summary>
    public override string Database => _context.Database ?? "";

    /// <summary>The server's host and port.</summary>
    public override string DataSource => _service?.Settings.Server.Authority ?? "";

    /// <summary>How long a whole command may take, in seconds; 0 for no limit.</summary>
    public int CommandTimeout =>
        ConnectionSettings.Seconds(_service?.Settings.CommandTimeout ?? TimeSpan.FromSeconds(300));

    /// <summary>The connect timeout in seconds; 0 for no limit.</summary>
    public override int ConnectionTimeout =>
        ConnectionSettings.Seconds(_service?.Settings.ConnectTimeout ?? TimeSpan.FromSeconds(30));

    /// <inheritdoc cref="GetServerVersionAsync"/>
    public override string ServerVersion => Sync.Complete(ReadVersionAsync(async: false, CancellationToken.None));

    /// <summary>Open or Closed.</summary>
    public override ConnectionState State => _state;

    /// <inheritdoc/>
    public override bool CanCreateBatch => false;

    /// <inheritdoc/>
    protected override DbProviderFactory DbProviderFactory => DeltaStreamProviderFactory.Instance;

    internal SessionContext Context => _context;

    /// <summary>The version of the API, such as <c>2.0.0</c>. The connection asks the server once. This needs no rights.</summary>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="InvalidOperationException">The connection is not open.</exception>
    /// <exception cref="DeltaStreamException">The request failed.</exception>
    public Task<string> GetServerVersionAsync(CancellationToken cancellationToken = default) =>
        ReadVersionAsync(async: true, cancellationToken).AsTask();

    /// <summary>Opens the connection. It makes no request.</summary>
    /// <exception cref="InvalidOperationException">The connection is open, or has no connection string.</exception>
    public override void Open()
    {
        if (_state == ConnectionState.Open)
        {
            throw new InvalidOperationException("The connection is open already.");
        }

        if (_service is null)
        {
            throw new InvalidOperationException(
                "The connection has no connection string. Set it before you open the connection."
            );
        }

        _context = _service.Settings.Context;
        _state = ConnectionState.Open;
        OnStateChange(s_opened);
    }

    /// <inheritdoc cref="Open"/>
    /// <param name="cancellationToken">When it is cancelled already, the connection stays closed.</param>
    public override Task OpenAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        Open();
        return Task.CompletedTask;
    }

    /// <summary>Closes the connection and forgets its context. Open readers can still be read to their end.</summary>
    public override void Close()
    {
        if (_state == ConnectionState.Closed)
        {
            return;
        }

        _state = ConnectionState.Closed;
        OnStateChange(s_closed);
    }

    /// <summary>Sets the database of the context. It makes no request, so an unknown database shows at the next statement.</summary>
    /// <param name="databaseName">The database, case-sensitive and not quoted.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="InvalidOperationException">The connection is not open.</exception>
    public override void ChangeDatabase(string databaseName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(databaseName);
        _ = Service();
        // A schema belongs to its database.
        _context = _context with
        {
            Database = databaseName,
            Schema = null,
        };
    }

    /// <summary>Makes a command on this connection.</summary>
    /// <returns>A command without text.</returns>
    public new DeltaStreamCommand CreateCommand() => new(null, this);

    /// <inheritdoc/>
    protected override DbCommand CreateDbCommand() => CreateCommand();

    /// <summary>Not supported: DeltaStream has no transactions.</summary>
    /// <param name="isolationLevel">Not used.</param>
    /// <exception cref="NotSupportedException">Always.</exception>
    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
        throw new NotSupportedException(
            "DeltaStream has no transactions: each statement takes effect by itself. Execute the statements without one."
        );

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
        }

        base.Dispose(disposing);
    }

    /// <exception cref="InvalidOperationException">The connection is not open.</exception>
    /// <exception cref="ObjectDisposedException">The data source is disposed of.</exception>
    internal ServiceClient Service()
    {
        if (_state != ConnectionState.Open)
        {
            throw new InvalidOperationException("The connection is closed. Open it first.");
        }

        _service!.ThrowIfClosed();
        return _service;
    }

    internal void Adopt(SessionContext? changes) => _context = _context.With(changes);

    private async ValueTask<string> ReadVersionAsync(bool async, CancellationToken cancellationToken) =>
        _version ??= await Service().ReadVersionAsync(async, cancellationToken).ConfigureAwait(false);
}
