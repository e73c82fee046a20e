using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Evolution;

/// <summary>What is known of some declarations: of each property, that it is unset, set, or which value is in effect.</summary>
internal sealed class Facts
{
    private readonly Dictionary<string, Fact> _known;

    public Facts() => _known = new Dictionary<string, Fact>(StringComparer.Ordinal);

    private Facts(Facts other) => _known = new Dictionary<string, Fact>(other._known, StringComparer.Ordinal);

    /// <summary>Whether what is known contradicts itself: there are no such declarations.</summary>
    public bool Impossible { get; private set; }

    public Facts Copy() => new(this) { Impossible = Impossible };

    public bool IsUnset(string property) => _known.TryGetValue(property, out var fact) && fact.State == State.Unset;

    /// <summary>Whether a property without a default is set.</summary>
    public bool IsSet(string property) => _known.TryGetValue(property, out var fact) && fact.State != State.Unset;

    public bool Has(string property, string value) =>
        _known.TryGetValue(property, out var fact) && fact.State == State.Value && fact.Value == value;

    /// <summary>Learns that a property is unset, set, or has a value.</summary>
    /// <returns>Whether that was news.</returns>
    public bool Unset(string property) => Learn(property, new Fact(State.Unset, null));

    /// <inheritdoc cref="Unset" />
    public bool Set(string property) => Learn(property, new Fact(State.Set, null));

    /// <inheritdoc cref="Unset" />
    public bool Value(string property, string value) => Learn(property, new Fact(State.Value, value));

    /// <summary>Whether a condition holds for all of the declarations.</summary>
    public bool Meet(AtomCondition condition) =>
        condition.Test switch
        {
            ConditionTest.Set => IsSet(condition.Property),
            ConditionTest.Unset => IsUnset(condition.Property),
            _ => condition.Values.Any(v => Has(condition.Property, v)),
        };

    private bool Learn(string property, Fact fact)
    {
        if (!_known.TryGetValue(property, out var before))
        {
            _known.Add(property, fact);
            return true;
        }

        if (before == fact || (before.State == State.Value && fact.State == State.Set))
        {
            return false;
        }

        if (before.State == State.Set && fact.State == State.Value)
        {
            _known[property] = fact;
            return true;
        }

        Impossible = true;
        return true;
    }

    private enum State
    {
        Unset,
        Set,
        Value,
    }

    private sealed record Fact(State State, string? Value);
}
