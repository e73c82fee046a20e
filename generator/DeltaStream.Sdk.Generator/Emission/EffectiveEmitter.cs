using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Emission;

/// <summary>Emits the values in effect of properties with a default, and the forms of addresses.</summary>
internal static class EffectiveEmitter
{
    public static void Emit(SourceWriter writer, StoreSpec spec)
    {
        var addresses = spec.Properties.Where(p => p.Uri is not null).ToArray();
        if (addresses.Length > 0)
        {
            writer.Line("/// <summary>The forms of addresses.</summary>");
            writer.Open("private static class UriForms");
            foreach (var property in addresses)
            {
                EmitForm(writer, property, property.Uri!);
            }

            writer.Close();
            writer.Line();
        }

        for (var i = 0; i < spec.Properties.Count; i++)
        {
            if (spec.Properties[i].Default is { } value)
            {
                EmitEffective(writer, spec, i, value);
            }
        }
    }

    /// <summary>The field that holds a property's form of addresses.</summary>
    public static string FormOf(PropertySpec property) => $"UriForms.{property.Member}";

    private static void EmitEffective(SourceWriter writer, StoreSpec spec, int index, string value)
    {
        var property = spec.Properties[index];
        var rules = spec.Rules.Where(r => r.Imply.Any(m => m.Property == index)).ToArray();
        writer.Line($"private {CSharp.TypeOf(spec, property)} {RuleCode.Effective(property)} =>");
        writer.Indented(() =>
        {
            var chain = string.Concat(
                rules.Select(r =>
                    $"{RuleCode.Applies(spec, r)} ? {CSharp.Value(spec, property, r.Imply.First(m => m.Property == index).Value)} : "
                )
            );
            var fallback = chain + CSharp.Value(spec, property, value);
            writer.Line($"{property.Member} ?? {(rules.Length > 0 ? $"({fallback})" : fallback)};");
        });
        writer.Line();
    }

    private static void EmitForm(SourceWriter writer, PropertySpec property, UriSpec uri)
    {
        writer.Open(
            $"public static readonly {CSharp.Root}.Uris.StoreUriForm {property.Member} = new {CSharp.Root}.Uris.StoreUriForm"
        );
        if (uri.List)
        {
            writer.Line("List = true,");
        }

        if (uri.Schemes.Count > 0)
        {
            writer.Line(
                $"Schemes = global::System.Collections.Immutable.ImmutableArray.Create({string.Join(", ", uri.Schemes.Select(CSharp.Literal))}),"
            );
        }

        if (uri.DefaultScheme is { } scheme)
        {
            writer.Line($"DefaultScheme = {CSharp.Literal(scheme)},");
        }

        if (uri.PortRequired)
        {
            writer.Line("PortRequired = true,");
        }

        if (uri.DefaultPort is { } port)
        {
            writer.Line($"DefaultPort = {CSharp.Number(port)},");
        }

        writer.Line($"Path = {CSharp.Root}.Uris.StoreUriPath.{Names.Pascal(uri.Path)},");
        if (uri.SegmentName is { } name)
        {
            writer.Line($"SegmentName = {CSharp.Literal(name)},");
        }

        if (uri.Query)
        {
            writer.Line("Query = true,");
        }

        foreach (var example in property.Examples.Take(1))
        {
            writer.Line($"Example = {CSharp.Literal(example)},");
        }

        writer.Close(";");
        writer.Line();
    }
}
