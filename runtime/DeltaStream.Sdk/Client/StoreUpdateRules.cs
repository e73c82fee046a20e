using DeltaStream.Sdk.Statements;
using DeltaStream.Sdk.Validation;

namespace DeltaStream.Sdk;

/// <summary>What an update may change in place (FR-005); everything else needs a new store.</summary>
internal static class StoreUpdateRules
{
    public static IReadOnlyList<StoreValidationFailure> Check(StoreArgs previous, StoreArgs store)
    {
        var validation = new StoreValidation(store.Subtype.Name);
        if (previous.Subtype != store.Subtype)
        {
            Fail(ref validation, "subtype", "can't be changed");
            return validation.Failures;
        }

        if (!string.Equals(previous.Name, store.Name, StringComparison.Ordinal))
        {
            Fail(ref validation, "name", "can't be changed");
        }

        if (!string.Equals(previous.Owner, store.Owner, StringComparison.Ordinal))
        {
            Fail(ref validation, "owner", "can't be changed");
        }

        var changes = StoreChanges.Between(previous, store);
        var forbidden = store.ForbiddenProperties();
        for (var i = 0; i < store.Subtype.Properties.Length; i++)
        {
            var property = store.Subtype.Properties[i];
            if (!changes.Changed.Contains(i))
            {
                continue;
            }

            if (!property.Mutable)
            {
                Fail(ref validation, property.Name, "can't be changed");
            }
            else if (
                changes.Removed.Contains(i)
                && property.Unset == StorePropertyUnset.Refuse
                && !forbidden.Contains(i)
            )
            {
                // The service would keep the old value, so saying nothing would be a lie.
                Fail(ref validation, property.Name, "can't be taken away");
            }
        }

        return validation.Failures;
    }

    private static void Fail(ref StoreValidation validation, string property, string what) =>
        validation.Fail(
            property,
            StoreValidationCodes.Immutable,
            $"{what} in place: set it back, or delete the store and create it anew"
        );
}
