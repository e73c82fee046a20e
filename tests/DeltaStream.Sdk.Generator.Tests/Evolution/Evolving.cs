using DeltaStream.Sdk.Generator.Tests.Running;
using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.Sdk.Generator.Tests.Evolution;

/// <summary>A spec and what was shipped of it.</summary>
internal static class Evolving
{
    /// <summary>The demo spec with rules that say more.</summary>
    public static string DemoWithRule(string rule) =>
        DemoSpec.With("{ \"when\": { \"quiet\"", $"{rule}\n    {{ \"when\": {{ \"quiet\"");

    public static Generation Of(string shipped, string current) =>
        Generation.Of(SpecFile.Shipped(DemoSpec.Subtype, shipped), SpecFile.Of(DemoSpec.Subtype, current));

    /// <summary>Asserts that nothing breaks, and that the spec is emitted.</summary>
    public static void AssertAllowed(string shipped, string current)
    {
        Assert.NotEqual(shipped, current);
        var generation = Of(shipped, current);

        generation.AssertPrints();
        Assert.Contains("DemoStoreArgs.g.cs", generation.Sources.Keys);
    }

    /// <summary>Asserts what breaks, letter by letter, and where.</summary>
    /// <param name="shipped">What was shipped.</param>
    /// <param name="marked">What became of it, with ⟦ and ⟧ around the place.</param>
    /// <param name="diagnostic">The ID, a colon and the message.</param>
    public static void AssertBreak(string shipped, string marked, string diagnostic)
    {
        var (text, span) = MarkedText.Parse(marked);

        var generation = Of(shipped, text);

        var start = SourceText.From(text).Lines.GetLinePosition(span.Start);
        generation.AssertPrints($"specs/demo.store.json({start.Line + 1},{start.Character + 1}): error {diagnostic}");
        Assert.Equal(span, generation.Diagnostics[0].Location.SourceSpan);
    }
}
