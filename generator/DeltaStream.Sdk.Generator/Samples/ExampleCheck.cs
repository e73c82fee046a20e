using System.Globalization;
using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Evolution;
using DeltaStream.Sdk.Generator.Json;
using DeltaStream.Sdk.Generator.Reading;
using DeltaStream.Sdk.Generator.Specs;
using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Samples;

/// <summary>
/// Sees that documentation and tests find a value for every text: the first example, and the second, which an update
/// changes it to.
/// </summary>
internal static class ExampleCheck
{
    public static EquatableArray<DiagnosticRecord> Find(
        StoreSpec spec,
        AdditionalText file,
        CancellationToken cancellation
    )
    {
        var found = spec.Properties.SelectMany(Find).ToArray();
        if (found.Length == 0 || file.GetText(cancellation) is not { } text)
        {
            return default;
        }

        // Models have no places, so the file is read once more when there is something to say.
        var faults = new SpecFaults(file.Path, text);
        var json = JsonReader.Read(text).Value!;
        foreach (var (descriptor, path, arguments) in found)
        {
            faults.Add(descriptor, SpecPlaces.Find(json, path), arguments);
        }

        return faults.ToEquatableArray();
    }

    private static IEnumerable<(DiagnosticDescriptor Descriptor, string Path, string[] Arguments)> Find(
        PropertySpec property
    )
    {
        var path = $"properties/{property.Name}";
        var isText = property.Kind is PropertyKind.String or PropertyKind.Uris or PropertyKind.Identifier;
        if (isText && !property.Secret && property.Examples.Count < (property.Mutable ? 2 : 1))
        {
            var isFirst = property.Examples.Count == 0;
            yield return (
                SpecDiagnostics.ExampleMissing,
                $"{path}/examples",
                [
                    property.Name,
                    isFirst ? "an example" : "a second example",
                    isFirst ? "add a right value to 'examples'" : "add what an update changes the first one to",
                ]
            );
        }

        if (property.Uri is not { } form)
        {
            yield break;
        }

        for (var i = 0; i < property.Examples.Count; i++)
        {
            if (FullAddress.Lacks(property.Examples[i], form) is { } lacks)
            {
                yield return (
                    SpecDiagnostics.WrongValue,
                    $"{path}/examples/{i.ToString(CultureInfo.InvariantCulture)}",
                    ["examples", property.Examples[i], $"an example stands as it is sent, in full, so {lacks}"]
                );
            }
        }
    }
}
