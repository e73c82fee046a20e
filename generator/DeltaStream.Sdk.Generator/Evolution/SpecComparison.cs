using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Evolution;

/// <summary>Compares a spec with what was shipped of it: what worked goes on working, and means the same (NFR-004).</summary>
internal static class SpecComparison
{
    public static IReadOnlyList<SpecBreak> Compare(StoreSpec shipped, StoreSpec current)
    {
        var breaks = new List<SpecBreak>();
        if (shipped.Equals(current))
        {
            return breaks;
        }

        if (shipped.Type != current.Type)
        {
            const string Remedy = "stores that exist have the old one, so put it back, or add a subtype";
            breaks.Add(SpecBreak.Changed("type", "The type", shipped.Type, current.Type, Remedy));
        }

        foreach (var property in shipped.Properties)
        {
            if (current.Properties.FirstOrDefault(p => p.Name == property.Name) is { } now)
            {
                breaks.AddRange(new PropertyComparison(property, now).Compare());
            }
            else if (property.Deprecated is null)
            {
                breaks.Add(SpecBreak.Removed("properties", $"The property '{property.Name}'"));
            }
        }

        var names = shipped.Properties.Select(p => p.Name).ToArray();
        foreach (var property in current.Properties.Where(p => p.Required && !names.Contains(p.Name)))
        {
            breaks.Add(
                SpecBreak.Stricter(
                    $"properties/{property.Name}/required",
                    $"'{property.Name}' is new and required",
                    "make it optional, or give it a default"
                )
            );
        }

        breaks.AddRange(new RuleComparison(shipped, current).Compare());
        return breaks;
    }
}
