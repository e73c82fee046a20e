namespace DeltaStream.Sdk.Generator.Specs;

/// <summary>Writes what a rule depends on as an attribute of a member has it, and reads it back.</summary>
/// <remarks>The form is that of C# patterns: 'Mode is Open or Ajar', 'User is null', 'User is not null'.</remarks>
internal static class ConditionText
{
    private const string Is = " is ";
    private const string Or = " or ";
    private const string And = " and ";
    private const string Unset = "null";
    private const string Set = "not null";

    /// <summary>Writes a condition.</summary>
    public static string Write(StoreSpec spec, ConditionSpec condition)
    {
        var property = spec.Properties[condition.Property];
        var values = condition.Values.Select(v => Naming.CSharp.Value(property, v));
        return property.Member
            + Is
            + condition.Test switch
            {
                ConditionTest.Set => Set,
                ConditionTest.Unset => Unset,
                _ => string.Join(Or, values),
            };
    }

    /// <summary>Reads a condition. Its property is -1 when no property has the name.</summary>
    public static ConditionSpec Read(string text, EquatableArray<PropertySpec> properties)
    {
        var parts = Split(text, Is);
        var place = PlaceOf(properties, parts[0]);
        return parts[parts.Length - 1] switch
        {
            Unset => new ConditionSpec(place, ConditionTest.Unset, default),
            Set => new ConditionSpec(place, ConditionTest.Set, default),
            var values => new ConditionSpec(
                place,
                ConditionTest.OneOf,
                Split(values, Or).Where(_ => place >= 0).Select(v => ReadValue(properties[place], v)).ToEquatableArray()
            ),
        };
    }

    /// <summary>Writes the members of which a way consists.</summary>
    public static string WriteWay(StoreSpec spec, EquatableArray<int> way) =>
        string.Join(And, way.Select(p => spec.Properties[p].Member));

    /// <summary>Reads the members of which a way consists, -1 for a name that no property has.</summary>
    public static EquatableArray<int> ReadWay(string text, EquatableArray<PropertySpec> properties) =>
        Split(text, And).Select(m => PlaceOf(properties, m)).ToEquatableArray();

    /// <summary>A value as the spec has it.</summary>
    public static string ReadValue(PropertySpec property, string value) =>
        property.Kind == PropertyKind.Enum ? Names.Camel(value) : value;

    /// <summary>The place of a member's property; -1 when no property has the name.</summary>
    public static int PlaceOf(EquatableArray<PropertySpec> properties, string member) =>
        properties.ToList().FindIndex(p => p.Member == member);

    private static string[] Split(string text, string separator) => text.Split([separator], StringSplitOptions.None);
}
