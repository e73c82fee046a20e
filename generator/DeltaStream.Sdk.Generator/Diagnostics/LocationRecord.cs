using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.Sdk.Generator.Diagnostics;

/// <summary>A place in a spec, by value.</summary>
internal sealed record LocationRecord(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static LocationRecord Of(string path, SourceText text, TextSpan span) =>
        new(path, span, text.Lines.GetLinePositionSpan(span));

    public Location ToLocation() => Location.Create(Path, Span, Lines);
}
