using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Evolution;

/// <summary>A change of a spec that breaks who uses what was shipped (NFR-004).</summary>
/// <param name="Descriptor">Which rule it breaks.</param>
/// <param name="Path">Where in the spec, as names and numbers joined by slashes; what is not there stands for what holds it.</param>
/// <param name="Arguments">What the message is made of.</param>
internal sealed record SpecBreak(DiagnosticDescriptor Descriptor, string Path, params string[] Arguments);
