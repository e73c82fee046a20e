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

    public static void Emit(SourceWriter writer, StoreSpec spec)
    {
        EmitSet(writer, spec);
        EmitForbidden(writer, spec);
        EmitChanged(writer, spec);
    }

    private static void EmitSet(SourceWriter writer, StoreSpec spec)
    {
        writer.Line("/// <inheritdoc />");
        writer.Line($"protected override {Set} GetSetProperties() =>");
        writer.Indented(() =>
        {
            var always = Enumerable
                .Range(0, spec.Properties.Count)
                .Where(i => spec.Properties[i].AlwaysHasValue)
                .ToArray();
            writer.Line(always.Length == 0 ? $"{Set}.None" : Of(spec, always));
            EmitWith(writer, spec.Properties.Where(p => !p.AlwaysHasValue).Select(p => (p, $"{p.Member} is not null")));
        });
        writer.Line();
    }

    private static void EmitForbidden(SourceWriter writer, StoreSpec spec)
    {
        writer.Line("/// <inheritdoc />");
        writer.Open($"protected override {Set} GetForbiddenProperties()");
        writer.Line($"var forbidden = {Set}.None;");
        foreach (var rule in spec.Rules)
        {
            var cases =
                rule.Forbid.Count > 0
                    ? [(RuleCode.Applies(spec, rule), rule.Forbid.AsEnumerable())]
                    : rule
                        .ExactlyOneOf.Select(s => (RuleCode.IsChosen(spec, rule, s), rule.Others(s)))
                        .ToArray();
            foreach (var (condition, properties) in cases)
            {
                writer.Open($"if ({condition})");
                writer.Line($"forbidden = forbidden.Union({Of(spec, properties)});");
                writer.Close();
                writer.Line();
            }
        }

        writer.Line("return forbidden;");
        writer.Close();
        writer.Line();
    }

    private static void EmitChanged(SourceWriter writer, StoreSpec spec)
    {
        writer.Line("/// <inheritdoc />");
        writer.Open($"protected override {Set} GetChangedProperties({CSharp.Root}.StoreArgs previous)");
        writer.Line($"var other = ({spec.Target.NameOf(spec.ClassName)})previous;");
        writer.Line($"return {Set}.None");
        EmitWith(writer, spec.Properties.Select(p => (p, Changed(p))));
        writer.Close();
        writer.Line();
    }

    private static string Changed(PropertySpec property)
    {
        if (property.Kind == PropertyKind.File)
        {
            return $"!object.Equals({property.Member}, other.{property.Member})";
        }

        return $"{Compared(string.Empty)} != {Compared("other.")}";

        string Compared(string owner) =>
            property.Kind != PropertyKind.Uris ? owner + RuleCode.Effective(property)
            : property.Required ? Normalized(owner)
            : $"({owner}{property.Member} is null ? null : {Normalized(owner)})";

        string Normalized(string owner) => $"{EffectiveEmitter.FormOf(property)}.Normalize({owner}{property.Member})";
    }

    private static void EmitWith(SourceWriter writer, IEnumerable<(PropertySpec Property, string Condition)> cases)
    {
        var all = cases.ToArray();
        writer.Indented(() =>
        {
            for (var i = 0; i < all.Length; i++)
            {
                writer.Line(
                    $".With(PropertyIndex.{all[i].Property.Member}, {all[i].Condition}){(i == all.Length - 1 ? ";" : string.Empty)}"
                );
            }

            if (all.Length == 0)
            {
                writer.Line(";");
            }
        });
    }
}
