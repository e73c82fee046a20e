using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using DeltaStream.Sdk.Spelling;

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

    /// <summary>Whether a type, as the catalog or a person spells it, is this subtype's.</summary>
    /// <remarks>
    /// The catalog spells a type neither as the <see cref="Name"/> nor as the <see cref="Type"/> of CREATE STORE (wire fact
    /// 3.3). It is compared with both; case, underscores, hyphens and spaces don't count, and everything else does.
    /// </remarks>
    /// <param name="type">The type, such as <c>ConfluentKafka</c>; null, empty and whatever is unknown is not this subtype's.</param>
    /// <returns>True when it is.</returns>
    public bool IsSpelled([NotNullWhen(true)] string? type) =>
        type is not null && (TypeSpelling.Same(type, Name) || TypeSpelling.Same(type, Type));

    /// <summary>The <see cref="Name"/>.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}
