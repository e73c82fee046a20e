using DeltaStream.Sdk.Generator.Analysis;
using DeltaStream.Sdk.Generator.Emission;
using DeltaStream.Sdk.Generator.Specs;
using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.CodeFixes;

/// <summary>Values that stand where a person will write the real one: typed, and right by themselves.</summary>
internal static class Placeholder
{
    /// <summary>An assignment of a placeholder.</summary>
    public static string Assign(StoreSpec spec, ITypeSymbol record, string member, NameScope scope) =>
        $"{member} = {Value(spec, spec.Properties.FirstOrDefault(p => p.Member == member), record, scope)}";

    private static string Value(StoreSpec spec, PropertySpec? property, ITypeSymbol record, NameScope scope) =>
        property switch
        {
            null => CSharp.Literal(spec.Subtype),
            { Kind: PropertyKind.Boolean } => CSharp.Bool(false),
            { Kind: PropertyKind.Integer } => CSharp.Number(property.Minimum ?? Math.Min(0, property.Maximum ?? 0)),
            { Kind: PropertyKind.Enum } =>
                $"{scope.Beside(record, spec.EnumName(property))}.{property.Values[0].Member}",
            { Kind: PropertyKind.File } =>
                $"{scope.Short($"{CSharp.Root}.StoreFile")}.FromPath({CSharp.Literal($"{property.Name}.pem")})",
            { Secret: true } => scope.Variable(SecretSource.VariableOf(spec.ClassName, property.Member)),
            { Kind: PropertyKind.Uris } => CSharp.Literal(Address(property, property.Uri!)),
            _ => CSharp.Literal(Text(property)),
        };

    private static string Address(PropertySpec property, UriSpec uri) =>
        property.Examples.Count > 0
            ? property.Examples[0]
            : (uri.Schemes.Count > 0 ? $"{uri.Schemes[0]}://" : string.Empty)
                + "host:1234"
                + (uri.Path == "segment" ? "/name" : string.Empty);

    private static string Text(PropertySpec property)
    {
        var text = property.Examples.Count > 0 ? property.Examples[0] : property.Name;
        text = text.PadRight((int)Math.Min(property.MinLength, 1000), 'x');
        return property.MaxLength is { } most && text.Length > most ? text.Substring(0, (int)most) : text;
    }
}
