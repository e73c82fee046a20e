using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Emission;

/// <summary>Emits what the spec says of the subtype, as data.</summary>
internal static class DefinitionEmitter
{
    private const string Type = $"{CSharp.Root}.StoreSubtype";

    public static void Emit(SourceWriter writer, StoreSpec spec)
    {
        var groups = spec.Groups.Select(g =>
            $"new {CSharp.Root}.StoreUpdateGroup({ValueEmitter.Of(spec, g.Members)}, Always: {CSharp.Bool(g.Always)})"
        );
        var arguments = CSharp.Named(
            separator: ": ",
            ("name", CSharp.Literal(spec.Subtype)),
            ("type", CSharp.Literal(spec.Type)),
            ("title", CSharp.Literal(spec.Title)),
            ("description", CSharp.Literal(spec.Description)),
            ("properties", CSharp.Array(spec.Properties.Select(Property))),
            ("updateGroups", spec.Groups.Count == 0 ? null : CSharp.Array(groups)),
            ("read", "static values => Read(values)"),
            // Who knows the built-in specs has them from their files.
            ("spec", spec.Target.IsSdk ? null : CSharp.Literal(spec.Json))
        );
        writer.Line($"/// <summary>What the spec says of {CSharp.Doc(spec.Title)} stores.</summary>");
        writer.Line($"public static {Type} Definition {{ get; }} = {CSharp.Call(Type, arguments)};");
        writer.Line();
        writer.Line("/// <inheritdoc />");
        // The serializer does not inherit the attribute of what is overridden.
        writer.Line("[global::System.Text.Json.Serialization.JsonIgnore]");
        writer.Line($"public override {Type} Subtype => Definition;");
        writer.Line();
    }

    private static string Property(PropertySpec property)
    {
        var unset = $"{CSharp.Root}.StorePropertyUnset.{Names.Pascal(property.Unset)}";
        return CSharp.New(
            $"{CSharp.Root}.StoreProperty",
            CSharp.Named(
                ("Name", CSharp.Literal(property.Name)),
                ("Key", CSharp.Literal(property.Key)),
                ("Kind", $"{CSharp.Root}.StorePropertyKind.{property.Kind}"),
                ("Required", CSharp.Flag(property.Required)),
                ("Secret", CSharp.Flag(property.Secret)),
                ("Mutable", CSharp.Flag(property.Mutable)),
                ("Unset", property.Unset == "refuse" ? null : unset),
                ("Description", CSharp.Literal(property.Description)),
                ("Unverified", CSharp.LiteralOrNull(property.Unverified)),
                ("Described", CSharp.LiteralOrNull(property.Described))
            )
        );
    }
}
