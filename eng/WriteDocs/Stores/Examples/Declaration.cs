using DeltaStream.Sdk;
using DeltaStream.Sdk.Generator;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.WriteDocs.Stores.Examples;

/// <summary>A declaration that a page shows: which properties are set, and to what, in the spec's words.</summary>
/// <remarks>Immutable. What is read from outside the code (secrets, files) has a value that only looks right.</remarks>
internal sealed class Declaration
{
    private readonly SortedList<int, string> _values;

    private Declaration(StoreSpec spec, SortedList<int, string> values)
    {
        Spec = spec;
        _values = values;
    }

    public StoreSpec Spec { get; }

    /// <summary>The store's name.</summary>
    public string StoreName => $"my-{Spec.Subtype}";

    /// <summary>What is set, in the order of the spec.</summary>
    public IEnumerable<(PropertySpec Property, string Value)> Members =>
        _values.Select(v => (Spec.Properties[v.Key], v.Value));

    /// <summary>A declaration that sets nothing.</summary>
    public static Declaration Of(StoreSpec spec) => new(spec, []);

    public bool Has(PropertySpec property) => ValueOf(property) is not null;

    /// <summary>The value of a property; null when it is not set.</summary>
    public string? ValueOf(PropertySpec property) => _values.GetValueOrDefault(PlaceOf(property));

    /// <summary>The SDK's record of it.</summary>
    public StoreArgs ToStore() =>
        DeclaredStore.Of(
            Spec,
            Members
                .Select(m => KeyValuePair.Create<string, object>(m.Property.Member, InCSharp(m.Property, m.Value)))
                .Prepend(KeyValuePair.Create<string, object>(nameof(StoreArgs.Name), StoreName))
        );

    /// <summary>The declaration with a property set.</summary>
    /// <param name="property">The property.</param>
    /// <param name="value">Its value: of an enum the value's name, of what is read from outside anything that is right.</param>
    public Declaration With(PropertySpec property, string value) =>
        new(Spec, new SortedList<int, string>(_values) { [PlaceOf(property)] = value });

    /// <summary>Whether the code reads the value from outside: secrets and files.</summary>
    public static bool IsOutside(PropertySpec property) => property.Secret || property.Kind == PropertyKind.File;

    private static string InCSharp(PropertySpec property, string value) =>
        property.Kind == PropertyKind.Enum ? Names.Pascal(value) : value;

    private int PlaceOf(PropertySpec property) =>
        Enumerable.Range(0, Spec.Properties.Count).First(i => Spec.Properties[i].Name == property.Name);
}
