using System.Reflection;

namespace DeltaStream.Sdk.Tests;

/// <summary>For every subtype a declaration that sets every property, valid or not: the fullest statement.</summary>
internal static class FullDeclarations
{
    /// <summary>The value of every text. It holds quotes of both kinds, so that a change of quotes shows.</summary>
    public const string Text = "it's \"so\"";

    /// <summary>A part of every secret and every file.</summary>
    public const string Canary = "canary";

    public static IReadOnlyList<StoreArgs> All { get; } =
    [
        .. typeof(StoreArgs)
            .Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(StoreArgs)) && t.IsPublic)
            .OrderBy(t => t.Name, StringComparer.Ordinal)
            .Select(Of),
    ];

    private static StoreArgs Of(Type type)
    {
        var store = (StoreArgs)Activator.CreateInstance(type)!;
        type.GetProperty(nameof(StoreArgs.Name))!.SetValue(store, "full");
        foreach (var property in store.Subtype.Properties)
        {
            var member = type.GetProperty(char.ToUpperInvariant(property.Name[0]) + property.Name[1..])!;
            member.SetValue(store, ValueOf(property, member));
        }

        return store;
    }

    private static object ValueOf(StoreProperty property, PropertyInfo member)
    {
        var type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
        return property.Kind switch
        {
            StorePropertyKind.Boolean => true,
            StorePropertyKind.Integer => Convert.ChangeType(5, type, System.Globalization.CultureInfo.InvariantCulture),
            StorePropertyKind.Enum => Enum.GetValues(type).GetValue(0)!,
            StorePropertyKind.Uris => "example.com:1/x",
            StorePropertyKind.File => StoreFile.FromText(Canary),
            _ when type == typeof(Secret) => new Secret($"{Canary} {Text}"),
            _ => Text,
        };
    }
}
