using DeltaStream.Sdk.Generator.Reading;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Evolution;

/// <summary>What was released, by subtype; equal when the specs are.</summary>
internal sealed class ShippedSpecs : IEquatable<ShippedSpecs>
{
    private readonly EquatableArray<StoreSpec> _specs;
    private readonly Dictionary<string, StoreSpec> _bySubtype = new(StringComparer.Ordinal);

    public ShippedSpecs(IEnumerable<SpecReadResult> results)
    {
        _specs = results.Select(r => r.Spec!).Where(s => s is not null).ToEquatableArray();
        foreach (var spec in _specs.Where(s => !_bySubtype.ContainsKey(s.Subtype)))
        {
            _bySubtype.Add(spec.Subtype, spec);
        }
    }

    public StoreSpec? Find(string subtype) => _bySubtype.TryGetValue(subtype, out var spec) ? spec : null;

    public bool Equals(ShippedSpecs? other) => other is not null && _specs.Equals(other._specs);

    public override bool Equals(object? obj) => Equals(obj as ShippedSpecs);

    public override int GetHashCode() => _specs.GetHashCode();
}
