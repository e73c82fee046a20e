using DeltaStream.Emulator.Errors;
using DeltaStream.Emulator.Results;
using DeltaStream.Emulator.Statements;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DeltaStream.Emulator.Catalog;

/// <summary>
/// One SELECT as it runs: its columns, then its rows one by one. It stops when a row takes too long or when it is
/// cancelled.
/// </summary>
internal sealed class SelectRun : IDisposable
{
    private const int InstructionsBetweenChecks = 10_000;
    private static readonly TimeSpan s_timeLimit = TimeSpan.FromSeconds(30);

    private readonly SqliteConnection _view;
    private readonly delegate_progress _mustStop;
    private SqliteDataReader? _reader;
    private long _deadline;

    private SelectRun(SqliteConnection view, CancelSwitch cancel)
    {
        _view = view;
        _mustStop = _ => cancel.IsOn || Environment.TickCount64 > _deadline ? 1 : 0;
        raw.sqlite3_progress_handler(view.Handle!, InstructionsBetweenChecks, _mustStop, null);
    }

    public IReadOnlyList<ResultColumn> Columns { get; private set; } = [];

    /// <summary>Starts a SELECT; known columns are those that the client was told of before, if any.</summary>
    public static SelectRun Start(
        Select select,
        IReadOnlyList<object?> parameters,
        IReadOnlyList<StoreRow> rows,
        DateTimeOffset now,
        IReadOnlyList<ResultColumn>? known,
        CancelSwitch cancel
    )
    {
        var run = new SelectRun(StoresView.Open(rows, now), cancel);
        try
        {
            run._reader = run.Limited(() => run.Execute(select, parameters.ElementAtOrDefault));
            run.Columns = known ?? run.ReadColumns();
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    /// <summary>The columns of a SELECT whose parameters are not known yet.</summary>
    public static IReadOnlyList<ResultColumn> Describe(
        Select select,
        IReadOnlyList<StoreRow> rows,
        DateTimeOffset now,
        CancelSwitch cancel
    )
    {
        using var run = new SelectRun(StoresView.Open(rows, now), cancel);
        run._reader = run.Limited(() =>
        {
            try
            {
                return run.Execute(select, _ => null);
            }
            // NULL can't be a limit.
            catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_MISMATCH)
            {
                return run.Execute(select, _ => 0L);
            }
        });
        return run.ReadColumns();
    }

    public IEnumerable<object?[]> Rows()
    {
        try
        {
            while (Limited(_reader!.Read))
            {
                yield return [.. Columns.Select((column, i) => Value(_reader, i, column))];
            }
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        _reader?.Dispose();
        _view.Dispose();
    }

    private SqliteDataReader Execute(Select select, Func<int, object?> parameter)
    {
        var command = _view.Command(select.Text);
        for (var i = 0; i < select.ParameterCount; i++)
        {
            var value = parameter(i) is DateTimeOffset time ? TimestampText.Of(time) : parameter(i);
            command.Parameters.AddWithValue($"${i + 1}", value ?? DBNull.Value);
        }

        return command.ExecuteReader();
    }

    private T Limited<T>(Func<T> step)
    {
        _deadline = Environment.TickCount64 + (long)s_timeLimit.TotalMilliseconds;
        try
        {
            return step();
        }
        catch (SqliteException e)
        {
            throw SelectError.Of(e);
        }
    }

    /// <summary>An expression has no declared type; what the first row holds tells it.</summary>
    private ResultColumn[] ReadColumns() =>
        [
            .. Enumerable
                .Range(0, _reader!.FieldCount)
                .Select(i => new ResultColumn(
                    _reader.GetName(i),
                    _reader.GetDataTypeName(i) switch
                    {
                        "TIMESTAMPTZ" => ColumnType.Timestamp,
                        "INTEGER" => ColumnType.Integer,
                        "REAL" => ColumnType.Real,
                        _ => ColumnType.Text,
                    }
                )),
        ];

    private static object? Value(SqliteDataReader reader, int index, ResultColumn column) =>
        (column.Type, reader.GetValue(index)) switch
        {
            (_, DBNull) => null,
            (ColumnType.Text, _) => reader.GetString(index),
            (ColumnType.Timestamp, string text) => TimestampText.Parse(text),
            (ColumnType.Integer, long number) => number,
            (ColumnType.Real, double number) => number,
            (ColumnType.Real, long number) => (double)number,
            _ => throw new StatementException(
                SqlState.InvalidText,
                $"column {column.Name} holds values of different types"
            ),
        };
}
