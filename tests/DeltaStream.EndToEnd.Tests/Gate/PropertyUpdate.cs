using DeltaStream.Declarations;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.EndToEnd.Tests.Gate;

/// <summary>An update in place that changes one property and nothing else.</summary>
internal sealed record PropertyUpdate(PropertySpec Property, Declaration From, Declaration To)
{
    /// <summary>Each mutable property to each of its other values, from a declaration that says as much as may be said.</summary>
    public static IEnumerable<PropertyUpdate> Of(Way way) =>
        way.Minimal.Spec.Properties.Where(p => p.Mutable).SelectMany(p => Of(way, p));

    private static List<PropertyUpdate> Of(Way way, PropertySpec property)
    {
        // Where the other value forbids what stands beside it, the least that can be said leaves it out, if need be by beginning
        // with another value that asks for nothing beside it.
        foreach (var from in way.Extensions(way.Minimal, property).Prepend(way.Full))
        {
            if (!from.Has(property))
            {
                continue;
            }

            var updates = way.Changed(from, property).Select(to => new PropertyUpdate(property, from, to)).ToList();
            if (updates.Count > 0)
            {
                return updates;
            }
        }

        return [];
    }
}
