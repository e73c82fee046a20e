using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Emission;

/// <summary>Emits what plans and updates are composed from: the values in effect, and what the rules forbid.</summary>
internal static class ValueEmitter
{
    private const string Set = $"{CSharp.Root}.Statements.StorePropertySet";

    /// <summary>A set of properties in C#.</summary>
    /// <remarks>An array of constants turned into a span is data in the assembly; 'params' on a span needs C# 13.</remarks>
    public static string Of(StoreSpec spec, IEnumerable<int> properties) =>
        $"{Set}.Of(new int[] {{ {string.Join(", ", properties.Select(p => $"PropertyIndex.{spec.Properties[p].Member}"))} }})";

    public static void Emit(SourceWriter writer, StoreSpec spec, RuleCode rules)
    {
        writer.Line("/// <inheritdoc />");
        // A switch expression would make secrets of all texts, because a text converts to a secret.
        writer.Open("protected override object? GetValue(int index)");
        writer.Open("switch (index)");
        foreach (var property in spec.Properties)
        {
            writer.Line($"case PropertyIndex.{property.Member}: return {Value(property)};");
        }

        writer.Line("default: throw new global::System.ArgumentOutOfRangeException(nameof(index));");
        writer.Close();
        writer.Close();
        writer.Line();
        EmitDeclared(writer, spec);
        writer.Line("/// <inheritdoc />");
        writer.Open($"protected override {Set} GetForbiddenProperties()");
        var forbidden = rules.Forbidden.Select(f => $".Union({f.Applies} ? {Of(spec, f.Properties)} : {Set}.None)");
        writer.Line($"return {string.Join("\n    ", forbidden.Prepend($"{Set}.None"))};");
        writer.Close();
        writer.Line();
    }

    // Only where the value in effect may be another one.
    private static void EmitDeclared(SourceWriter writer, StoreSpec spec)
    {
        var others = spec.Properties.Where(p => p.Kind == PropertyKind.Uris || RuleCode.Effective(p) != p.Member);
        writer.Line("/// <inheritdoc />");
        writer.Open("protected override object? GetDeclaredValue(int index)");
        writer.Open("switch (index)");
        foreach (var property in others)
        {
            var token = $"{property.Member} is null ? null : TokenOf({property.Member}.Value)";
            var value = property.Kind == PropertyKind.Enum ? token : property.Member;
            writer.Line($"case PropertyIndex.{property.Member}: return {value};");
        }

        writer.Line("default: return GetValue(index);");
        writer.Close();
        writer.Close();
        writer.Line();
    }

    private static string Value(PropertySpec property)
    {
        var value = RuleCode.Effective(property);
        var form = UriFormEmitter.FormOf(property);
        return property.Kind switch
        {
            PropertyKind.Uris when property.AlwaysHasValue => $"{form}.Normalize({value})",
            PropertyKind.Uris => $"{value} is null ? null : {form}.Normalize({value})",
            PropertyKind.Enum when property.AlwaysHasValue => $"TokenOf({value})",
            PropertyKind.Enum => $"{value} is null ? null : TokenOf({value}.Value)",
            _ => value,
        };
    }
}
