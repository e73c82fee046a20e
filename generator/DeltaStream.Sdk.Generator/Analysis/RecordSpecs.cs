using System.Collections.Concurrent;
using DeltaStream.Sdk.Generator.Specs;
using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Analysis;

/// <summary>The specs of the generated records of a compilation and of its references, each read once.</summary>
internal sealed class RecordSpecs
{
    private readonly ConcurrentDictionary<INamedTypeSymbol, StoreSpec?> _specs = new(SymbolEqualityComparer.Default);

    /// <summary>Gets the spec of a record.</summary>
    /// <returns>The spec; null for a type that is no generated record.</returns>
    public StoreSpec? Of(ITypeSymbol? type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Class, IsRecord: true } record
            ? _specs.GetOrAdd(record, RecordReader.Read)
            : null;
}
