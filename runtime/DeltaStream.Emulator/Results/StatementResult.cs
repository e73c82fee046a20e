using System.Globalization;

namespace DeltaStream.Emulator.Results;

/// <summary>
/// What a statement returns: rows, perhaps still to be computed, and a command tag. Values are string, int, long, double,
/// bool, <see cref="DateTimeOffset"/> or null.
/// </summary>
internal sealed class StatementResult(
    IReadOnlyList<ResultColumn> columns,
    IEnumerable<object?[]> rows,
    Func<long, string> tag,
    IDisposable? source = null
) : IDisposable
{
    private IEnumerator<object?[]>? _rows;

    /// <summary>The columns; none for a statement that returns no rows.</summary>
    public IReadOnlyList<ResultColumn> Columns { get; } = columns;

    /// <summary>Whether the rows are computed as they are read, which can take long.</summary>
    public bool IsComputed => source is not null;

    public long RowsRead { get; private set; }

    public string Tag => tag(RowsRead);

    public static StatementResult Empty(string tag) => new([], [], _ => tag);

    public static StatementResult Of(string tag, IReadOnlyList<ResultColumn> columns, params object?[][] rows) =>
        new(columns, rows, _ => tag);

    /// <summary>The result of a SELECT; its source, if any, is disposed with it.</summary>
    public static StatementResult OfQuery(
        IReadOnlyList<ResultColumn> columns,
        IEnumerable<object?[]> rows,
        IDisposable? source = null
    ) => new(columns, rows, count => string.Create(CultureInfo.InvariantCulture, $"SELECT {count}"), source);

    /// <summary>The same without its rows, which are not computed.</summary>
    public StatementResult WithoutRows() => Empty(Tag);

    public bool TryRead(out object?[] row)
    {
        _rows ??= rows.GetEnumerator();
        if (_rows.MoveNext())
        {
            row = _rows.Current;
            RowsRead++;
            return true;
        }

        row = [];
        return false;
    }

    public void Dispose()
    {
        _rows?.Dispose();
        source?.Dispose();
    }
}
