using DeltaStream.Sdk.Generator.Specs;
using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Reading;

/// <summary>Finds specs that claim a subtype that the SDK has built in.</summary>
internal static class BuiltInSubtypes
{
    /// <summary>The stems of the subtypes that a referenced DeltaStream.Sdk lists in its registry, such as <c>Kafka</c>.</summary>
    /// <remarks>
    /// None for the SDK itself. This runs whenever a file changes, so it looks into that one assembly only.
    /// </remarks>
    public static EquatableArray<string> Of(Compilation compilation)
    {
        if (compilation.AssemblyName == CodeTarget.SdkNamespace)
        {
            return default;
        }

        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (
                assembly.Name == CodeTarget.SdkNamespace
                && assembly.GetTypeByMetadataName($"{CodeTarget.SdkNamespace}.StoreSubtypes") is { } registry
            )
            {
                return registry
                    .GetMembers()
                    .OfType<IPropertySymbol>()
                    .Where(p => p.Type.Name == "StoreSubtype")
                    .Select(p => p.Name)
                    .OrderBy(n => n, StringComparer.Ordinal)
                    .ToEquatableArray();
            }
        }

        return default;
    }
}
