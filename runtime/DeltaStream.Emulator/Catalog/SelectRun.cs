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
    // What is computed at once, some milliseconds: the first row for a Describe, or the whole of a small SELECT.
    private const int ChecksAtOnce = 50;
    private const int MostRowsAtOnce = 16;

    private static readonly TimeSpan s_timeLimit = TimeSpan.FromSeconds(30);

    private readonly StoreViews _views;
    private readonly StoresView _view;
    private readonly Select _select;
    private SqliteDataReader? _reader;
    private SqliteCommand? _command;
    private long _deadline;
    private int _checksLeft = int.MaxValue;
    private List<object?[]>? _whole;
    private bool _disposed;

    private SelectRun(StoreViews views, StoresView view, Select select, CancelSwitch cancel)
    {
        _views = views;
        _view = view;
        _select = select;
        view.MustStop = () => cancel.IsOn || Environment.TickCount64 > _deadline || _checksLeft-- <= 0;
    }

    public IReadOnlyList<ResultColumn> Columns { get; private set; } = [];

    /// <summary>What is to be disposed after the rows; null when the run is over and its rows wait.</summary>
    public IDisposable? Source => _whole is null ? this : null;

    /// <summary>Starts a SELECT; known columns are those that the client was told of before, if any.</summary>
    public static async Task<SelectRun> StartAsync(
        StoreViews views,
        Select select,
        IReadOnlyList<object?> parameters,
        Func<Visibility> visibility,
        IReadOnlyList<ResultColumn>? known,
        CancelSwitch cancel
    )
    {
        if (parameters.Count < select.ParameterTypes.Count)
        {
            throw new StatementException(
                SqlState.UndefinedParameter,
                $"there is no parameter ${parameters.Count + 1}: the statement came without its value"
            );
        }

        var run = await OpenAsync(views, select, visibility, cancel).ConfigureAwait(false);
        try
        {
            // A thread of its own costs more than most SELECTs do.
            run._whole = run.Limited(() => run.TryWhole(parameters, known));
            if (run._whole is not null)
            {
                run.Dispose();
                return run;
            }

            return await OwnThread
                .RunAsync(() =>
                {
                    run.Limited(() => run.Execute(i => parameters[i]));
                    run.Columns = known ?? run.ReadColumns();
                    return run;
                })
                .ConfigureAwait(false);
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    /// <summary>The columns of a SELECT, without running it to its end; its parameters may not be known yet.</summary>
    public static async Task<IReadOnlyList<ResultColumn>> DescribeAsync(
        StoreViews views,
        Select select,
        IReadOnlyList<object?> parameters,
        Func<Visibility> visibility,
        CancelSwitch cancel
    )
    {
        using var run = await OpenAsync(views, select, visibility, cancel).ConfigureAwait(false);
        return run.Limited(() =>
        {
            var columns = run.Prepare();
            return columns.All(c => c.Type is not null) ? [.. columns.Select(Known)]
                : run.TryFirstRow(parameters) ? run.ReadColumns()
                : [.. columns.Select(Known)];
        });

        static ResultColumn Known((string Name, ColumnType? Type) c) => new(c.Name, c.Type ?? ColumnType.Text);
    }

    public IEnumerable<object?[]> Rows() => _whole ?? ComputedRows();

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        Reset();
        _view.MustStop = null;
        _views.Return(_view);
    }

    private IEnumerable<object?[]> ComputedRows()
    {
        try
        {
            while (Limited(_reader!.Read))
            {
                yield return Row();
            }
        }
        finally
        {
            Dispose();
        }
    }

    private object?[] Row()
    {
        var row = new object?[Columns.Count];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = Value(_reader!, i, Columns[i]);
        }

        return row;
    }

    private static async Task<SelectRun> OpenAsync(
        StoreViews views,
        Select select,
        Func<Visibility> visibility,
        CancelSwitch cancel
    )
    {
        var view = await views.RentAsync(cancel).ConfigureAwait(false);
        // Only now: whatever the view shows, its faults are known.
        view.Visibility = visibility();
        return new SelectRun(views, view, select, cancel);
    }

    private bool Execute(Func<int, object?> parameter)
    {
        _command = _view.Command(_select.Text);
        for (var i = 0; i < _select.ParameterTypes.Count; i++)
        {
            var value = parameter(i) is DateTimeOffset time ? TimestampText.Of(time) : parameter(i);
            _command.Parameters.AddWithValue($"${i + 1}", value ?? DBNull.Value);
        }

        _reader = _command.ExecuteReader();
        return true;
    }

    /// <summary>Computes all rows if they are few and take no time. Returns null when they don't.</summary>
    private List<object?[]>? TryWhole(IReadOnlyList<object?> parameters, IReadOnlyList<ResultColumn>? known)
    {
        _checksLeft = ChecksAtOnce;
        var rows = new List<object?[]>();
        try
        {
            Execute(i => parameters[i]);
            Columns = known ?? ReadColumns();
            while (_reader!.Read())
            {
                if (rows.Count == MostRowsAtOnce)
                {
                    Reset();
                    return null;
                }

                rows.Add(Row());
            }

            return rows;
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_INTERRUPT && _checksLeft < 0)
        {
            Reset();
            return null;
        }
    }

    private void Reset()
    {
        _reader?.Dispose();
        _command?.Dispose();
        _checksLeft = int.MaxValue;
    }

    /// <summary>Computes the first row if that takes no time. Returns false when it does.</summary>
    private bool TryFirstRow(IReadOnlyList<object?> parameters)
    {
        _checksLeft = ChecksAtOnce;
        try
        {
            return Execute(parameters.ElementAtOrDefault);
        }
        // NULL can't be a limit, and what a parameter is compared with may refuse it.
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_MISMATCH && parameters.Count == 0)
        {
            Reset();
            _checksLeft = ChecksAtOnce;
            return Execute(_ => 0L);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_INTERRUPT && _checksLeft < 0)
        {
            return false;
        }
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
            throw _view.Failure ?? SelectError.Of(e);
        }
    }

    /// <summary>The columns as far as the statement tells them, without a row.</summary>
    private (string Name, ColumnType? Type)[] Prepare()
    {
        var result = raw.sqlite3_prepare_v2(_view.Database, _select.Text, out var statement);
        SqliteException.ThrowExceptionForRC(result, _view.Database);
        using (statement)
        {
            return
            [
                .. Enumerable
                    .Range(0, raw.sqlite3_column_count(statement))
                    .Select(i =>
                    {
                        var name = raw.sqlite3_column_name(statement, i).utf8_to_string();
                        var declared = raw.sqlite3_column_decltype(statement, i).utf8_to_string();
                        return (name, TypeOf(i, name, declared));
                    }),
            ];
        }
    }

    /// <summary>An expression has no declared type; what the first row holds tells it.</summary>
    private ResultColumn[] ReadColumns() =>
        [
            .. Enumerable
                .Range(0, _reader!.FieldCount)
                .Select(i => new ResultColumn(
                    _reader.GetName(i),
                    TypeOf(i, _reader.GetName(i), _reader.GetDataTypeName(i)) ?? ColumnType.Text
                )),
        ];

    private ColumnType? TypeOf(int index, string name, string? declared) =>
        _select.ColumnTypes?.ElementAtOrDefault(index)
        ?? declared switch
        {
            "TIMESTAMPTZ" => ColumnType.Timestamp,
            "INTEGER" => ColumnType.Integer,
            "REAL" => ColumnType.Real,
            "TEXT" => ColumnType.Text,
            // The view computes these two.
            _ when name is "status" or "status_message" => ColumnType.Text,
            _ => null,
        };

    private static object? Value(SqliteDataReader reader, int index, ResultColumn column) =>
        reader.IsDBNull(index) ? null
        : column.Type == ColumnType.Text ? reader.GetString(index)
        : Value(reader.GetValue(index), column);

    private static object Value(object value, ResultColumn column) =>
        (column.Type, value) switch
        {
            (ColumnType.Timestamp, string text) when TimestampText.Parse(text) is { } time => time,
            (ColumnType.Int, long number) => (int)number,
            (ColumnType.Integer, long number) => number,
            (ColumnType.Boolean, long number) => number != 0,
            (ColumnType.Real, double number) => number,
            (ColumnType.Real, long number) => (double)number,
            _ => throw new StatementException(
                SqlState.InvalidText,
                $"column {column.Name} holds values of different types"
            ),
        };
}
