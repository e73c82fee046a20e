using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Emission;

/// <summary>Emits what an update is composed from: what is set, what is forbidden, what changed.</summary>
internal static class PropertySetEmitter
{
    private const string Set = $"{CSharp.Root}.Statements.StorePropertySet";

    /// <summary>A set of properties in C#.</summary>
    /// <remarks>An array of constants turned into a span is data in the assembly; 'params' on a span needs C# 13.</remarks>
    public static string Of(StoreSpec spec, IEnumerable<int> properties) =>
        $"{Set}.Of(new int[] {{ {string.Join(", ", properties.Select(p => $"PropertyIndex.{spec.Properties[p].Member}"))} }})";

    public static void Emit(SourceWriter writer, StoreSpec spec, RuleCode rules)
    {
        Emit(
            writer,
            "GetSetProperties()",
            spec.Properties.Select(p => With(p, p.AlwaysHasValue ? "true" : $"{p.Member} is not null"))
        );
        Emit(
            writer,
            "GetForbiddenProperties()",
            rules.Forbidden.Select(f => $".Union({f.Applies} ? {Of(spec, f.Properties)} : {Set}.None)")
        );
        Emit(
            writer,
            $"GetChangedProperties({CSharp.Root}.StoreArgs previous)",
            spec.Properties.Select(p => With(p, Changed(p))),
            $"var other = ({spec.Target.NameOf(spec.ClassName)})previous;"
        );
    }

    private static void Emit(SourceWriter writer, string method, IEnumerable<string> steps, string? before = null)
    {
        writer.Line("/// <inheritdoc />");
        writer.Open($"protected override {Set} {method}");
        if (before is not null)
        {
            writer.Line(before);
        }

        writer.Line($"return {string.Join("\n    ", steps.Prepend($"{Set}.None"))};");
        writer.Close();
        writer.Line();
    }

    private static string With(PropertySpec property, string condition) =>
        $".With(PropertyIndex.{property.Member}, {condition})";

    private static string Changed(PropertySpec property)
    {
        var value = RuleCode.Effective(property);
        var normalize = $"{UriFormEmitter.FormOf(property)}.Normalize";
        return property.Kind switch
        {
            PropertyKind.File => $"!object.Equals({value}, other.{value})",
            PropertyKind.Uris => $"{normalize}({value}) != {normalize}(other.{value})",
            _ => $"{value} != other.{value}",
        };
    }
}
