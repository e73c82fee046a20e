using System.Globalization;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Generator;

namespace DeltaStream.WriteDocs.Stores.Examples;

/// <summary>The SDK's own record of a declaration, whose validator and statements are the real ones.</summary>
internal static class DeclaredStore
{
    /// <summary>Makes the record.</summary>
    /// <exception cref="WrongDocsException">The SDK has no such record, or not with these members.</exception>
    public static StoreArgs Of(Declaration declaration)
    {
        var name = declaration.Spec.Target.NameOf(declaration.Spec.ClassName)["global::".Length..];
        var type =
            typeof(StoreArgs).Assembly.GetType(name)
            ?? throw new WrongDocsException(
                $"The SDK has no {name}: pages show its real statements, so they are written of the specs that it was built from."
            );
        var store = (StoreArgs)Activator.CreateInstance(type)!;
        Set(store, nameof(StoreArgs.Name), declaration.StoreName);
        foreach (var (property, value) in declaration.Members)
        {
            Set(store, property.Member, value);
        }

        return store;
    }

    private static void Set(StoreArgs store, string member, string value)
    {
        var property =
            store.GetType().GetProperty(member)
            ?? throw new WrongDocsException(
                $"{store.GetType().Name} has no {member}: pages are written of the specs that the SDK was built from."
            );
        property.SetValue(
            store,
            Fit(value, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType)
        );
    }

    private static object Fit(string value, Type type) =>
        type == typeof(Secret) ? new Secret(value)
        : type == typeof(StoreFile) ? StoreFile.FromText(value)
        : type == typeof(bool) ? value == "true"
        : type == typeof(long) ? long.Parse(value, CultureInfo.InvariantCulture)
        : type.IsEnum ? Enum.Parse(type, Names.Pascal(value))
        : value;
}
