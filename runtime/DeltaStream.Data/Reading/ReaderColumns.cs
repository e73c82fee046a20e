#pragma warning disable MA0012 // ADO.NET's contract wants this reserved exception for a column that is not there.
using System.Collections.ObjectModel;
using System.Data.Common;
using DeltaStream.Data.Results;

namespace DeltaStream.Data.Reading;

/// <summary>The columns of a reader, by position and by name.</summary>
internal sealed class ReaderColumns(IReadOnlyList<ResultColumn> columns)
{
    private const int NamesInMessage = 30;

    private readonly ReaderColumn[] _columns = ReaderColumn.From(columns);
    private Dictionary<string, int>? _exact;
    private Dictionary<string, int>? _anyCase;

    public int Count => _columns.Length;

    /// <exception cref="IndexOutOfRangeException">There is none.</exception>
    public ReaderColumn this[int ordinal] =>
        (uint)ordinal < (uint)_columns.Length
            ? _columns[ordinal]
            : throw NotThere(
                _columns.Length == 0
                    ? $"There is no column {ordinal}: the result has no columns."
                    : $"There is no column {ordinal}: the columns are 0 to {_columns.Length - 1}."
            );

    /// <summary>The position of a name: the first in the same case, else the first in any.</summary>
    /// <exception cref="IndexOutOfRangeException">There is none.</exception>
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
            : throw NotThere($"There is no column '{name}'. {Names()}");
    }

    public ReadOnlyCollection<DbColumn> Describe() => new([.. _columns.Select(c => c.Describe())]);

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

        var names = string.Join(", ", _columns.Take(NamesInMessage).Select(c => $"'{c.Name}'"));
        var more = _columns.Length > NamesInMessage ? $" and {_columns.Length - NamesInMessage} more" : "";
        return $"The columns are {names}{more}.";
    }

#pragma warning disable CA2201
    private static IndexOutOfRangeException NotThere(string message) => new(message);
#pragma warning restore CA2201
}
