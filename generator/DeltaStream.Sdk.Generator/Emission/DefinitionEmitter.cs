using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Emission;

/// <summary>Emits what the spec says of the subtype, as data.</summary>
internal static class DefinitionEmitter
{
    public static void Emit(SourceWriter writer, StoreSpec spec)
    {
        writer.Line($"/// <summary>What the spec says of {CSharp.Doc(spec.Title)} stores.</summary>");
        writer.Open($"public static {CSharp.Root}.StoreSubtype Definition {{ get; }} = new {CSharp.Root}.StoreSubtype");
        writer.Line($"Name = {CSharp.Literal(spec.Subtype)},");
        writer.Line($"Type = {CSharp.Literal(spec.Type)},");
        writer.Line($"Title = {CSharp.Literal(spec.Title)},");
        writer.Line($"Description = {CSharp.Literal(spec.Description)},");
        writer.Line("Properties = global::System.Collections.Immutable.ImmutableArray.Create(");
        writer.Indented(() =>
        {
            for (var i = 0; i < spec.Properties.Count; i++)
            {
                Emit(writer, spec.Properties[i], i == spec.Properties.Count - 1 ? ")," : ",");
            }
        });
        if (spec.Groups.Count > 0)
        {
            writer.Line("UpdateGroups = global::System.Collections.Immutable.ImmutableArray.Create(");
            writer.Indented(() =>
            {
                for (var i = 0; i < spec.Groups.Count; i++)
                {
                    var group = spec.Groups[i];
                    writer.Line(
                        $"new {CSharp.Root}.StoreUpdateGroup({PropertySetEmitter.Of(spec, group.Members)}, Always: {CSharp.Bool(group.Always)})"
                            + (i == spec.Groups.Count - 1 ? ")," : ",")
                    );
                }
            });
        }

        writer.Close(";");
        writer.Line();
        writer.Line("/// <inheritdoc />");
        writer.Line($"public override {CSharp.Root}.StoreSubtype Subtype => Definition;");
        writer.Line();
    }

    private static void Emit(SourceWriter writer, PropertySpec property, string after)
    {
        writer.Open($"new {CSharp.Root}.StoreProperty");
        writer.Line($"Name = {CSharp.Literal(property.Name)},");
        writer.Line($"Key = {CSharp.Literal(property.Key)},");
        writer.Line($"Kind = {CSharp.Root}.StorePropertyKind.{property.Kind},");
        foreach (
            var (flag, value) in new[]
            {
                ("Required", property.Required),
                ("Secret", property.Secret),
                ("Mutable", property.Mutable),
            }
        )
        {
            if (value)
            {
                writer.Line($"{flag} = true,");
            }
        }

        if (property.Unset != "refuse")
        {
            writer.Line($"Unset = {CSharp.Root}.StorePropertyUnset.{Names.Pascal(property.Unset)},");
        }

        writer.Line($"Description = {CSharp.Literal(property.Description)},");
        if (property.Unverified is { } reason)
        {
            writer.Line($"Unverified = {CSharp.Literal(reason)},");
        }

        writer.Close(after);
    }
}
