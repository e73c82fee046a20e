using System.Collections.Immutable;
using System.ComponentModel;

namespace DeltaStream.Sdk;

/// <summary>What the spec says of a store subtype (D-008, D-010).</summary>
public sealed class StoreSubtype
{
    /// <summary>The name: the discriminator of the store union, such as <c>kafka</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The bareword after <c>'type' =</c> in CREATE STORE, such as <c>KAFKA</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The external system's name, as people write it.</summary>
    public required string Title { get; init; }

    /// <summary>What a store of this subtype connects to.</summary>
    public required string Description { get; init; }

    /// <summary>The properties, in the order in which statements name them.</summary>
    public required ImmutableArray<StoreProperty> Properties { get; init; }

    /// <summary>The properties that an update sends together.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ImmutableArray<StoreUpdateGroup> UpdateGroups { get; init; } = [];

    /// <summary>Whether the catalog means this subtype by a type: it spells it neither as the name nor as the DDL (wire fact 3.3).</summary>
    /// <param name="catalogType">The type as the catalog spells it, such as <c>ConfluentKafka</c>.</param>
    internal bool IsSpelled(string catalogType) =>
        Letters(catalogType) is var letters
        && (
            string.Equals(letters, Letters(Name), StringComparison.OrdinalIgnoreCase)
            || string.Equals(letters, Letters(Type), StringComparison.OrdinalIgnoreCase)
        );

    private static string Letters(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit));

    /// <summary>The <see cref="Name"/>.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}
