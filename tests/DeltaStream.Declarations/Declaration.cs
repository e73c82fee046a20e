using System.Collections.Immutable;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Declarations;

/// <summary>A store as somebody declares it: which members of the record are set, and to what.</summary>
/// <remarks>Immutable. See <see cref="DeclaredValue"/> for the values; a wrong one of an enum is a number.</remarks>
internal sealed class Declaration
{
    private readonly ImmutableDictionary<string, object> _members;

    private Declaration(StoreSpec spec, ImmutableDictionary<string, object> members)
    {
        Spec = spec;
        _members = members;
    }

    public StoreSpec Spec { get; }

    /// <summary>The store's name.</summary>
    public string Name => (string)_members[nameof(StoreArgs.Name)];

    /// <summary>All that is set, by the names of the record's members.</summary>
    public IReadOnlyDictionary<string, object> Members => _members;

    /// <summary>The properties that are set, in the order of the spec.</summary>
    public IEnumerable<(PropertySpec Property, object Value)> Properties =>
        Spec.Properties.Where(Has).Select(p => (p, _members[p.Member]));

    public bool IsRight => Validate().Count == 0;

    /// <summary>A declaration that sets the name alone.</summary>
    public static Declaration Of(StoreSpec spec, string name) =>
        new(spec, ImmutableDictionary.Create<string, object>().Add(nameof(StoreArgs.Name), name));

    public bool Has(PropertySpec property) => _members.ContainsKey(property.Member);

    /// <summary>The value of a property; null when it is not set.</summary>
    public object? ValueOf(PropertySpec property) => _members.GetValueOrDefault(property.Member);

    /// <summary>The value of a property, or its default; null when it has neither.</summary>
    public object? InEffect(PropertySpec property) =>
        ValueOf(property) ?? (property.Default is { } value ? DeclaredValue.OfSpec(property, value) : null);

    public Declaration With(PropertySpec property, object value) => With(property.Member, value);

    public Declaration With(string member, object value) => new(Spec, _members.SetItem(member, value));

    public Declaration Without(params IEnumerable<string> members) => new(Spec, _members.RemoveRange(members));

    /// <summary>The SDK's record of it.</summary>
    public StoreArgs ToStore() => StoreRecord.Of(Spec, _members);

    /// <summary>What the generated validator says of it.</summary>
    public IReadOnlyList<StoreValidationFailure> Validate() => ToStore().Validate();
}
