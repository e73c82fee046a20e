using DeltaStream.Sdk.Statements;
using DeltaStream.Sdk.Validation;

namespace DeltaStream.Sdk.Client;

/// <summary>Decides what an update may change in place (FR-005). Everything else needs a new store.</summary>
internal static class StoreUpdateRules
{
    public static IReadOnlyList<StoreValidationFailure> Check(StoreArgs previous, StoreArgs store)
    {
        var validation = new StoreValidation(store.Subtype.Name);
        foreach (var (property, what) in Refused(previous, store))
        {
            validation.Fail(
                property,
                StoreValidationCodes.Immutable,
                $"{what} in place: set it back, or delete the store and create it anew"
            );
        }

        return validation.Failures;
    }

    private static IEnumerable<(string Property, string What)> Refused(StoreArgs previous, StoreArgs store)
    {
        const string Fixed = "can't be changed";
        if (previous.Subtype != store.Subtype)
        {
            yield return ("subtype", Fixed);
            yield break;
        }

        if (previous.Name != store.Name)
        {
            yield return ("name", Fixed);
        }

        if (previous.Owner != store.Owner)
        {
            yield return ("owner", Fixed);
        }

        var changes = StoreChanges.Between(previous, store);
        var kept = changes.Removed.Except(store.ForbiddenProperties());
        for (var i = 0; i < store.Subtype.Properties.Length; i++)
        {
            var property = store.Subtype.Properties[i];
            if (!property.Mutable && changes.Changed.Contains(i))
            {
                yield return (property.Name, Fixed);
            }
            else if (property.Unset == StorePropertyUnset.Refuse && kept.Contains(i))
            {
                // The service would keep the old value, so to leave it out silently would be a lie.
                yield return (property.Name, "can't be taken away");
            }
        }
    }
}
