using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Emission;

/// <summary>Emits the spec itself as an attribute of the record, in a part of its own: people read the other one.</summary>
internal static class SpecEmitter
{
    public static string Emit(StoreSpec spec)
    {
        var writer = new SourceWriter();
        writer.Open($"namespace {spec.Target.Namespace}");
        writer.Line($"[{CSharp.Root}.StoreSpec({CSharp.Literal(spec.Json)})]");
        writer.Open($"partial record {spec.ClassName}");
        writer.Close();
        writer.Close();
        return writer.ToString();
    }
}
