namespace DeltaStream.Sdk.Statements;

/// <summary>What an update changes, and what its statement therefore holds.</summary>
/// <param name="Changed">The properties with another value in effect.</param>
/// <param name="Sent">The changed properties and their groups, as far as they may be updated.</param>
/// <param name="Removed">The changed properties that are no longer set.</param>
internal readonly record struct StoreChanges(StorePropertySet Changed, StorePropertySet Sent, StorePropertySet Removed)
{
    /// <summary>Whether there is nothing to send.</summary>
    public bool IsEmpty => Changed.IsEmpty;

    public static StoreChanges Between(StoreArgs? previous, StoreArgs store)
    {
        var subtype = store.Subtype;
        var set = store.SetProperties();
        var mutable = StorePropertySet.None;
        for (var i = 0; i < subtype.Properties.Length; i++)
        {
            mutable = mutable.With(i, subtype.Properties[i].Mutable);
        }

        var changed = previous is null ? set.Intersect(mutable) : store.ChangedSince(previous);
        var sent = changed;
        foreach (var group in subtype.UpdateGroups)
        {
            if (group.Always || !group.Members.Intersect(changed).IsEmpty)
            {
                sent = sent.Union(group.Members);
            }
        }

        return new StoreChanges(changed, sent.Intersect(mutable), changed.Except(set));
    }
}
