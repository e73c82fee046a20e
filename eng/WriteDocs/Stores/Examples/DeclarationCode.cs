using DeltaStream.Declarations;
using DeltaStream.Sdk.Generator.Emission;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.WriteDocs.Stores.Examples;

/// <summary>Says declarations in C#.</summary>
internal static class DeclarationCode
{
    /// <summary>A program that declares a store and creates it.</summary>
    public static string Create(Declaration declaration)
    {
        var members = declaration
            .Properties.Select(p => $"    {Assignment(declaration, p.Property)},\n")
            .Prepend($"    Name = {CSharp.Literal(declaration.Name)},\n");
        return $$"""
            using {{declaration.Spec.Target.Namespace}};

            var store = new {{declaration.Spec.ClassName}}
            {
            {{string.Concat(members)}}};
            await client.CreateAsync(store);
            """;
    }

    /// <summary>What follows in the program when a copy with other values is created.</summary>
    public static string CreateWith(Declaration declaration, IReadOnlyList<PropertySpec> properties) =>
        $$"""
            var other = store with
            {
            {{string.Concat(
                properties.Select(p => $"    {Assignment(declaration, p)},\n")
            )}}};
            await client.CreateAsync(other);
            """;

    /// <summary>What follows in the program when one value is updated.</summary>
    public static string Update(Declaration changed, PropertySpec property) =>
        $$"""
            var changed = store with { {{Assignment(changed, property)}} };
            await client.UpdateAsync(changed, store);
            """;

    /// <summary>The file's name in the examples.</summary>
    public static string FileName(PropertySpec property) =>
        property.File!.Token.TrimStart('@') + (property.File.IsPem ? ".pem" : string.Empty);

    private static string Assignment(Declaration declaration, PropertySpec property) =>
        $"{property.Member} = {Expression(declaration.Spec, property, declaration.ValueOf(property)!)}";

    private static string Expression(StoreSpec spec, PropertySpec property, object value) =>
        (property.Kind, value) switch
        {
            (PropertyKind.File, _) => $"StoreFile.FromPath({CSharp.Literal(FileName(property))})",
            _ when property.Secret => $"configuration[{CSharp.Literal($"{spec.Stem}:{property.Member}")}]",
            (PropertyKind.Enum, _) => $"{spec.EnumName(property)}.{value}",
            (_, bool flag) => CSharp.Bool(flag),
            (_, long number) => CSharp.Number(number),
            _ => CSharp.Literal((string)value),
        };
}
