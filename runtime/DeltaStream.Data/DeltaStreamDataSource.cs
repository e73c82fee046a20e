using System.Data.Common;
using DeltaStream.Data.Configuration;
using DeltaStream.Data.Wire;

namespace DeltaStream.Data;

/// <summary>Where connections and commands to DeltaStream's REST API come from. Make one and share it: it may be used by any thread.</summary>
/// <remarks>It owns the HTTP connections, unless <see cref="DeltaStreamOptions.HttpClient"/> is given. No message of it shows the token.</remarks>
public sealed class DeltaStreamDataSource : DbDataSource
{
    private readonly ServiceClient _service;
    private readonly HttpClient? _owned;

    private DeltaStreamDataSource(DeltaStreamOptions options)
    {
        var settings = ConnectionSettings.From(options);
        var http = options.HttpClient ?? (_owned = HttpTransport.Create(settings.ConnectTimeout));
        _service = new ServiceClient(settings, http, ownsHandler: _owned is not null);
    }

    /// <summary>The connection string without the token.</summary>
    public override string ConnectionString => _service.Settings.Printable;

    /// <summary>Makes a data source from a connection string.</summary>
    /// <param name="connectionString">See <see cref="DeltaStreamConnectionStringBuilder"/>.</param>
    /// <returns>A data source, which the caller disposes of. No request is made.</returns>
    /// <exception cref="ArgumentException">A keyword is unknown, or a setting is missing or not valid.</exception>
    public static DeltaStreamDataSource Create(string connectionString) =>
        Create(DeltaStreamOptions.FromConnectionString(connectionString));

    /// <summary>Makes a data source from options.</summary>
    /// <param name="options">The options; later changes to them have no effect.</param>
    /// <returns>A data source, which the caller disposes of. No request is made.</returns>
    /// <exception cref="ArgumentException">A setting is missing or not valid.</exception>
    public static DeltaStreamDataSource Create(DeltaStreamOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(options);
    }

    /// <summary>Makes a data source from <c>DELTASTREAM_SERVER</c>, <c>DELTASTREAM_API_KEY</c> and the other variables.</summary>
    /// <param name="lookup">Gives a variable's value, or null; null for the environment of the process.</param>
    /// <returns>A data source, which the caller disposes of. No request is made.</returns>
    /// <exception cref="ArgumentException">The token is missing, synonyms contradict each other, or a value is not valid.</exception>
    public static DeltaStreamDataSource FromEnvironment(Func<string, string?>? lookup = null) =>
        Create(DeltaStreamOptions.FromEnvironment(lookup));

    /// <summary>Makes a closed connection.</summary>
    /// <returns>A connection of its own context.</returns>
    /// <exception cref="ObjectDisposedException">The data source is disposed of.</exception>
    public new DeltaStreamConnection CreateConnection()
    {
        _service.ThrowIfClosed();
        return new(_service);
    }

    /// <summary>Makes an open connection. No request is made.</summary>
    /// <returns>A connection of its own context.</returns>
    /// <exception cref="ObjectDisposedException">The data source is disposed of.</exception>
    public new DeltaStreamConnection OpenConnection()
    {
        var connection = CreateConnection();
        connection.Open();
        return connection;
    }

    /// <summary>Makes an open connection. No request is made.</summary>
    /// <param name="cancellationToken">Not waited for, but looked at.</param>
    /// <returns>A connection of its own context.</returns>
    /// <exception cref="ObjectDisposedException">The data source is disposed of.</exception>
    public new ValueTask<DeltaStreamConnection> OpenConnectionAsync(CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<DeltaStreamConnection>(cancellationToken)
            : ValueTask.FromResult(OpenConnection());

    /// <summary>Makes a command on an open connection of its own, so that it can be executed as it is.</summary>
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

    // Executions that are under way end with it.
    private void Close()
    {
        _service.Close();
        _owned?.Dispose();
    }
}
