using System.Globalization;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.WriteDocs;

/// <summary>The SDK's own record of a declaration, whose validator and statements are the real ones.</summary>
internal static class DeclaredStore
{
    /// <summary>Makes the record.</summary>
    /// <param name="spec">The subtype's spec.</param>
    /// <param name="members">
    /// Members and their values; a text becomes a secret, a file, a flag, a number or an enum's value where the member is one.
    /// </param>
    /// <exception cref="WrongDocsException">The SDK has no such record, or not with these members.</exception>
    public static StoreArgs Of(StoreSpec spec, IEnumerable<KeyValuePair<string, object>> members)
    {
        var name = spec.Target.NameOf(spec.ClassName)["global::".Length..];
        var type =
            typeof(StoreArgs).Assembly.GetType(name)
            ?? throw new WrongDocsException($"The SDK has no {name}: {BuiltFrom}");
        var store = (StoreArgs)Activator.CreateInstance(type)!;
        foreach (var (member, value) in members)
        {
            var property =
                type.GetProperty(member)
                ?? throw new WrongDocsException($"The SDK has no {name}.{member}: {BuiltFrom}");
            property.SetValue(
                store,
                Fit(value, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType)
            );
        }

        return store;
    }

    private const string BuiltFrom =
        "pages show what it really does, so build it with this spec first, as eng/write-docs does with those in specs.";

    private static object Fit(object value, Type type) =>
        value switch
        {
            string text when type == typeof(Secret) => new Secret(text),
            string text when type == typeof(StoreFile) => StoreFile.FromText(text),
            string text when type == typeof(bool) => text == "true",
            string text when type == typeof(long) => long.Parse(text, CultureInfo.InvariantCulture),
            string text when type.IsEnum => Enum.Parse(type, text),
            int number when type.IsEnum => Enum.ToObject(type, number),
            int number => (long)number,
            _ => value,
        };
}
