using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Emission;

/// <summary>Emits the writers of the WITH list, used by CREATE and UPDATE alike, in the spec's order.</summary>
internal static class StatementEmitter
{
    private const string Writer = $"{CSharp.Root}.Statements.StatementWriter";

    private const string Set = $"{CSharp.Root}.Statements.StorePropertySet";

    public static void Emit(SourceWriter writer, StoreSpec spec)
    {
        writer.Line("/// <inheritdoc />");
        writer.Line(
            $"protected override void WriteTypeEntry(ref {Writer} statement) => statement.Key(\", 'type' = {spec.Type}\");"
        );
        writer.Line();
        writer.Line("/// <inheritdoc />");
        writer.Open($"protected override void WritePropertyEntries(ref {Writer} statement, {Set} sent, {Set} removed)");
        foreach (var property in spec.Properties)
        {
            EmitEntry(writer, property);
        }

        writer.Close();
        writer.Line();
        foreach (var property in spec.Properties.Where(p => p.Kind == PropertyKind.Enum))
        {
            EmitToken(writer, spec, property);
        }
    }

    private static void EmitEntry(SourceWriter writer, PropertySpec property)
    {
        var isSet = property.AlwaysHasValue ? string.Empty : $" && {property.Member} is not null";
        writer.Open($"if (sent.Contains(PropertyIndex.{property.Member}){isSet})");
        writer.Line($"statement.Key({Place(property)}\", '{property.Key}' = \");");
        writer.Line($"statement.{Value(property)};");
        writer.Close();
        if (property.Unset == "null")
        {
            writer.Open($"else if (removed.Contains(PropertyIndex.{property.Member}))");
            writer.Line($"statement.Key({Place(property)}\", '{property.Key}' = NULL\");");
            writer.Close();
        }

        writer.Line();
    }

    // A client may override the key and the kind of what a spec marks unverified, and finds it by its place.
    private static string Place(PropertySpec property) =>
        property.Unverified is null ? string.Empty : $"PropertyIndex.{property.Member}, ";

    private static string Value(PropertySpec property)
    {
        var value = RuleCode.Effective(property);
        var plain = property.AlwaysHasValue ? value : $"{value}.Value";
        return property.Kind switch
        {
            PropertyKind.Boolean => $"Boolean({plain})",
            PropertyKind.Integer => $"Integer({plain})",
            PropertyKind.Enum => $"Sql(TokenOf({plain}))",
            PropertyKind.Uris => $"Literal({UriFormEmitter.FormOf(property)}.Normalize({value}))",
            PropertyKind.Identifier => $"Identifier({Place(property)}{value})",
            PropertyKind.File =>
                $"File({value}, {CSharp.Literal(property.File!.Token)}, {CSharp.Content(property.File)})",
            _ when property.Secret => $"Secret({plain})",
            _ => $"Literal({Place(property)}{value})",
        };
    }

    private static void EmitToken(SourceWriter writer, StoreSpec spec, PropertySpec property)
    {
        var type = CSharp.TypeOf(spec, property);
        writer.Open($"private static string TokenOf({type} value) => value switch");
        foreach (var value in property.Values)
        {
            writer.Line($"{type}.{value.Member} => {CSharp.Literal(value.Token)},");
        }

        writer.Line("_ => throw new global::System.ArgumentOutOfRangeException(nameof(value)),");
        writer.Close(";");
        writer.Line();
    }
}
