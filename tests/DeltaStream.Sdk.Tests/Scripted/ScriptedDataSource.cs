using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace DeltaStream.Sdk.Tests.Scripted;

/// <summary>A transport whose responses a test decides, for cases that no real server produces on demand.</summary>
internal sealed class ScriptedDataSource(Func<string, CancellationToken, Task<DataTable>> response) : DbDataSource
{
    private readonly ConcurrentQueue<string> _statements = new();
    private bool _changed;
    private int _readBefore;
    private int _connections;

    /// <summary>What was sent, in order.</summary>
    public IReadOnlyList<string> Statements => [.. _statements];

    /// <summary>The reads of the catalog, without those that <see cref="Before"/> responded to.</summary>
    public IReadOnlyList<string> Polls =>
        [.. _statements.Where(s => s.StartsWith("SELECT", StringComparison.Ordinal)).Skip(_readBefore)];

    /// <summary>What the catalog shows until a statement changes something; null to ask the script.</summary>
    public Func<DataTable>? Before { get; init; }

    /// <summary>What DESCRIBE STORE shows; the addresses of <see cref="Declarations.Kafka"/> by default.</summary>
    public Func<DataTable> Described { get; init; } = () => Responses.Described(Declarations.Kafka.Uris);

    /// <summary>Runs when a connection opens; does nothing by default.</summary>
    public Action Opening { get; init; } = () => { };

    /// <summary>Runs when a command is made; does nothing by default.</summary>
    public Action Commanding { get; init; } = () => { };

    /// <summary>How many connections are open.</summary>
    public int Connections => _connections;

    public override string ConnectionString => string.Empty;

    public static ScriptedDataSource Responding(Func<string, DataTable> response) =>
        new((sql, _) => Task.FromResult(response(sql)));

    /// <summary>A service that has no store until a statement changes something.</summary>
    public static ScriptedDataSource Empty(Func<string, DataTable> response) =>
        new((sql, _) => Task.FromResult(response(sql))) { Before = Responses.None };

    /// <summary>A service that has the store until a statement changes something.</summary>
    public static ScriptedDataSource WithStore(Func<string, DataTable> response) =>
        new((sql, _) => Task.FromResult(response(sql))) { Before = () => Responses.Store("ready") };

    protected override DbConnection CreateDbConnection() => new Connection(this);

    private Task<DataTable> RespondAsync(string sql, CancellationToken cancellationToken)
    {
        _statements.Enqueue(sql);
        if (sql.StartsWith("DESCRIBE", StringComparison.Ordinal))
        {
            return Task.FromResult(Described());
        }

        _changed |= !Responses.IsPoll(sql);
        if (_changed || Before is null)
        {
            return response(sql, cancellationToken);
        }

        _readBefore++;
        return Task.FromResult(Before());
    }

    private sealed class Connection(ScriptedDataSource source) : DbConnection
    {
        private ConnectionState _state;

        [AllowNull]
        public override string ConnectionString { get; set; } = string.Empty;

        public override string Database => string.Empty;

        public override string DataSource => string.Empty;

        public override string ServerVersion => string.Empty;

        public override ConnectionState State => _state;

        public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

        public override void Open()
        {
            source.Opening();
            _state = ConnectionState.Open;
            Interlocked.Increment(ref source._connections);
        }

        public override void Close()
        {
            if (_state == ConnectionState.Open)
            {
                _state = ConnectionState.Closed;
                Interlocked.Decrement(ref source._connections);
            }
        }

        protected override void Dispose(bool disposing)
        {
            Close();
            base.Dispose(disposing);
        }

        protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
            throw new NotSupportedException();

        protected override DbCommand CreateDbCommand()
        {
            source.Commanding();
            return new Command(source) { Connection = this };
        }
    }

    private sealed class Command(ScriptedDataSource source) : DbCommand
    {
        [AllowNull]
        public override string CommandText { get; set; } = string.Empty;

        public override int CommandTimeout { get; set; }

        public override CommandType CommandType { get; set; } = CommandType.Text;

        public override bool DesignTimeVisible { get; set; }

        public override UpdateRowSource UpdatedRowSource { get; set; }

        protected override DbConnection? DbConnection { get; set; }

        protected override DbParameterCollection DbParameterCollection => throw new NotSupportedException();

        protected override DbTransaction? DbTransaction { get; set; }

        public override void Cancel() { }

        public override void Prepare() { }

        public override int ExecuteNonQuery() => throw new NotSupportedException("The client is asynchronous.");

        public override object ExecuteScalar() => throw new NotSupportedException();

        public override async Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken)
        {
            // The probe of a connection is no statement.
            if (CommandText == ";")
            {
                return -1;
            }

            await source.RespondAsync(CommandText, cancellationToken);
            return -1;
        }

        protected override DbParameter CreateDbParameter() => throw new NotSupportedException();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) =>
            throw new NotSupportedException();

        protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(
            CommandBehavior behavior,
            CancellationToken cancellationToken
        ) => (await source.RespondAsync(CommandText, cancellationToken)).CreateDataReader();
    }
}
