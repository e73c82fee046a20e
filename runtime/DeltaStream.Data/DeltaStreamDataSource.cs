using System.Data.Common;
using System.Diagnostics;
using DeltaStream.Data.Configuration;
using DeltaStream.Data.Wire;

namespace DeltaStream.Data;

/// <summary>Makes connections and commands for DeltaStream's REST API. Share one: it is safe for any thread.</summary>
/// <remarks>It owns the HTTP connections, unless the options have an <c>HttpClient</c>. Its messages don't show the token.</remarks>
public sealed class DeltaStreamDataSource : DbDataSource
{
    private readonly ServiceClient _service;
    private readonly HttpClient? _owned;

    private DeltaStreamDataSource(DeltaStreamOptions options)
    {
        var settings = ConnectionSettings.From(options);
        var http = options.HttpClient ?? (_owned = HttpClients.Create(settings.ConnectTimeout));
        _service = new ServiceClient(settings, http, ownsHandler: _owned is not null || options.HasServiceHandler);
    }

    /// <summary>The connection string without the token.</summary>
    public override string ConnectionString => _service.Settings.Printable;

    /// <summary>The API tokens that requests have had. The SDK hides them in what the catalog says.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal IReadOnlyList<string> Tokens => _service.Token.Used;

    /// <summary>The hosts that may have the token over plain http, for the log; null when there are none.</summary>
    internal string? InsecureHosts => _service.Settings.InsecureHosts.Names;

    /// <summary>Makes a data source from a connection string.</summary>
    /// <param name="connectionString">See <see cref="DeltaStreamConnectionStringBuilder"/>.</param>
    /// <returns>A data source, which the caller disposes of. It has made no request.</returns>
    /// <exception cref="ArgumentException">A keyword is unknown, or a setting is missing or not valid.</exception>
    public static DeltaStreamDataSource Create(string connectionString) =>
        Create(DeltaStreamOptions.FromConnectionString(connectionString));

    /// <summary>Makes a data source from options.</summary>
    /// <param name="options">The options; later changes to them have no effect.</param>
    /// <returns>A data source, which the caller disposes of. It has made no request.</returns>
    /// <exception cref="ArgumentException">A setting is missing or not valid.</exception>
    public static DeltaStreamDataSource Create(DeltaStreamOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(options);
    }

    /// <summary>Makes a data source from <c>DELTASTREAM_SERVER</c>, <c>DELTASTREAM_API_KEY</c> and the other variables.</summary>
    /// <param name="getVariable">Returns a variable's value, or null; null for the environment of the process.</param>
    /// <returns>A data source, which the caller disposes of. It has made no request.</returns>
    /// <exception cref="ArgumentException">The token is missing, synonyms contradict each other, or a value is not valid.</exception>
    public static DeltaStreamDataSource FromEnvironment(Func<string, string?>? getVariable = null) =>
        Create(DeltaStreamOptions.FromEnvironment(getVariable));

    /// <summary>Makes a closed connection.</summary>
    /// <returns>A connection with its own context.</returns>
    /// <exception cref="ObjectDisposedException">The data source is disposed of.</exception>
    public new DeltaStreamConnection CreateConnection()
    {
        _service.ThrowIfClosed();
        return new(_service);
    }

    /// <summary>Makes an open connection. It makes no request.</summary>
    /// <returns>A connection with its own context.</returns>
    /// <exception cref="ObjectDisposedException">The data source is disposed of.</exception>
    public new DeltaStreamConnection OpenConnection()
    {
        var connection = CreateConnection();
        connection.Open();
        return connection;
    }

    /// <inheritdoc cref="OpenConnection"/>
    /// <param name="cancellationToken">When it is cancelled already, no connection is made.</param>
    public new ValueTask<DeltaStreamConnection> OpenConnectionAsync(CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<DeltaStreamConnection>(cancellationToken)
            : ValueTask.FromResult(OpenConnection());

    /// <summary>Makes a command on an open connection of its own, ready to be executed.</summary>
    /// <param name="commandText">The statement; null to set it later.</param>
    /// <returns>A command.</returns>
    /// <exception cref="ObjectDisposedException">The data source is disposed of.</exception>
    public new DeltaStreamCommand CreateCommand(string? commandText = null) => new(commandText, OpenConnection());

    /// <inheritdoc/>
    protected override DbConnection CreateDbConnection() => CreateConnection();

    /// <inheritdoc/>
    protected override DbCommand CreateDbCommand(string? commandText = null) => CreateCommand(commandText);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
        }

        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    protected override ValueTask DisposeAsyncCore()
    {
        Close();
        return base.DisposeAsyncCore();
    }

    // It ends the executions under way.
    private void Close()
    {
        _service.Close();
        _owned?.Dispose();
    }
}
