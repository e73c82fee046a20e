using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Emission;

/// <summary>Emits the registry of subtypes.</summary>
internal static class RegistryEmitter
{
    public const string FileName = "StoreSubtypes.g.cs";

    public static string Emit(RegistrySpec registry)
    {
        var all = registry.Entries.ToArray();
        var target = registry.Target;
        var writer = new SourceWriter();
        writer.Line(CSharp.Header(registry.Target));
        writer.Line();
        writer.Open($"namespace {target.Namespace}");
        if (!target.IsSdk)
        {
            // The SDK's registry has a half written by hand, which says what it is.
            writer.Line(
                $"/// <summary>The store subtypes of this project's own specs. Those that the SDK has are in <see cref=\"{CSharp.Root}.StoreSubtypes\"/>.</summary>"
            );
        }

        writer.Line(CSharp.GeneratedCode);
        writer.Open($"{target.Accessibility} static partial class StoreSubtypes");
        foreach (var entry in all)
        {
            writer.Line(
                $"/// <summary>{CSharp.Doc(entry.Title)}: <see cref=\"{target.NameOf(entry.ClassName)}\"/>.</summary>"
            );
            writer.Line(
                $"public static {CSharp.Root}.StoreSubtype {Names.Pascal(entry.Subtype)} => {target.NameOf(entry.ClassName)}.Definition;"
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
