using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.Sdk.Generator.Tests.Running;

/// <summary>Asserts what the compiler prints for a spec with one mistake.</summary>
internal static class SpecMistake
{
    /// <summary>Asserts the one diagnostic of a spec, letter by letter, and that nothing is emitted for it.</summary>
    /// <param name="marked">The spec, with ⟦ and ⟧ around the place of its mistake.</param>
    /// <param name="id">The diagnostic's ID.</param>
    /// <param name="message">The whole message.</param>
    public static void Assert(string marked, string id, string message)
    {
        var (text, span) = MarkedText.Parse(marked);

        var generation = Generation.Of(SpecFile.Of(DemoSpec.Subtype, text));

        var start = SourceText.From(text).Lines.GetLinePosition(span.Start);
        generation.AssertPrints(
            $"specs/demo.store.json({start.Line + 1},{start.Character + 1}): error {id}: {message}"
        );
        Xunit.Assert.Equal(span, generation.Diagnostics[0].Location.SourceSpan);
        Xunit.Assert.Equal([Generation.RegistryFile], generation.Sources.Keys);
    }

    /// <summary>Asserts the one diagnostic of the demo spec after an edit.</summary>
    public static void Assert(string find, string replacement, string id, string message) =>
        Assert(DemoSpec.With(find, replacement), id, message);
}
