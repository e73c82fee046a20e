using System.Collections;
using System.Data.Common;

namespace DeltaStream.Data;

/// <summary>The parameters of a command, found by name (with or without <c>@</c>, in any case) or by position.</summary>
public sealed class DeltaStreamParameterCollection : DbParameterCollection, IReadOnlyList<DeltaStreamParameter>
{
    private readonly List<DeltaStreamParameter> _parameters = [];

    internal DeltaStreamParameterCollection() { }

    /// <summary>How many there are.</summary>
    public override int Count => _parameters.Count;

    /// <summary>An object to lock on; the collection itself takes no lock.</summary>
    public override object SyncRoot => ((ICollection)_parameters).SyncRoot;

    /// <summary>The parameter at a position.</summary>
    /// <param name="index">0 for the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public new DeltaStreamParameter this[int index]
    {
        get => _parameters[index];
        set => _parameters[index] = NotNull(value);
    }

    /// <summary>The parameter of a name.</summary>
    /// <param name="parameterName">The name, with or without <c>@</c>.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public new DeltaStreamParameter this[string parameterName]
    {
        get => _parameters[Existing(parameterName)];
        set => _parameters[Existing(parameterName)] = NotNull(value);
    }

    /// <summary>Adds a parameter.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <returns>The same parameter.</returns>
    public DeltaStreamParameter Add(DeltaStreamParameter parameter)
    {
        _parameters.Add(NotNull(parameter));
        return parameter;
    }

    /// <summary>Adds a parameter.</summary>
    /// <param name="parameterName">The name, with or without <c>@</c>.</param>
    /// <param name="value">The value; null and <see cref="DBNull.Value"/> stand for NULL.</param>
    /// <returns>The new parameter.</returns>
    public DeltaStreamParameter AddWithValue(string parameterName, object? value) =>
        Add(new DeltaStreamParameter(parameterName, value));

    /// <inheritdoc/>
    /// <exception cref="InvalidCastException">It is not a <see cref="DeltaStreamParameter"/>.</exception>
    public override int Add(object value)
    {
        _parameters.Add(Cast(value));
        return _parameters.Count - 1;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidCastException">One is not a <see cref="DeltaStreamParameter"/>.</exception>
    public override void AddRange(Array values)
    {
        ArgumentNullException.ThrowIfNull(values);
        _parameters.AddRange(values.Cast<object>().Select(Cast).ToArray());
    }

    /// <inheritdoc/>
    public override void Clear() => _parameters.Clear();

    /// <inheritdoc/>
    public override bool Contains(object value) => IndexOf(value) >= 0;

    /// <inheritdoc/>
    public override bool Contains(string value) => IndexOf(value) >= 0;

    /// <inheritdoc/>
    public override void CopyTo(Array array, int index) => ((ICollection)_parameters).CopyTo(array, index);

    /// <inheritdoc/>
    public override IEnumerator GetEnumerator() => _parameters.GetEnumerator();

    IEnumerator<DeltaStreamParameter> IEnumerable<DeltaStreamParameter>.GetEnumerator() => _parameters.GetEnumerator();

    /// <inheritdoc/>
    public override int IndexOf(object value) => value is DeltaStreamParameter p ? _parameters.IndexOf(p) : -1;

    /// <summary>Where a name is; a name in the same case is preferred.</summary>
    /// <param name="parameterName">The name, with or without <c>@</c>.</param>
    /// <returns>The position, or -1.</returns>
    public override int IndexOf(string parameterName) =>
        parameterName is null ? -1 : Find(DeltaStreamParameter.Bare(parameterName));

    /// <inheritdoc/>
    /// <exception cref="InvalidCastException">It is not a <see cref="DeltaStreamParameter"/>.</exception>
    public override void Insert(int index, object value) => _parameters.Insert(index, Cast(value));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">It is not one of these.</exception>
    public override void Remove(object value)
    {
        if (!_parameters.Remove(Cast(value)))
        {
            throw new ArgumentException("The parameter is not one of this command.", nameof(value));
        }
    }

    /// <inheritdoc/>
    public override void RemoveAt(int index) => _parameters.RemoveAt(index);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public override void RemoveAt(string parameterName) => _parameters.RemoveAt(Existing(parameterName));

    internal int Find(ReadOnlySpan<char> bareName)
    {
        var near = -1;
        for (var i = 0; i < _parameters.Count; i++)
        {
            var name = _parameters[i].BareName;
            if (name.SequenceEqual(bareName))
            {
                return i;
            }

            if (near < 0 && name.Equals(bareName, StringComparison.OrdinalIgnoreCase))
            {
                near = i;
            }
        }

        return near;
    }

    /// <inheritdoc/>
    protected override DbParameter GetParameter(int index) => this[index];

    /// <inheritdoc/>
    protected override DbParameter GetParameter(string parameterName) => this[parameterName];

    /// <inheritdoc/>
    protected override void SetParameter(int index, DbParameter value) => _parameters[index] = Cast(value);

    /// <inheritdoc/>
    protected override void SetParameter(string parameterName, DbParameter value) =>
        _parameters[Existing(parameterName)] = Cast(value);

    private static DeltaStreamParameter NotNull(DeltaStreamParameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return parameter;
    }

    private static DeltaStreamParameter Cast(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value as DeltaStreamParameter
            ?? throw new InvalidCastException(
                $"A {value.GetType()} is no DeltaStreamParameter. Use command.CreateParameter() or AddWithValue."
            );
    }

    private int Existing(string parameterName)
    {
        ArgumentNullException.ThrowIfNull(parameterName);
        var index = IndexOf(parameterName);
        return index >= 0
            ? index
            : throw new ArgumentException(
                $"The command has no parameter '{parameterName}'. Add it first.",
                nameof(parameterName)
            );
    }
}
