using System.Globalization;
using DeltaStream.Sdk.Generator.Reading;
using DeltaStream.Sdk.Generator.Tests.Running;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeltaStream.Sdk.Generator.Tests.Caching;

/// <summary>Among eighty specs, half of which were shipped before, an edit costs what it changes and nothing else.</summary>
public sealed class ManySpecsTests(ManySpecsTests.Run run) : IClassFixture<ManySpecsTests.Run>
{
    private const int Count = 80;

    private const int Edited = 38;

    [Fact]
    public void A_second_run_reuses_everything() => AssertAllReused(run.First.Again());

    [Fact]
    public void An_edit_of_a_CSharp_file_reuses_everything()
    {
        var options = (CSharpParseOptions)run.First.Compilation.SyntaxTrees.First().Options;
        var edited = run.First.Compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class C { }", options));

        AssertAllReused(run.First.Again(compilation: edited));
    }

    [Fact]
    public void An_edit_of_one_spec_emits_that_one_alone()
    {
        var second = Edit("\"Who.\"", "\"Who it is.\"");

        AssertOneModified(second, StepNames.Read, StepNames.Specs, StepNames.Sources);
        Assert.Equal(1, second.OutputReasons().Count(r => !r.IsReused()));
        Assert.Equal(Count, second.ReasonsOf(StepNames.Sources).Count);
        Assert.NotEqual(SourceOf(run.First), SourceOf(second));
    }

    [Fact]
    public void A_new_title_emits_the_registry_too()
    {
        var second = Edit("\"title\": \"Demo\"", "\"title\": \"Another\"");

        AssertOneModified(second, StepNames.Read, StepNames.Specs, StepNames.Sources, StepNames.Registry);
        Assert.Equal(2, second.OutputReasons().Count(r => !r.IsReused()));
    }

    [Theory]
    [InlineData("\n", "\n\n")]
    [InlineData("\n", "\r\n")]
    [InlineData("\": ", "\" :\t")]
    public void White_space_emits_nothing(string find, string replacement)
    {
        var second = Edit(find, replacement);

        // Where things stand has changed, so what was read has; the claims of types say where they are made.
        AssertOneModified(second, StepNames.Read);
        Assert.All(second.OutputReasons(), r => Assert.True(r.IsReused(), r.ToString()));
    }

    [Fact]
    public void An_edit_of_what_was_shipped_compares_that_one_alone_and_emits_nothing()
    {
        var before = run.Files.Single(f => f.IsShipped && f.Path.Contains(Name(Edited), StringComparison.Ordinal));
        var after = SpecFile.Shipped(
            Name(Edited),
            Text(Edited).Replace("\"maximum\": 9", "\"maximum\": 10", StringComparison.Ordinal)
        );

        var second = run.First.Again(d => d.ReplaceAdditionalText(before, after));

        AssertOneModified(second, StepNames.Shipped, StepNames.Baseline, StepNames.Breaks);
        var diagnostic = Assert.Single(second.Diagnostics);
        Assert.Equal("DS1022", diagnostic.Id);
        Assert.Equal(1, second.OutputReasons().Count(r => !r.IsReused()));
    }

    [Fact]
    public void The_order_of_files_is_of_no_matter()
    {
        var backwards = Generation.Of(run.Files.Reverse());

        Assert.Equal(
            run.First.Sources.OrderBy(s => s.Key, StringComparer.Ordinal),
            backwards.Sources.OrderBy(s => s.Key, StringComparer.Ordinal)
        );
    }

    [Fact]
    public void A_spec_that_comes_emits_one_file_and_the_registry()
    {
        var second = run.First.Again(d => d.AddAdditionalTexts([SpecFile.Of("demo", DemoSpec.Text)]));

        var before = run.First.Sources;
        Assert.Equal(2, second.Sources.Count(s => before.GetValueOrDefault(s.Key) != s.Value));
    }

    private Generation Edit(string find, string replacement)
    {
        var before = run.Files.Single(f => !f.IsShipped && f.Path.Contains(Name(Edited), StringComparison.Ordinal));
        var after = SpecFile.Of(Name(Edited), Text(Edited).Replace(find, replacement, StringComparison.Ordinal));
        return run.First.Again(d => d.ReplaceAdditionalText(before, after));
    }

    private static void AssertAllReused(Generation second)
    {
        AssertOneModified(second);
        Assert.All(second.OutputReasons(), r => Assert.True(r.IsReused(), r.ToString()));
    }

    // Of each step named one output is new, and none of any other step.
    private static void AssertOneModified(Generation second, params string[] steps)
    {
        foreach (var step in StepNames.All)
        {
            var reasons = second.ReasonsOf(step);
            Assert.NotEmpty(reasons);
            Assert.True(
                reasons.Count(r => !r.IsReused()) == (steps.Contains(step, StringComparer.Ordinal) ? 1 : 0),
                $"{step}: {string.Join(", ", reasons.Where(r => !r.IsReused()))}"
            );
        }
    }

    private static string SourceOf(Generation generation) =>
        generation.Sources.Values.Single(s =>
            s.Contains(
                string.Create(CultureInfo.InvariantCulture, $"record Demo{Edited:0000}StoreArgs "),
                StringComparison.Ordinal
            )
        );

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"demo{i:0000}");

    private static string Text(int i) => DemoSpec.With("\"demo\"", $"\"{Name(i)}\"");

    /// <summary>The first run, which all tests share.</summary>
    public sealed class Run
    {
        public Run() => First = Generation.Of(Files);

        internal SpecFile[] Files { get; } =
        [
            .. Enumerable.Range(0, Count).Select(i => SpecFile.Of(Name(i), Text(i))),
            .. Enumerable.Range(0, Count / 2).Select(i => SpecFile.Shipped(Name(i), Text(i))),
        ];

        internal Generation First { get; }
    }
}
