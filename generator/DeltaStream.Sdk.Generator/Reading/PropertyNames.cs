using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Json;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.Sdk.Validation;
using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.Sdk.Generator.Reading;

/// <summary>The properties that rules and groups may name.</summary>
internal sealed class PropertyNames(IReadOnlyList<PropertySpec> properties, SpecFaults faults)
{
    public PropertySpec this[int index] => properties[index];

    /// <summary>Finds a property.</summary>
    /// <returns>Its place; -1 when there is none, which is reported.</returns>
    public int Find(string name, TextSpan span)
    {
        for (var i = 0; i < properties.Count; i++)
        {
            if (properties[i].Name == name)
            {
                return i;
            }
        }

        faults.Add(
            SpecDiagnostics.UnknownProperty,
            span,
            name,
            NearMatch.Question(name, properties.Select(p => p.Name))
        );
        return -1;
    }

    /// <summary>Finds properties; those that don't exist or stand twice are reported and left out.</summary>
    public List<(int Index, TextSpan Span)> FindAll(IEnumerable<JsonString> names)
    {
        var found = new List<(int Index, TextSpan Span)>();
        foreach (var name in names)
        {
            var index = Find(name.Value, name.Span);
            if (found.Exists(f => f.Index == index) && index >= 0)
            {
                faults.Add(SpecDiagnostics.Duplicate, name.Span, "The property", name.Value, "remove one");
            }
            else if (index >= 0)
            {
                found.Add((index, name.Span));
            }
        }

        return found;
    }
}
