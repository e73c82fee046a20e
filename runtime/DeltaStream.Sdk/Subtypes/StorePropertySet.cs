using System.ComponentModel;

namespace DeltaStream.Sdk.Statements;

/// <summary>A set of a subtype's properties, by their place in the spec (0 to 63).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct StorePropertySet
{
    private readonly ulong _bits;

    private StorePropertySet(ulong bits) => _bits = bits;

    /// <summary>No property.</summary>
    public static StorePropertySet None => default;

    /// <summary>Every property.</summary>
    public static StorePropertySet All => new(ulong.MaxValue);

    /// <summary>Whether no property is in the set.</summary>
    public bool IsEmpty => _bits == 0;

    /// <summary>A set of the properties at these places.</summary>
    /// <param name="indexes">The places in the spec, 0 to 63.</param>
    /// <returns>The set.</returns>
    public static StorePropertySet Of(params ReadOnlySpan<int> indexes)
    {
        var bits = 0UL;
        foreach (var index in indexes)
        {
            bits |= 1UL << index;
        }

        return new StorePropertySet(bits);
    }

    /// <summary>Whether the property at a place is in the set.</summary>
    /// <param name="index">The place in the spec, 0 to 63.</param>
    /// <returns>True when it is.</returns>
    public bool Contains(int index) => (_bits & (1UL << index)) != 0;

    /// <summary>This set, with the property at a place when a condition holds.</summary>
    /// <param name="index">The place in the spec, 0 to 63.</param>
    /// <param name="condition">Whether to put it in.</param>
    /// <returns>The set.</returns>
    public StorePropertySet With(int index, bool condition = true) => new(_bits | ((condition ? 1UL : 0UL) << index));

    /// <summary>What is in either set.</summary>
    /// <param name="other">The other set.</param>
    /// <returns>The set.</returns>
    public StorePropertySet Union(StorePropertySet other) => new(_bits | other._bits);

    /// <summary>What is in both sets.</summary>
    /// <param name="other">The other set.</param>
    /// <returns>The set.</returns>
    public StorePropertySet Intersect(StorePropertySet other) => new(_bits & other._bits);

    /// <summary>What is in this set and not in the other.</summary>
    /// <param name="other">The other set.</param>
    /// <returns>The set.</returns>
    public StorePropertySet Except(StorePropertySet other) => new(_bits & ~other._bits);
}
