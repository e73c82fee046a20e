using DeltaStream.Sdk.Quoting;

namespace DeltaStream.Sdk.Statements;

/// <summary>What an update changes, and what its statement therefore holds.</summary>
/// <param name="Changed">The properties with another value in effect.</param>
/// <param name="Sent">The changed properties and their groups, as far as they may be updated.</param>
/// <param name="Removed">The changed properties that are no longer set.</param>
internal readonly record struct StoreChanges(StorePropertySet Changed, StorePropertySet Sent, StorePropertySet Removed)
{
    /// <summary>Whether there is nothing to send.</summary>
    public bool IsEmpty => Changed.IsEmpty;

    /// <summary>What an update changes between two declarations; all that may be updated when the one before is not known.</summary>
    /// <exception cref="ArgumentException">The declarations are of two stores.</exception>
    public static StoreChanges Between(StoreArgs? previous, StoreArgs store)
    {
        if (previous is null)
        {
            return Everything(store);
        }

        var differences = IdentityDifferences(previous, store).Select(d => $"{d.Property} {d.From} against {d.To}");
        return string.Join(" and ", differences) is { Length: > 0 } difference
            ? throw new ArgumentException(
                $"The previous declaration is of another store: {difference}. An update keeps both: pass the declaration of the same store as it was, "
                    + "or leave it out when it is not known. For another name or subtype, delete the store and create the new one.",
                nameof(previous)
            )
            : Of(store, store.ChangedSince(previous));
    }

    /// <summary>In what two declarations are of two stores; nothing when they are of one.</summary>
    public static IEnumerable<(string Property, string From, string To)> IdentityDifferences(
        StoreArgs previous,
        StoreArgs store
    )
    {
        if (previous.Subtype != store.Subtype)
        {
            yield return ("subtype", previous.Subtype.Name, store.Subtype.Name);
        }

        if (previous.Name != store.Name)
        {
            yield return ("name", $"'{VisibleText.Of(previous.Name)}'", $"'{VisibleText.Of(store.Name)}'");
        }
    }

    /// <summary>All that has a value and may be updated.</summary>
    public static StoreChanges Everything(StoreArgs store) =>
        Of(store, store.SetProperties().Intersect(Mutable(store.Subtype)));

    /// <summary>An update that changes these properties.</summary>
    public static StoreChanges Of(StoreArgs store, StorePropertySet changed)
    {
        var sent = changed;
        foreach (var group in store.Subtype.UpdateGroups)
        {
            if (group.Always || !group.Members.Intersect(changed).IsEmpty)
            {
                sent = sent.Union(group.Members);
            }
        }

        return new StoreChanges(changed, sent.Intersect(Mutable(store.Subtype)), changed.Except(store.SetProperties()));
    }

    private static StorePropertySet Mutable(StoreSubtype subtype)
    {
        var mutable = StorePropertySet.None;
        for (var i = 0; i < subtype.Properties.Length; i++)
        {
            mutable = mutable.With(i, subtype.Properties[i].Mutable);
        }

        return mutable;
    }
}
