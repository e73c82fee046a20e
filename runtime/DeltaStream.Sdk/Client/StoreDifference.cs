using System.Text;
using DeltaStream.Sdk.Catalog;
using DeltaStream.Sdk.Uris;

namespace DeltaStream.Sdk.Client;

/// <summary>What a store of the catalog shows, against a declaration. What the service does not show is not compared.</summary>
internal sealed class StoreDifference
{
    private readonly StringBuilder _shown = new();
    private readonly List<string> _declared = [];

    /// <param name="declared">The declaration.</param>
    /// <param name="found">The store.</param>
    /// <param name="description">What DESCRIBE STORE shows of the store; null when it was not asked.</param>
    public StoreDifference(StoreArgs declared, Store found, DescribedValues? description = null)
    {
        var type = declared.Subtype;
        _shown.Append($"type {found.Type}, owned by {found.Owner}, created {CatalogTimestamp.Text(found.CreatedAt)}");
        if (!type.Matches(found.Type))
        {
            _declared.Add($"type {type.Name}");
        }

        if (declared.Owner is { } owner && owner != found.Owner)
        {
            _declared.Add($"owner {owner}");
        }

        // The properties of another type are others.
        for (var i = 0; i < type.Properties.Length && type.Matches(found.Type); i++)
        {
            var property = type.Properties[i];
            if (description?[property] is not { } shown || declared.ValueOf(i) is not { } value)
            {
                continue;
            }

            var isAddress = property.Kind == StorePropertyKind.Uris;
            if (DescribedValues.IsSame(property, value, shown))
            {
                ProvesAddresses |= isAddress;
            }
            else
            {
                var name = isAddress ? "addresses" : property.Name;
                // Somebody else's declaration may have a password in its address.
                var hides = isAddress && UriCredentials.Fault(shown) is not null;
                _shown.Append($", {name} {(hides ? Secret.Redacted : shown)}");
                _declared.Add($"{name} {DescribedValues.Text(value)}");
            }
        }
    }

    /// <summary>Whether the store can't be the declared one.</summary>
    public bool Exists => _declared.Count > 0;

    /// <summary>Whether the service shows the declared addresses: what else it shows, somebody else's store may have, too.</summary>
    public bool ProvesAddresses { get; }

    /// <summary>Says what the store is, and what the declaration says where it differs.</summary>
    public override string ToString() =>
        Exists ? $"{_shown}; the declaration says {string.Join(", ", _declared)}" : _shown.ToString();
}
