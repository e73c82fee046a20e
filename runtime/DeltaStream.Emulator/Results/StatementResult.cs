using System.Globalization;

namespace DeltaStream.Emulator.Results;

/// <summary>
/// What a statement returns: rows, perhaps still to be computed, and a command tag. Values are string, long, double,
/// bool, <see cref="DateTimeOffset"/> or null.
/// </summary>
internal sealed class StatementResult(
    IReadOnlyList<ResultColumn> columns,
    IEnumerable<object?[]> rows,
    Func<long, string> tag
) : IDisposable
{
    private IEnumerator<object?[]>? _rows;

    /// <summary>The columns; none for a statement that returns no rows.</summary>
    public IReadOnlyList<ResultColumn> Columns { get; } = columns;

    public long RowsRead { get; private set; }

    public string Tag => tag(RowsRead);

    public static StatementResult Empty(string tag) => new([], [], _ => tag);

    public static StatementResult Of(string tag, IReadOnlyList<ResultColumn> columns, params object?[][] rows) =>
        new(columns, rows, _ => tag);

    public static StatementResult OfQuery(IReadOnlyList<ResultColumn> columns, IEnumerable<object?[]> rows) =>
        new(columns, rows, count => string.Create(CultureInfo.InvariantCulture, $"SELECT {count}"));

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

    public void Dispose() => _rows?.Dispose();
}
