#pragma warning disable CA2201, MA0012 // ADO.NET's contract wants this reserved exception for a missing column.
using System.Collections.ObjectModel;
using System.Data.Common;
using DeltaStream.Data.Results;

namespace DeltaStream.Data.Reading;

/// <summary>The columns of a reader, by position and by name.</summary>
internal sealed class ReaderColumns(IReadOnlyList<ResultColumn?> columns)
{
    private const int NamesInMessage = 30;

    private static readonly ResultColumn s_undescribed = new(null, null, null);

    private readonly ReaderColumn[] _columns = Make(columns);
    private Dictionary<string, int>? _exact;
    private Dictionary<string, int>? _anyCase;

    public int Count => _columns.Length;

    public ReadOnlyCollection<DbColumn> Schema => new([.. _columns.Select(c => new ColumnSchema(c))]);

    /// <exception cref="IndexOutOfRangeException">The column does not exist.</exception>
    public ref readonly ReaderColumn this[int ordinal]
    {
        get
        {
            if ((uint)ordinal < (uint)_columns.Length)
            {
                return ref _columns[ordinal];
            }

            throw new IndexOutOfRangeException(
                _columns.Length == 0
                    ? $"There is no column {ordinal}: the result has no columns."
                    : $"There is no column {ordinal}: the columns are 0 to {_columns.Length - 1}."
            );
        }
    }

    /// <summary>Finds a name: the first in the same case, or else the first in any case.</summary>
    /// <exception cref="IndexOutOfRangeException">The column does not exist.</exception>
    public int Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        _exact ??= Index(StringComparer.Ordinal);
        if (_exact.TryGetValue(name, out var ordinal))
        {
            return ordinal;
        }

        _anyCase ??= Index(StringComparer.OrdinalIgnoreCase);
        return _anyCase.TryGetValue(name, out ordinal)
            ? ordinal
            : throw new IndexOutOfRangeException($"There is no column '{name}'. {Names()}");
    }

    private static ReaderColumn[] Make(IReadOnlyList<ResultColumn?> columns)
    {
        var made = new ReaderColumn[columns.Count];
        for (var i = 0; i < made.Length; i++)
        {
            made[i] = new ReaderColumn(i, columns[i] ?? s_undescribed);
        }

        return made;
    }

    private Dictionary<string, int> Index(StringComparer comparer)
    {
        var index = new Dictionary<string, int>(_columns.Length, comparer);
        foreach (var column in _columns)
        {
            index.TryAdd(column.Name, column.Ordinal);
        }

        return index;
    }

    private string Names()
    {
        if (_columns.Length == 0)
        {
            return "The result has no columns.";
        }

        var names = string.Join(", ", _columns.Take(NamesInMessage).Select(c => c.Quoted));
        var more = _columns.Length > NamesInMessage ? $" and {_columns.Length - NamesInMessage} more" : "";
        return $"The columns are {names}{more}.";
    }
}
