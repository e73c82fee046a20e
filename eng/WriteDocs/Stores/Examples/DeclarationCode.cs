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
            .Members.Select(m => $"    {Assignment(declaration.Spec, m.Property, m.Value)},\n")
            .Prepend($"    Name = {CSharp.Literal(declaration.StoreName)},\n");
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
                properties.Select(p => $"    {Assignment(declaration.Spec, p, declaration.ValueOf(p)!)},\n")
            )}}};
            await client.CreateAsync(other);
            """;

    /// <summary>What follows in the program when one value is updated.</summary>
    public static string Update(Declaration changed, PropertySpec property) =>
        $$"""
            var changed = store with { {{Assignment(changed.Spec, property, changed.ValueOf(property)!)}} };
            await client.UpdateAsync(changed, store);
            """;

    /// <summary>The file's name in the examples.</summary>
    public static string FileName(PropertySpec property) =>
        property.File!.Token.TrimStart('@') + (property.File.Pem ? ".pem" : string.Empty);

    private static string Assignment(StoreSpec spec, PropertySpec property, string value) =>
        $"{property.Member} = {Expression(spec, property, value)}";

    private static string Expression(StoreSpec spec, PropertySpec property, string value) =>
        property.Kind switch
        {
            PropertyKind.File => $"StoreFile.FromPath({CSharp.Literal(FileName(property))})",
            _ when property.Secret => $"configuration[{CSharp.Literal($"{spec.Stem}:{property.Member}")}]",
            PropertyKind.Enum => $"{spec.EnumName(property)}.{property.Values.Single(v => v.Name == value).Member}",
            PropertyKind.Boolean or PropertyKind.Integer => value,
            _ => CSharp.Literal(value),
        };
}
