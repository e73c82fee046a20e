using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Evolution;

/// <summary>Compares a spec with what was shipped of it: what worked goes on working, and means the same (NFR-004).</summary>
internal static class SpecComparison
{
    public static IEnumerable<SpecBreak> Compare(StoreSpec shipped, StoreSpec current)
    {
        if (ReferenceEquals(shipped, current) || shipped.Equals(current))
        {
            return [];
        }

        var breaks = new List<SpecBreak>();
        if (shipped.Type != current.Type)
        {
            breaks.Add(
                new SpecBreak(
                    SpecDiagnostics.Changed,
                    "type",
                    "The type",
                    shipped.Type,
                    current.Type,
                    "stores that exist have the old one, so put it back, or add a subtype"
                )
            );
        }

        var were = new HashSet<string>(shipped.Properties.Select(p => p.Name), StringComparer.Ordinal);
        var are = current.Properties.ToDictionary(p => p.Name, StringComparer.Ordinal);
        foreach (var property in shipped.Properties)
        {
            if (are.TryGetValue(property.Name, out var now))
            {
                breaks.AddRange(PropertyComparison.Compare(property, now));
            }
            else if (property.Deprecated is null)
            {
                breaks.Add(
                    new SpecBreak(
                        SpecDiagnostics.Removed,
                        "properties",
                        $"The property '{property.Name}'",
                        "put it back; what was shipped with 'deprecated' may go in a later release"
                    )
                );
            }
        }

        foreach (var property in current.Properties.Where(p => p.Required && !were.Contains(p.Name)))
        {
            breaks.Add(
                new SpecBreak(
                    SpecDiagnostics.Stricter,
                    $"properties/{property.Name}/required",
                    $"'{property.Name}' is new and required",
                    "make it optional, or give it a default"
                )
            );
        }

        breaks.AddRange(RuleComparison.Compare(shipped, current));
        return breaks;
    }
}
