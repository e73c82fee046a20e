using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.Sdk.Generator.Diagnostics;

/// <summary>A place in a spec, by value.</summary>
internal sealed record LocationRecord(string Path, TextSpan Span, LinePositionSpan Lines)
{
    /// <summary>No place in a file: what is wrong is said by the project.</summary>
    public static LocationRecord Nowhere { get; } = new(string.Empty, default, default);

    public static LocationRecord Of(string path, SourceText text, TextSpan span) =>
        new(path, span, text.Lines.GetLinePositionSpan(span));

    public Location ToLocation() => Path.Length == 0 ? Location.None : Location.Create(Path, Span, Lines);
}
