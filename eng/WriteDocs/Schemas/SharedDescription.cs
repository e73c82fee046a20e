using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.WriteDocs.Schemas;

/// <summary>The description of a store, which stands beside the subtype and not in it: what the specs say of it together.</summary>
/// <param name="Words">What it is, and where it can't be set.</param>
/// <param name="IsSupported">Whether any subtype has it.</param>
/// <param name="IsImmutable">Whether no subtype can change it in place.</param>
internal sealed record SharedDescription(string Words, bool IsSupported, bool IsImmutable)
{
    public static SharedDescription Of(IReadOnlyList<StoreSpec> specs)
    {
        var own = specs.SelectMany(s => s.Properties.Where(p => p.Inherited).Select(p => (Spec: s, Property: p)));
        var words = own.Select(o => (o.Spec, Words: PropertyWords.Describe(o.Spec, o.Property)))
            .GroupBy(o => o.Words, o => Names.Camel(o.Spec.Subtype), StringComparer.Ordinal)
            .ToArray();
        var without = specs
            .Where(s => !s.Properties.Any(p => p.Inherited))
            .Select(s => Names.Camel(s.Subtype))
            .ToArray();
        var all =
            words.Length == 1 ? words[0].Key : string.Join(" ", words.Select(g => $"Of {Wording.And(g)}: {g.Key}"));
        return new SharedDescription(
            without.Length == 0 ? all : $"{all} Can't be set for {Wording.And(without)}.",
            words.Length > 0,
            own.All(o => !o.Property.Mutable)
        );
    }
}
