using DeltaStream.Sdk.Catalog;
using DeltaStream.Sdk.Quoting;
using DeltaStream.Sdk.Secrets;
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
            Fail(ref validation, property, what);
        }

        return validation.Failures;
    }

    /// <summary>Compares with what the service shows, where nobody has the declaration before.</summary>
    /// <param name="found">The store.</param>
    /// <param name="description">What DESCRIBE STORE shows of it; null when the service does not tell.</param>
    /// <param name="store">The declaration, of the same subtype.</param>
    /// <param name="redaction">Hides the secrets that the service may repeat, before what it shows is cut.</param>
    /// <param name="changes">All that may be updated, and what is shown and no longer declared.</param>
    /// <param name="uncompared">The properties that the update does not send, and that the service does not show.</param>
    public static IReadOnlyList<StoreValidationFailure> Check(
        Store found,
        DescribedValues? description,
        StoreArgs store,
        SecretRedaction redaction,
        out StoreChanges changes,
        out IReadOnlyList<StoreProperty> uncompared
    )
    {
        var validation = new StoreValidation(store.Subtype.Name);
        if (store.Owner is { } owner && owner != found.Owner)
        {
            Fail(
                ref validation,
                "owner",
                Changed(VisibleText.Quoted(redaction.Redact(found.Owner)), VisibleText.Quoted(owner))
            );
        }

        var (everything, forbidden) = (StoreChanges.Everything(store), store.ForbiddenProperties());
        var changed = everything.Changed;
        var unknown = new List<StoreProperty>();
        for (var i = 0; i < store.Subtype.Properties.Length; i++)
        {
            var property = store.Subtype.Properties[i];
            var value = store.ValueOf(i);
            if (everything.Sent.Contains(i) && value is not null)
            {
                continue;
            }

            if (description?[property] is not { } shown)
            {
                // The service drops what the other properties forbid.
                if (!forbidden.Contains(i))
                {
                    unknown.Add(property);
                }
            }
            else if (DescribedValues.IsSame(property, value, shown) || (value is null && shown.Length == 0))
            {
                continue;
            }
            else if (!property.Mutable)
            {
                Fail(
                    ref validation,
                    property.Name,
                    Changed(VisibleText.Quoted(redaction.Redact(shown)), Quoted(DescribedValues.Text(value)))
                );
            }
            else if (property.Unset == StorePropertyUnset.Refuse && !forbidden.Contains(i))
            {
                Fail(
                    ref validation,
                    property.Name,
                    $"can't be taken away (it is {VisibleText.Quoted(redaction.Redact(shown))})"
                );
            }
            else
            {
                changed = changed.With(i);
            }
        }

        changes = StoreChanges.Of(store, changed);
        uncompared = unknown;
        return validation.Failures;
    }

    private static void Fail(ref StoreValidation validation, string property, string what) =>
        validation.Fail(
            property,
            StoreValidationCodes.Immutable,
            $"{what} in place: set it back, or delete the store and create it anew"
        );

    private static IEnumerable<(string Property, string What)> Refused(StoreArgs previous, StoreArgs store)
    {
        foreach (var (property, from, to) in StoreChanges.IdentityDifferences(previous, store))
        {
            yield return (property, Changed(from, to));
            if (previous.Subtype != store.Subtype)
            {
                yield break;
            }
        }

        if (previous.Owner != store.Owner)
        {
            yield return ("owner", Changed(Quoted(previous.Owner), Quoted(store.Owner)));
        }

        var changes = StoreChanges.Of(store, store.ChangedSince(previous));
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
