using DeltaStream.Sdk.Overrides;
using DeltaStream.Sdk.Statements;
using DeltaStream.Sdk.Uris;
using DeltaStream.Sdk.Validation;

namespace DeltaStream.Sdk.Client;

/// <summary>Decides what an update may change in place (FR-005). Everything else needs a new store.</summary>
internal static class StoreUpdateRules
{
    private const string NotSet = "nothing";

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
        if (previous.Subtype != store.Subtype)
        {
            yield return ("subtype", Changed(previous.Subtype.Name, store.Subtype.Name));
            yield break;
        }

        if (previous.Name != store.Name)
        {
            yield return ("name", Changed(Quoted(previous.Name), Quoted(store.Name)));
        }

        if (previous.Owner != store.Owner)
        {
            yield return ("owner", Changed(Quoted(previous.Owner), Quoted(store.Owner)));
        }

        var changes = StoreChanges.Between(previous, store);
        var kept = changes.Removed.Except(store.ForbiddenProperties());
        for (var i = 0; i < store.Subtype.Properties.Length; i++)
        {
            var property = store.Subtype.Properties[i];
            if (!property.Mutable && changes.Changed.Contains(i))
            {
                yield return (property.Name, Changed(Shown(previous, i), Shown(store, i)));
            }
            else if (property.Unset == StorePropertyUnset.Refuse && kept.Contains(i))
            {
                // The service would keep the old value, so to leave it out silently would be a lie.
                yield return (property.Name, $"can't be taken away (it is {Shown(previous, i)})");
            }
        }
    }

    private static string Changed(string from, string to) => $"can't be changed from {from} to {to}";

    // Nobody has checked the previous declaration: its address may hold a password, and its texts what forges lines of a log.
    private static string Shown(StoreArgs store, int property) =>
        StoreStatement.ShownValue(store, property) is not { } value ? NotSet
        : store.Subtype.Properties[property].Kind == StorePropertyKind.Uris && UriCredentials.Fault(value) is not null
            ? $"'{Secret.Redacted}'"
        : VisibleText.Of(value);

    private static string Quoted(string? name) => name is null ? NotSet : $"'{VisibleText.Of(name)}'";
}
