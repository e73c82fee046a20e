using System.Globalization;
using System.Text;
using DeltaStream.Sdk.Catalog;
using DeltaStream.Sdk.Secrets;
using DeltaStream.Sdk.Uris;

namespace DeltaStream.Sdk;

/// <summary>A store, and what DESCRIBE STORE shows of it (wire fact 3.6).</summary>
public sealed class StoreDescription
{
    internal StoreDescription(Store store, StoreSubtype? subtype, IReadOnlyDictionary<string, object> values) =>
        (Store, Subtype, Values) = (store, subtype, values);

    /// <summary>The store as the catalog shows it.</summary>
    public Store Store { get; }

    /// <summary>
    /// The subtype: one of the SDK's, or of <see cref="StoreClientOptions.OwnSubtypes"/>. Null when none has the store's type;
    /// then there are no values.
    /// </summary>
    public StoreSubtype? Subtype { get; }

    /// <summary>
    /// The values that the service shows, by the name of the property, such as <c>tlsDisabled</c>: a <see cref="bool"/>, a
    /// <see cref="long"/>, or else a <see cref="string"/> exactly as it is shown. Empty when the service shows none, such as
    /// while it still works on the store.
    /// </summary>
    /// <remarks>
    /// The service shows the addresses, and those properties whose spec says where (<see cref="StoreProperty.Described"/>). It
    /// shows no secret of its own, but the address of somebody else's store may hold a password.
    /// </remarks>
    public IReadOnlyDictionary<string, object> Values { get; }

    /// <summary>Whether a property is shown and may be kept. An address with a password is not one to write down.</summary>
    internal bool IsShown(StoreProperty property) =>
        Values.TryGetValue(property.Name, out var value)
        && !(property.Kind == StorePropertyKind.Uris && UriCredentials.Fault((string)value) is not null);

    /// <summary>Says what the store is and what is shown of it, a line for each value.</summary>
    /// <returns>The lines, where control characters are escaped and an address with credentials is <c>***</c>.</returns>
    public override string ToString()
    {
        var text = new StringBuilder(Store.ToString());
        foreach (var property in Subtype?.Properties ?? [])
        {
            if (Values.TryGetValue(property.Name, out var value))
            {
                var shown = Convert.ToString(value, CultureInfo.InvariantCulture)!;
                text.Append("\n    ")
                    .Append(property.Name)
                    .Append(" = ")
                    .Append(DescribedValues.Quoted(property, shown, SecretRedaction.None));
            }
        }

        return text.ToString();
    }
}
