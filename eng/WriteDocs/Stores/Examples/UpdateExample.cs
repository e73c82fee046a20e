using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.WriteDocs.Stores.Examples;

/// <summary>The update that a page shows: of one value, to what the spec says an update changes it to.</summary>
internal static class UpdateExample
{
    /// <summary>Chooses a property and its other value.</summary>
    /// <returns>The declaration after the update, and what changed; null when nothing that is set can be updated.</returns>
    public static (Declaration Changed, PropertySpec Property)? Of(Declaration way)
    {
        var candidates = way
            .Members.Where(m => m.Property is { Mutable: true, Deprecated: null })
            .Select(m => (m.Property, Other: OtherValue(m.Property, m.Value)))
            .Where(c => c.Other is not null)
            .Select(c => (Changed: way.With(c.Property, c.Other!), c.Property))
            .Where(c => c.Changed.ToStore().Validate().Count == 0);
        return candidates.Cast<(Declaration, PropertySpec)?>().FirstOrDefault();
    }

    // A secret's other value would be read from the same place, so it shows nothing.
    private static string? OtherValue(PropertySpec property, string value) =>
        Declaration.IsOutside(property) ? null
        : property.Kind == PropertyKind.Boolean ? (value == "true" ? "false" : "true")
        : property.Kind == PropertyKind.Enum ? property.Values.Select(v => v.Name).FirstOrDefault(v => v != value)
        : property.Examples.FirstOrDefault(e => e != value);
}
