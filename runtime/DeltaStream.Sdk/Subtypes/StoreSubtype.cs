using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace DeltaStream.Sdk;

/// <summary>What the spec says of a store subtype (D-008, D-010).</summary>
/// <remarks>It has no setters: who binds configuration, and finds it in a declaration, can't change it.</remarks>
public sealed class StoreSubtype
{
    /// <summary>Says what a spec says. Generated code calls it.</summary>
    /// <param name="name">The <see cref="Name"/>.</param>
    /// <param name="type">The <see cref="Type"/>.</param>
    /// <param name="title">The <see cref="Title"/>.</param>
    /// <param name="description">The <see cref="Description"/>.</param>
    /// <param name="properties">The <see cref="Properties"/>.</param>
    /// <param name="updateGroups">The <see cref="UpdateGroups"/>.</param>
    /// <param name="read">Makes a declaration of values by name; null for a subtype that is not read from data.</param>
    /// <param name="spec">The <see cref="Spec"/>.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public StoreSubtype(
        string name,
        string type,
        string title,
        string description,
        ImmutableArray<StoreProperty> properties,
        ImmutableArray<StoreUpdateGroup> updateGroups = default,
        Func<StoreValues, object>? read = null,
        string? spec = null
    )
    {
        Name = name;
        Type = type;
        Title = title;
        Description = description;
        Properties = properties;
        HasDescription = properties.Any(p => p.Name == "description");
        UpdateGroups = updateGroups.IsDefault ? [] : updateGroups;
        Read = read;
        Spec = spec;
    }

    /// <summary>The member of a declaration that is data, such as <c>confluentKafka</c>: the name without hyphens.</summary>
    internal string Member =>
        string.Concat(Name.Split('-').Select((part, i) => i == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));

    /// <summary>Whether its stores have a description.</summary>
    internal bool HasDescription { get; }

    /// <summary>Makes a declaration of values by name. It returns an object, because this room knows no declarations.</summary>
    internal Func<StoreValues, object>? Read { get; }

    /// <summary>The name: the discriminator of the store union, such as <c>kafka</c>.</summary>
    public string Name { get; }

    /// <summary>The bareword after <c>'type' =</c> in CREATE STORE, such as <c>KAFKA</c>.</summary>
    public string Type { get; }

    /// <summary>The external system's name, as people write it.</summary>
    public string Title { get; }

    /// <summary>What a store of this subtype connects to.</summary>
    public string Description { get; }

    /// <summary>The properties, in the order in which statements name them.</summary>
    public ImmutableArray<StoreProperty> Properties { get; }

    /// <summary>
    /// The whole spec, as JSON without white space: what an emulator needs to know the subtype (<c>Specs</c> of its options). Null for
    /// a built-in subtype, which every emulator knows.
    /// </summary>
    public string? Spec { get; }

    /// <summary>The properties that an update sends together.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ImmutableArray<StoreUpdateGroup> UpdateGroups { get; }

    /// <summary>Whether a type, as the catalog or a person writes it, is the type of this subtype.</summary>
    /// <remarks>
    /// The catalog writes a type neither as the <see cref="Name"/> nor as the <see cref="Type"/> of CREATE STORE (wire fact
    /// 3.3). The type is compared with both. Case, underscores, hyphens and spaces don't count; every other character does.
    /// </remarks>
    /// <param name="type">The type, such as <c>ConfluentKafka</c>. Null, an empty and an unknown type don't match.</param>
    /// <returns>True when the type matches.</returns>
    public bool Matches([NotNullWhen(true)] string? type) =>
        type is not null && (IsSame(type, Name) || IsSame(type, Type));

    /// <summary>The <see cref="Name"/>.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;

    // Compares only ASCII without case: the Kelvin sign is not a K.
    private static bool IsSame(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        const string Separators = "_- ";
        while (true)
        {
            one = one.TrimStart(Separators);
            other = other.TrimStart(Separators);
            if (one.IsEmpty || other.IsEmpty)
            {
                return one.IsEmpty && other.IsEmpty;
            }

            if (!Ascii.EqualsIgnoreCase(one[..1], other[..1]))
            {
                return false;
            }

            one = one[1..];
            other = other[1..];
        }
    }
}
