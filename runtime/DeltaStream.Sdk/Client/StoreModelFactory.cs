namespace DeltaStream.Sdk;

/// <summary>Makes what a <see cref="StoreClient"/> returns, for tests of your own code that replace the client.</summary>
/// <remarks>Everything else that it returns or throws has a public constructor, such as <see cref="Store"/> and <see cref="PlannedStore"/>.</remarks>
public static class StoreModelFactory
{
    /// <summary>Makes a description.</summary>
    /// <param name="store">The store.</param>
    /// <param name="values">The values that the service shows, by the name of the property; null for none.</param>
    /// <param name="subtype">A subtype of your own; null for the one that the SDK has for the store's type.</param>
    /// <returns>The description.</returns>
    /// <exception cref="ArgumentException">No client shows such a value.</exception>
    public static StoreDescription StoreDescription(
        Store store,
        IReadOnlyDictionary<string, object>? values = null,
        StoreSubtype? subtype = null
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        values ??= new Dictionary<string, object>(StringComparer.Ordinal);
        subtype ??= store.Subtype;
        foreach (var (name, value) in values)
        {
            if (
                value is not (bool or long or string)
                || subtype is null
                || !subtype.Properties.Any(p => string.Equals(p.Name, name, StringComparison.Ordinal))
            )
            {
                throw new ArgumentException(
                    $"No client shows '{name}' of type {value?.GetType().Name ?? "null"} for a store of type '{store.Type}': give a bool, a long or a string for a property of its subtype.",
                    nameof(values)
                );
            }
        }

        return new StoreDescription(store, subtype, values);
    }

    /// <summary>Makes a plan. No client but one of your own, which overrides <see cref="StoreClient.ApplyAsync"/>, applies it.</summary>
    /// <param name="stores">What is done with each store.</param>
    /// <returns>The plan.</returns>
    public static StorePlan StorePlan(IEnumerable<PlannedStore> stores)
    {
        ArgumentNullException.ThrowIfNull(stores);
        return new StorePlan([.. stores], new StoreState()) { IsModel = true };
    }

    /// <summary>Makes the result of an apply.</summary>
    /// <param name="stores">What became of each store.</param>
    /// <param name="state">What is known now; null for nothing.</param>
    /// <returns>The result.</returns>
    public static StoreApplyResult StoreApplyResult(IEnumerable<AppliedStore> stores, StoreState? state = null)
    {
        ArgumentNullException.ThrowIfNull(stores);
        return new StoreApplyResult([.. stores], state ?? new StoreState());
    }

    /// <summary>Makes a state that knows stores.</summary>
    /// <param name="stores">What is known, by the stores' names.</param>
    /// <param name="key">The key for secrets and files; null for a new one.</param>
    /// <returns>The state.</returns>
    public static StoreState StoreState(IReadOnlyDictionary<string, StoreSnapshot> stores, StoreStateKey? key = null)
    {
        ArgumentNullException.ThrowIfNull(stores);
        return stores.Aggregate(new StoreState(key), (state, store) => state.With(store.Key, store.Value));
    }
}
