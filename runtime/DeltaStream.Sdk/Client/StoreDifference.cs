using System.Text;
using DeltaStream.Sdk.Catalog;
using DeltaStream.Sdk.Statements;
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
    public StoreDifference(StoreArgs declared, Store found, StoreDescription? description = null)
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
            var isAddress = property is { Kind: StorePropertyKind.Uris, Secret: false };
            if (
                (isAddress ? StoreDescription.Addresses : property.Described) is { } place
                && StoreStatement.ValueOf(declared, i) is { } value
            )
            {
                var shown = description?[place];
                HidesAddresses |= isAddress && shown is null;
                if (shown is not null && !(isAddress ? SameAddresses(value, shown) : value == shown))
                {
                    var name = isAddress ? "addresses" : property.Name;
                    _shown.Append($", {name} {shown}");
                    _declared.Add($"{name} {value}");
                }
            }
        }
    }

    /// <summary>Whether the store can't be the declared one.</summary>
    public bool Exists => _declared.Count > 0;

    /// <summary>Whether the declaration has addresses, and the service does not show those of the store.</summary>
    public bool HidesAddresses { get; }

    /// <summary>Says what the store is, and what the declaration says where it differs.</summary>
    public override string ToString() =>
        Exists ? $"{_shown}; the declaration says {string.Join(", ", _declared)}" : _shown.ToString();

    // The order of brokers says nothing.
    private static bool SameAddresses(string one, string other) => Parts(one).SetEquals(Parts(other));

    private static HashSet<string> Parts(string addresses) =>
        [
            .. addresses
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(Comparable),
        ];

    // Schemes and hosts have no case, paths have. A slash at the end says nothing.
    private static string Comparable(string address)
    {
        var parts = UriParts.Split(address);
        var end = parts.AuthorityStart + parts.Authority.Length;
        return address[..end].ToUpperInvariant() + address[end..].TrimEnd('/');
    }
}
