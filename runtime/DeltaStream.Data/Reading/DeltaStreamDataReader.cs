using System.Collections;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using DeltaStream.Data.Reading;
using DeltaStream.Data.Results;

namespace DeltaStream.Data;

/// <summary>Reads the rows of a statement, one after the other.</summary>
/// <remarks>
/// At most two partitions of the result are in memory, so memory does not grow with the number of rows: <c>ReadAsync</c> fetches one
/// while it reads the rows of the one before, from the third partition on. <see cref="Read"/> fetches each behind the last row of
/// the one before. Use a reader on one thread at a time. Ordinals begin at 0. No exception holds a cell's text.
/// </remarks>
[SuppressMessage("Design", "CA1010", Justification = "ADO.NET's readers are enumerable only as records.")]
public sealed partial class DeltaStreamDataReader : DbDataReader, IDbColumnSchemaGenerator
{
    private readonly StatementResult _result;
    private readonly bool _singleRow;
    private readonly DbConnection? _closeWithReader;
    private readonly ReaderColumns _columns;
    private readonly RowCursor _cursor;

    // The cells of the row that the getters read; none unless the reader is open and on a row.
    private Cell[] _row = [];
    private Partition? _partition;
    private int _nextPartition;
    private Position _position;
    private bool? _hasRows;

    // HasRows went to the first row, and Read has not returned it yet.
    private bool _ahead;
    private string? _failure;
    private int _fetching;
    private volatile bool _closed;

    internal DeltaStreamDataReader(StatementResult result, CommandBehavior behavior, DbConnection? closeWithReader)
    {
        _result = result;
        _singleRow = behavior.HasFlag(CommandBehavior.SingleRow);
        _closeWithReader = behavior.HasFlag(CommandBehavior.CloseConnection) ? closeWithReader : null;
        _columns = new ReaderColumns(result.Columns);
        _cursor = new RowCursor(_columns.Count);
        if (behavior.HasFlag(CommandBehavior.SchemaOnly))
        {
            _hasRows = false;
            _position = Position.AfterLast;
        }
    }

    /// <summary>Always 0: no cell is a table.</summary>
    /// <exception cref="InvalidOperationException">The reader is closed.</exception>
    public override int Depth
    {
        get
        {
            ThrowIfClosed();
            return 0;
        }
    }

    /// <summary>Whether there is any row. Before the first <see cref="Read"/> it may fetch partitions.</summary>
    /// <exception cref="DeltaStreamException">A partition can't be fetched, or its first row is malformed.</exception>
    /// <exception cref="InvalidOperationException">The reader is closed.</exception>
    public override bool HasRows
    {
        get
        {
            ThrowIfClosed();
            if (_hasRows is null)
            {
                _ahead = Step() ?? Sync.Complete(FetchAsync(async: false, CancellationToken.None));
                _hasRows = _ahead;
            }

            return _hasRows.Value;
        }
    }

    /// <summary>Whether the reader was closed.</summary>
    public override bool IsClosed => _closed;

    /// <summary>Always -1: the service does not say how many rows a statement changed.</summary>
    public override int RecordsAffected => -1;

    /// <summary>Goes to the next row.</summary>
    /// <returns>False after the last row.</returns>
    /// <exception cref="DeltaStreamException">The next partition can't be fetched, or the row is malformed.</exception>
    /// <exception cref="InvalidOperationException">The reader is closed, or another read is under way.</exception>
    public override bool Read() =>
        TryMove() || Arrive(TakeAhead() ?? Step() ?? Sync.Complete(FetchAsync(async: false, CancellationToken.None)));

