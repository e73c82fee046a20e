using System.Globalization;
using DeltaStream.Sdk.Statements;

namespace DeltaStream.Sdk.Client;

/// <summary>What a store of the catalog shows, against a declaration. What the service does not show is not compared.</summary>
/// <param name="Declared">The declaration.</param>
/// <param name="Found">The store.</param>
/// <param name="Addresses">The addresses that DESCRIBE STORE shows; null when it shows none.</param>
internal sealed record StoreDifference(StoreArgs Declared, Store Found, string? Addresses = null)
{
    private bool IsOtherType => !Declared.Subtype.Matches(Found.Type);

    private bool IsOtherOwner => Declared.Owner is { } owner && owner != Found.Owner;

    private string? OtherAddresses =>
        Addresses is { } found && StoreStatement.AddressesOf(Declared) is { } declared && !Same(declared, found)
            ? declared
            : null;

    /// <summary>Whether the store can't be the declared one.</summary>
    public bool Exists => IsOtherType || IsOtherOwner || OtherAddresses is not null;

    /// <summary>Says what the store is, and what the declaration says where it differs.</summary>
    public override string ToString()
    {
        var found = string.Create(
            CultureInfo.InvariantCulture,
            $"type {Found.Type}, owned by {Found.Owner}, created {Found.CreatedAt:yyyy-MM-dd HH:mm:ss}Z"
        );
        var declared = new[]
        {
            IsOtherType ? $"type {Declared.Subtype.Name}" : null,
            IsOtherOwner ? $"owner {Declared.Owner}" : null,
            OtherAddresses is { } addresses ? $"addresses {addresses}" : null,
        }.OfType<string>();
        var shown = OtherAddresses is null ? found : $"{found}, addresses {Addresses}";
        return Exists ? $"{shown}; the declaration says {string.Join(", ", declared)}" : shown;
    }

    // The order of brokers says nothing, and neither does a slash at the end.
    private static bool Same(string one, string other) =>
        Parts(one).ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(Parts(other));

    private static IEnumerable<string> Parts(string addresses) =>
        addresses
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(address => address.TrimEnd('/'));
}
