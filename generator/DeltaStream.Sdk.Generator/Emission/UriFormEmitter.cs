using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Emission;

/// <summary>Emits the forms of addresses.</summary>
internal static class UriFormEmitter
{
    public const string Type = $"{CSharp.Root}.Uris.StoreUriFormAttribute";

    public static void Emit(SourceWriter writer, StoreSpec spec)
    {
        var addresses = spec.Properties.Where(p => p.Uri is not null).ToArray();
        if (addresses.Length == 0)
        {
            return;
        }

        writer.Line("/// <summary>The forms of addresses.</summary>");
        writer.Open("private static class UriForms");
        foreach (var property in addresses)
        {
            writer.Line($"public static readonly {Type} {property.Member} = {CSharp.New(Type, Arguments(property))};");
            writer.Line();
        }

        writer.Close();
        writer.Line();
    }

    /// <summary>The field that holds a property's form of addresses.</summary>
    public static string FormOf(PropertySpec property) => $"UriForms.{property.Member}";

    /// <summary>What a form says, as initializers and attributes write it.</summary>
    public static IEnumerable<string> Arguments(PropertySpec property)
    {
        var uri = property.Uri!;
        return CSharp.Named(
            ("List", CSharp.Flag(uri.List)),
            ("Schemes", Texts(uri.Schemes)),
            ("DefaultScheme", CSharp.LiteralOrNull(uri.DefaultScheme)),
            ("PortRequired", CSharp.Flag(uri.PortRequired)),
            ("DefaultPort", CSharp.Number(uri.DefaultPort)),
            ("Path", $"{CSharp.Root}.Uris.StoreUriPath.{Names.Pascal(uri.Path)}"),
            ("SegmentName", CSharp.LiteralOrNull(uri.SegmentName)),
            ("Query", CSharp.Flag(uri.Query)),
            ("Instead", Texts(uri.Instead)),
            ("Example", property.Examples.Count > 0 ? CSharp.Literal(property.Examples[0]) : null)
        );
    }

    private static string? Texts(EquatableArray<string> texts) =>
        texts.Count == 0 ? null : $"new string[] {{ {string.Join(", ", texts.Select(CSharp.Literal))} }}";
}