    /// <inheritdoc cref="Read"/>
    /// <param name="cancellationToken">Stops the fetch of a partition; the same row can then be read again.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public override Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<bool>(cancellationToken);
        }

        // Nearly every row is here already. It costs no state machine.
        if (TryMove())
        {
            return Task.FromResult(true);
        }

        try
        {
            return (TakeAhead() ?? Step()) is { } found
                ? Task.FromResult(Arrive(found))
                : FetchRowAsync(cancellationToken);
        }
        catch (Exception e)
        {
            return Task.FromException<bool>(e);
        }
    }

    /// <summary>Always returns false: a statement has one result. It drops the rows that were not read.</summary>
    /// <exception cref="InvalidOperationException">The reader is closed.</exception>
    public override bool NextResult()
    {
        ThrowIfClosed();
        _hasRows = false;
        _ahead = false;
        _failure = null;
        Leave(Position.AfterLast);
        return false;
    }

    /// <summary>Enumerates the rows, each as an <see cref="IDataRecord"/> of its own.</summary>
    /// <exception cref="InvalidOperationException">The reader is closed.</exception>
    public override IEnumerator GetEnumerator()
    {
        ThrowIfClosed();
        return new DbEnumerator(this, closeReader: _closeWithReader is not null);
    }

    /// <summary>Drops the result, and closes the connection with <see cref="CommandBehavior.CloseConnection"/>.</summary>
    public override void Close()
    {
        if (!_closed)
        {
            Release();
            _closeWithReader?.Close();
        }
    }

    /// <inheritdoc cref="Close"/>
    public override async Task CloseAsync()
    {
        if (!_closed)
        {
            Release();
            if (_closeWithReader is not null)
            {
                await _closeWithReader.CloseAsync().ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc cref="Close"/>
    public override async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    // From one row to the next in the usual form, which nearly all are.
    private bool TryMove()
    {
        if (_row.Length == 0 || _singleRow || !_cursor.TryMoveNext())
        {
            return false;
        }

        _buffered = default;
        return true;
    }

    // Without I/O: true on the next row, false after the last one, null when the next partition must be fetched.
    private bool? Step()
    {
        ThrowIfClosed();
        if (_failure is not null)
        {
            throw Malformed(_failure);
        }

        if (_singleRow && _position == Position.OnRow)
        {
            Leave(Position.AfterLast);
        }

        if (_position == Position.AfterLast)
        {
            return false;
        }

        return _partition is not null && MoveInPartition() ? true : null;
    }

    // Not a local function: its closure would be allocated for every row.
    private async Task<bool> FetchRowAsync(CancellationToken cancellationToken) =>
        Arrive(await FetchAsync(async: true, cancellationToken).ConfigureAwait(false));

    private async ValueTask<bool> FetchAsync(bool async, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _fetching, 1) != 0)
        {
            throw new InvalidOperationException("Another read is under way on this reader. Wait for its end.");
        }

        try
        {
            Leave(Position.OffRow);
            while (_nextPartition < _result.PartitionCount)
            {
                var partition = await _result
                    .ReadPartitionAsync(_nextPartition, async, cancellationToken)
                    .ConfigureAwait(false);
                if (_closed)
                {
                    partition.Dispose();
                    ThrowIfClosed();
                }

                _partition = partition;
                _nextPartition++;
                _cursor.Load(partition.Rows);
                if (MoveInPartition())
                {
                    return true;
                }

                DropPartition();
            }

            return false;
        }
        finally
        {
            Volatile.Write(ref _fetching, 0);
        }
    }

    private bool MoveInPartition()
    {
        _buffered = default;
        try
        {
            return _cursor.MoveNext();
        }
        catch (MalformedRowException e)
        {
            _failure = e.Column is { } column
                ? $"{Where()} {e.Message} in column {column} {_columns[column].Quoted}."
                : $"{Where()} {e.Message}.";
            Leave(Position.OffRow);
            throw Malformed(_failure);
        }
    }

    private bool? TakeAhead()
    {
        ThrowIfClosed();
        var ahead = _ahead;
        _ahead = false;
        return ahead ? true : null;
    }

    private bool Arrive(bool onRow)
    {
        _hasRows ??= onRow;
        if (onRow)
        {
            _position = Position.OnRow;
            _row = _cursor.Cells;
        }
        else
        {
            Leave(Position.AfterLast);
        }

        return onRow;
    }

    private void Leave(Position position)
    {
        _position = position;
        _row = [];
        DropPartition();
    }

    private void Release()
    {
        _closed = true;
        Leave(_position);
        _result.Dispose();
    }

    private void DropPartition()
    {
        _buffered = default;
        _cursor.Load(default);
        _partition?.Dispose();
        _partition = null;
    }

    private void ThrowIfClosed()
    {
        if (_closed)
        {
            throw new InvalidOperationException("The reader is closed. Execute the statement again to read its rows.");
        }
    }

    private string Where() => $"Partition {_nextPartition - 1}, row {_cursor.Row} (both counted from 0)";

    private DeltaStreamException Malformed(string message) =>
        new($"The service's response can't be read: {message}") { StatementId = _result.StatementId };

    private enum Position
    {
        // Before the first row, or at a partition that is not here.
        OffRow,
        OnRow,
        AfterLast,
    }
}
