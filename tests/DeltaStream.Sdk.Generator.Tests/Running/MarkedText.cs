using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.Sdk.Generator.Tests.Running;

/// <summary>A text in which ⟦ and ⟧ show a place.</summary>
internal sealed record MarkedText(string Text, TextSpan Span)
{
    private const char Start = '⟦';
    private const char End = '⟧';

    /// <summary>Takes the markers out.</summary>
    public static MarkedText Parse(string marked)
    {
        var start = marked.IndexOf(Start, StringComparison.Ordinal);
        var end = marked.IndexOf(End, StringComparison.Ordinal);
        if (start < 0 || end < start || marked.LastIndexOf(Start) != start || marked.LastIndexOf(End) != end)
        {
            throw new ArgumentException("The text needs one ⟦ and, after it, one ⟧.", nameof(marked));
        }

        return new MarkedText(marked.Remove(end, 1).Remove(start, 1), TextSpan.FromBounds(start, end - 1));
    }
}
