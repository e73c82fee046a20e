using DeltaStream.Sdk.Generator.Reading;

namespace DeltaStream.Sdk.Generator.Emission;

/// <summary>Emits the registry of subtypes.</summary>
internal static class RegistryEmitter
{
    public const string FileName = "StoreSubtypes.g.cs";

    public static string Emit(IEnumerable<SubtypeEntry> entries)
    {
        var all = entries.ToArray();
        var writer = new SourceWriter();
        writer.Line(CSharp.Header);
        writer.Line();
        writer.Open($"namespace {CSharp.Namespace}");
        writer.Line(CSharp.GeneratedCode);
        writer.Open("public static partial class StoreSubtypes");
        foreach (var entry in all)
        {
            writer.Line(
                $"/// <summary>{CSharp.Doc(entry.Title)}: <see cref=\"{CSharp.Root}.{entry.ClassName}\"/>.</summary>"
            );
            writer.Line(
                $"public static {CSharp.Root}.StoreSubtype {Names.Pascal(entry.Subtype)} => {CSharp.Root}.{entry.ClassName}.Definition;"
            );
            writer.Line();
        }

        writer.Line("/// <summary>All subtypes, by name.</summary>");
        writer.Line(
            $"public static global::System.Collections.Immutable.ImmutableArray<{CSharp.Root}.StoreSubtype> All {{ get; }} ="
        );
        writer.Indented(() =>
        {
            var items = string.Join(", ", all.Select(e => Names.Pascal(e.Subtype)));
            writer.Line(
                $"global::System.Collections.Immutable.ImmutableArray.Create<{CSharp.Root}.StoreSubtype>({items});"
            );
        });
        writer.Close();
        writer.Close();
        return writer.ToString();
    }
}
