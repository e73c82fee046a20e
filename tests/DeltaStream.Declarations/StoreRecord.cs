using DeltaStream.Sdk;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Declarations;

/// <summary>Makes the generated records, whose validator and statements are the real ones.</summary>
internal static class StoreRecord
{
    private const string BuiltFrom =
        "pages show what it really does, so build it with this spec first, as eng/write-docs does with those in specs.";

    /// <summary>Makes the SDK's record of a subtype.</summary>
    /// <param name="spec">The subtype's spec.</param>
    /// <param name="members">Members and their values; see <see cref="DeclaredValue"/>.</param>
    /// <exception cref="SpecGapException">The SDK has no such record, or the record has no such member.</exception>
    public static StoreArgs Of(StoreSpec spec, IEnumerable<KeyValuePair<string, object>> members)
    {
        var name = spec.Target.NameOf(spec.ClassName)["global::".Length..];
        return Of(
            typeof(StoreArgs).Assembly.GetType(name)
                ?? throw new SpecGapException($"The SDK has no {name}: {BuiltFrom}"),
            members
        );
    }

    /// <summary>Makes a record of a generated type.</summary>
    public static StoreArgs Of(Type type, IEnumerable<KeyValuePair<string, object>> members)
    {
        var store = (StoreArgs)Activator.CreateInstance(type)!;
        foreach (var (member, value) in members)
        {
            var property =
                type.GetProperty(member)
                ?? throw new SpecGapException($"The SDK has no {type.FullName}.{member}: {BuiltFrom}");
            property.SetValue(
                store,
                Fit(value, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType)
            );
        }

        return store;
    }

    private static object Fit(object value, Type type) =>
        value switch
        {
            string text when type == typeof(Secret) => new Secret(text),
            string text when type == typeof(StoreFile) => StoreFile.FromText(text),
            string text when type.IsEnum => Enum.Parse(type, text),
            int number when type.IsEnum => Enum.ToObject(type, number),
            int number => (long)number,
            _ => value,
        };
}
