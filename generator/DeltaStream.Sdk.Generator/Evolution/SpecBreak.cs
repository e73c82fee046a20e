using DeltaStream.Sdk.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Evolution;

/// <summary>A change of a spec that breaks programs written against what was shipped (NFR-004).</summary>
/// <param name="Descriptor">How it breaks them.</param>
/// <param name="Path">Where in the spec, as names and numbers joined by slashes; what is not there stands for what holds it.</param>
/// <param name="Arguments">What the message is made of.</param>
internal sealed record SpecBreak(DiagnosticDescriptor Descriptor, string Path, params string[] Arguments)
{
    public static SpecBreak Removed(string path, string what) =>
        new(
            SpecDiagnostics.Removed,
            path,
            what,
            "put it back; what was shipped with 'deprecated' may go in a later release"
        );

    public static SpecBreak Changed(string path, string what, string? shipped, string? current, string remedy) =>
        new(SpecDiagnostics.Changed, path, what, shipped ?? "none", current ?? "none", remedy);

    public static SpecBreak Stricter(string path, string what, string remedy) =>
        new(SpecDiagnostics.Stricter, path, what, remedy);
}
