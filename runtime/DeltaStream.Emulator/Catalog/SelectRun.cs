using DeltaStream.Emulator.Errors;
using DeltaStream.Emulator.Results;
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
    private readonly sqlite3 _database;
    private readonly delegate_progress _mustStop;
    private sqlite3_stmt? _statement;
    private long _deadline;
    private int _step;

    private SelectRun(SqliteConnection view, CancelSwitch cancel)
    {
        _view = view;
        _database = view.Handle!;
        _mustStop = _ => cancel.IsOn || Environment.TickCount64 > _deadline ? 1 : 0;
        raw.sqlite3_progress_handler(_database, InstructionsBetweenChecks, _mustStop, null);
    }

    public IReadOnlyList<ResultColumn> Columns { get; private set; } = [];

    /// <summary>Starts a SELECT; known columns are those that the client was told of before, if any.</summary>
    public static SelectRun Start(
        string sql,
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
            run.Prepare(sql, parameters);
            run.Step();
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
        string sql,
        int parameterCount,
        IReadOnlyList<StoreRow> rows,
        DateTimeOffset now,
        CancelSwitch cancel
    )
    {
        using var run = new SelectRun(StoresView.Open(rows, now), cancel);
        run.Prepare(sql, new object?[parameterCount]);
        // An expression's type shows in a row; where NULL is no parameter to run with (LIMIT), only declared types are
        // known.
        run.Advance();
        return run.ReadColumns();
    }

    public IEnumerable<object?[]> Rows()
    {
        try
        {
            while (_step == raw.SQLITE_ROW)
            {
                var row = new object?[Columns.Count];
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] = Value(i, Columns[i]);
                }

                yield return row;
                Step();
            }
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        _statement?.Dispose();
        _view.Dispose();
    }

    private void Prepare(string sql, IReadOnlyList<object?> parameters)
    {
        Check(raw.sqlite3_prepare_v2(_database, sql, out var statement));
        _statement = statement;
        for (var i = 0; i < parameters.Count; i++)
        {
            // A parameter that the text doesn't use has no index.
            var index = raw.sqlite3_bind_parameter_index(_statement, $"${i + 1}");
            if (index > 0)
            {
                Bind(index, parameters[i]);
            }
        }
    }

    private void Bind(int index, object? value)
    {
        Check(
            value switch
            {
                null => raw.sqlite3_bind_null(_statement, index),
                long number => raw.sqlite3_bind_int64(_statement, index, number),
                double number => raw.sqlite3_bind_double(_statement, index, number),
                bool flag => raw.sqlite3_bind_int64(_statement, index, flag ? 1 : 0),
                DateTimeOffset time => raw.sqlite3_bind_text(_statement, index, TimestampText.Of(time)),
                _ => raw.sqlite3_bind_text(_statement, index, (string)value),
            }
        );
    }

    private void Advance()
    {
        _deadline = Environment.TickCount64 + (long)s_timeLimit.TotalMilliseconds;
        _step = raw.sqlite3_step(_statement);
    }

    private void Step()
    {
        Advance();
        if (_step is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            Check(_step);
        }
    }

    private ResultColumn[] ReadColumns()
    {
        var columns = new ResultColumn[raw.sqlite3_column_count(_statement)];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = new ResultColumn(raw.sqlite3_column_name(_statement, i).utf8_to_string(), TypeOf(i));
        }

        return columns;
    }

    private ColumnType TypeOf(int index) =>
        raw.sqlite3_column_decltype(_statement, index).utf8_to_string() switch
        {
            "TIMESTAMPTZ" => ColumnType.Timestamp,
            "TEXT" => ColumnType.Text,
            // An expression has no declared type; what the first row holds tells it.
            _ when _step != raw.SQLITE_ROW => ColumnType.Text,
            _ => raw.sqlite3_column_type(_statement, index) switch
            {
                raw.SQLITE_INTEGER => ColumnType.Integer,
                raw.SQLITE_FLOAT => ColumnType.Real,
                _ => ColumnType.Text,
            },
        };

    private object? Value(int index, ResultColumn column)
    {
        var actual = raw.sqlite3_column_type(_statement, index);
        return (column.Type, actual) switch
        {
            (_, raw.SQLITE_NULL) => null,
            (ColumnType.Text, _) => raw.sqlite3_column_text(_statement, index).utf8_to_string(),
            (ColumnType.Timestamp, raw.SQLITE_TEXT) => TimestampText.Parse(
                raw.sqlite3_column_text(_statement, index).utf8_to_string()
            ),
            (ColumnType.Integer, raw.SQLITE_INTEGER) => raw.sqlite3_column_int64(_statement, index),
            (ColumnType.Real, raw.SQLITE_FLOAT or raw.SQLITE_INTEGER) => raw.sqlite3_column_double(_statement, index),
            _ => throw new StatementException(
                SqlState.InvalidText,
                $"column {column.Name} holds values of different types"
            ),
        };
    }

    private void Check(int result)
    {
        if (result == raw.SQLITE_OK)
        {
            return;
        }

        throw SelectError.Of(result, raw.sqlite3_errmsg(_database).utf8_to_string());
    }
}
