using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Json;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Reading;

/// <summary>Reads the examples of a property, which must be right values themselves.</summary>
internal static class ExampleReader
{
    public static EquatableArray<string> Read(SpecObject json, PropertySpec property, SpecFaults faults)
    {
        var examples = new List<string>();
        var items = json.Array("examples")?.Items ?? [];
        // A secret has none, and what is wrong with one would show it.
        foreach (var item in property.Secret ? [] : items)
        {
            if (ReadExample(item, property, faults) is not { } example)
            {
                continue;
            }

            if (examples.Contains(example))
            {
                faults.Add(SpecDiagnostics.Duplicate, item.Span, "The example", example, "remove one");
                continue;
            }

            examples.Add(example);
        }

        return examples.ToEquatableArray();
    }

    private static string? ReadExample(JsonValue item, PropertySpec property, SpecFaults faults)
    {
        switch (property.Kind)
        {
            case PropertyKind.Integer or PropertyKind.Enum:
                return PropertyReader.ReadValue(property, item, "examples", faults);
            case PropertyKind.String or PropertyKind.Identifier or PropertyKind.Uris when item is JsonString text:
                if (PropertyValue.Faults(property, text.Value).Select(f => f.Message).FirstOrDefault() is { } fault)
                {
                    faults.Add(SpecDiagnostics.WrongValue, item.Span, "examples", text.Value, $"it {fault}");
                }

                return text.Value;
            case PropertyKind.String or PropertyKind.Identifier or PropertyKind.Uris:
                faults.Add(
                    SpecDiagnostics.WrongType,
                    item.Span,
                    "examples",
                    "an array of strings",
                    $"an array with {item.Kind}"
                );
                return null;
            default:
                // Kinds without examples are reported as such.
                return null;
        }
    }
}
