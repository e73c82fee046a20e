using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Emission;

/// <summary>Emits the values in effect of properties with a default.</summary>
internal static class EffectiveEmitter
{
    public static void Emit(SourceWriter writer, StoreSpec spec, RuleCode rules)
    {
        for (var i = 0; i < spec.Properties.Count; i++)
        {
            var property = spec.Properties[i];
            if (property.Default is not { } value)
            {
                continue;
            }

            var implied = spec.Rules.SelectMany(r =>
                r.Imply.Where(m => m.Property == i)
                    .Take(1)
                    .Select(m => $"{rules.Applies(r).First()} ? {CSharp.Value(spec, property, m.Value)} : ")
            );
            var (chain, last) = (string.Concat(implied), CSharp.Value(spec, property, value));
            writer.Line($"private {CSharp.TypeOf(spec, property)} {RuleCode.Effective(property)} =>");
            writer.Line($"    {property.Member} ?? {(chain.Length > 0 ? $"({chain}{last})" : last)};");
            writer.Line();
        }
    }
}
