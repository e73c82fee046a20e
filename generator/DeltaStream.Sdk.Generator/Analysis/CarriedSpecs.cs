using System.Collections.Concurrent;
using DeltaStream.Sdk.Generator.Reading;
using DeltaStream.Sdk.Generator.Specs;
using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Analysis;

/// <summary>The specs that the records of a compilation and of its references carry, each read once.</summary>
internal sealed class CarriedSpecs
{
    private readonly ConcurrentDictionary<INamedTypeSymbol, StoreSpec?> _specs = new(SymbolEqualityComparer.Default);

    /// <summary>The spec of a record.</summary>
    /// <returns>The spec; null for a type that is no generated record.</returns>
    public StoreSpec? Of(ITypeSymbol? type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Class, IsRecord: true } record
            ? _specs.GetOrAdd(record, Read)
            : null;

    private static StoreSpec? Read(INamedTypeSymbol type)
    {
        if (!SdkTypes.IsNamed(type.BaseType, "StoreArgs"))
        {
            return null;
        }

        foreach (var attribute in type.GetAttributes())
        {
            if (
                SdkTypes.IsNamed(attribute.AttributeClass, "StoreSpecAttribute")
                && attribute.ConstructorArguments.Length == 1
                && attribute.ConstructorArguments[0].Value is string json
            )
            {
                return SpecReader.ReadCarried(json);
            }
        }

        return null;
    }
}
