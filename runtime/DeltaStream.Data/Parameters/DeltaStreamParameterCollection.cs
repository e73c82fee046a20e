using System.Collections;
using System.Data.Common;

namespace DeltaStream.Data;

/// <summary>The parameters of a command. A name has an <c>@</c> or not, and upper and lower case are the same.</summary>
public sealed class DeltaStreamParameterCollection : DbParameterCollection, IReadOnlyList<DeltaStreamParameter>
{
    private readonly List<DeltaStreamParameter> _parameters = [];

    internal DeltaStreamParameterCollection() { }

    /// <inheritdoc/>
    public override int Count => _parameters.Count;

    /// <inheritdoc/>
    public override object SyncRoot => ((ICollection)_parameters).SyncRoot;

    /// <summary>A parameter.</summary>
    /// <param name="index">0 for the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is beyond the last parameter.</exception>
    public new DeltaStreamParameter this[int index]
    {
        get => _parameters[index];
        set => _parameters[index] = Cast(value);
    }

    /// <summary>A parameter.</summary>
    /// <param name="parameterName">The name.</param>
    /// <exception cref="ArgumentException">No parameter has this name.</exception>
    public new DeltaStreamParameter this[string parameterName]
    {
        get => _parameters[Existing(parameterName)];
        set => _parameters[Existing(parameterName)] = Cast(value);
    }

    /// <summary>Adds a parameter.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <returns>The same parameter.</returns>
    public DeltaStreamParameter Add(DeltaStreamParameter parameter)
    {
        _parameters.Add(Cast(parameter));
        return parameter;
    }

    /// <summary>Adds a parameter.</summary>
    /// <param name="parameterName">The name.</param>
    /// <param name="value">The value; null and <see cref="DBNull.Value"/> stand for NULL.</param>
    /// <returns>The new parameter.</returns>
    public DeltaStreamParameter AddWithValue(string parameterName, object? value) =>
        Add(new DeltaStreamParameter(parameterName, value));

    /// <inheritdoc/>
    /// <exception cref="InvalidCastException">The value is not a <see cref="DeltaStreamParameter"/>.</exception>
    public override int Add(object value)
    {
        _parameters.Add(Cast(value));
        return _parameters.Count - 1;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidCastException">A value is not a <see cref="DeltaStreamParameter"/>.</exception>
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

    /// <inheritdoc/>
    /// <remarks>A name in the same case comes first.</remarks>
    public override int IndexOf(string parameterName) =>
        parameterName is null ? -1 : Find(DeltaStreamParameter.Bare(parameterName));

    /// <inheritdoc/>
    /// <exception cref="InvalidCastException">The value is not a <see cref="DeltaStreamParameter"/>.</exception>
    public override void Insert(int index, object value) => _parameters.Insert(index, Cast(value));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The collection does not hold the parameter.</exception>
    public override void Remove(object value)
    {
        if (!_parameters.Remove(Cast(value)))
        {
            throw new ArgumentException("The command does not have this parameter.", nameof(value));
        }
    }

    /// <inheritdoc/>
    public override void RemoveAt(int index) => _parameters.RemoveAt(index);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">No parameter has this name.</exception>
    public override void RemoveAt(string parameterName) => _parameters.RemoveAt(Existing(parameterName));

    internal int Find(ReadOnlySpan<char> bareName)
    {
        var index = First(bareName, StringComparison.Ordinal);
        return index >= 0 ? index : First(bareName, StringComparison.OrdinalIgnoreCase);
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

    private int First(ReadOnlySpan<char> bareName, StringComparison comparison)
    {
        for (var i = 0; i < _parameters.Count; i++)
        {
            if (_parameters[i].BareName.Equals(bareName, comparison))
            {
                return i;
            }
        }

        return -1;
    }

    private static DeltaStreamParameter Cast(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value as DeltaStreamParameter
            ?? throw new InvalidCastException(
                $"A {value.GetType()} is not a DeltaStreamParameter. Use command.CreateParameter() or AddWithValue."
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
