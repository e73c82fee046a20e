using DeltaStream.Sdk.Generator.Specs;
using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Emission;

/// <summary>A generated file and the specs whose code is in it: a file for each, unless there are very many.</summary>
/// <remarks>
/// At each keystroke the compiler compares the name of each generated file with those of all others, so a thousand files
/// would cost milliseconds; a fixed number of files costs microseconds. An edit of a spec emits one file either way.
/// </remarks>
internal sealed record SourceFile(string Name, EquatableArray<StoreSpec> Specs)
{
    /// <summary>The most files; with more specs than this, they share files.</summary>
    public const int Most = 64;

    /// <summary>The files of a project's specs; two providers, of which one is empty.</summary>
    public static IReadOnlyList<IncrementalValuesProvider<SourceFile>> Of(IncrementalValuesProvider<StoreSpec> specs)
    {
        var all = specs.Collect();
        var alone = specs
            .Combine(all.Select(static (s, _) => s.Length <= Most))
            .Where(static pair => pair.Right)
            .Select(static (pair, _) => new SourceFile(pair.Left.ClassName, new[] { pair.Left }.ToEquatableArray()));
        return [alone, all.SelectMany(static (s, _) => s.Length > Most ? Share(s) : [])];
    }

    /// <summary>The file's text.</summary>
    public string Join(Func<StoreSpec, string> emit) => string.Join("\n", Specs.Select(emit));

    // Always as many files and in the same order, also empty ones, so that a spec that comes changes one.
    private static SourceFile[] Share(IEnumerable<StoreSpec> specs)
    {
        var places = specs.ToLookup(s => PlaceOf(s.Subtype));
        return Enumerable
            .Range(0, Most)
            .Select(i => new SourceFile(
                FormattableString.Invariant($"StoreArgs.{i:00}"),
                places[i].OrderBy(s => s.Subtype, StringComparer.Ordinal).ToEquatableArray()
            ))
            .ToArray();
    }

    // FNV-1a: the same on every machine, which string.GetHashCode is not.
    private static int PlaceOf(string subtype) =>
        (int)(subtype.Aggregate(2166136261u, (hash, c) => unchecked((hash ^ c) * 16777619u)) % Most);
}
