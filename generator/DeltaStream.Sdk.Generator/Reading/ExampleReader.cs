using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Json;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Reading;

/// <summary>Reads the examples of a property, which must be right values themselves.</summary>
internal static class ExampleReader
{
    public static EquatableArray<string> Read(SpecObject json, PropertySpec property, SpecFaults faults) =>
        (json.Array("examples")?.Items ?? [])
            .Select(i => ReadExample(i, property, faults))
            .OfType<string>()
            .ToEquatableArray();

    private static string? ReadExample(JsonValue item, PropertySpec property, SpecFaults faults)
    {
        switch (property.Kind)
        {
            case PropertyKind.Integer or PropertyKind.Enum:
                return PropertyReader.ReadValue(property, item, "examples", faults);
            case PropertyKind.String or PropertyKind.Identifier or PropertyKind.Uris when item is JsonString text:
                var bound =
                    property.Kind == PropertyKind.Uris
                        ? null
                        : SpecObject.OutOfBounds(text.Value.Length, property.MinLength, property.MaxLength);
                if (bound is not null)
                {
                    faults.Add(
                        SpecDiagnostics.WrongValue,
                        item.Span,
                        "examples",
                        text.Value,
                        FormattableString.Invariant($"it has {text.Value.Length} characters, and {bound}")
                    );
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
