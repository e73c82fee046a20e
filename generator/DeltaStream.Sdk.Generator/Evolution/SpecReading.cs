using DeltaStream.Sdk.Generator.Reading;
using DeltaStream.Sdk.Generator.Specs;
using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Evolution;

/// <summary>A spec's file, and whether it is one of those that were released.</summary>
internal sealed record SpecSource(AdditionalText File, bool IsShipped)
{
    // The metadata of the file's item in the project; the compiler hands on what CompilerVisibleItemMetadata names.
    public const string Metadata = "build_metadata.AdditionalFiles.DeltaStreamShipped";
}

/// <summary>What came of reading a spec, beside the file itself, in which a place can be found again.</summary>
internal sealed record SpecReading(AdditionalText File, SpecReadResult Result);

/// <summary>A spec and what was shipped of it.</summary>
internal sealed record SpecPair(AdditionalText File, StoreSpec Current, StoreSpec Shipped);
