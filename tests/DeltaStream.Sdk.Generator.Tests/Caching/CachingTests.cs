using DeltaStream.Sdk.Generator.Reading;
using DeltaStream.Sdk.Generator.Tests.Running;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeltaStream.Sdk.Generator.Tests.Caching;

public sealed class CachingTests
{
    // Each as it is worked on, and as if it had been released so.
    private static readonly SpecFile[] s_specs =
    [
        .. Repository.Three(),
        .. Repository
            .Three()
            .Select(s => new SpecFile(
                s.Path.Replace("specs/", "specs/shipped/", StringComparison.Ordinal),
                s.GetText()!
            )
            {
                IsShipped = true,
            }),
    ];

    private static readonly Generation s_first = Generation.Of(s_specs);

    private static readonly Generation s_second = s_first.Again();

    private static readonly Generation s_afterEditOfCode = s_first.Again(
        compilation: s_first.Compilation.AddSyntaxTrees(
            CSharpSyntaxTree.ParseText(
                "class C { }",
                (CSharpParseOptions)s_first.Compilation.SyntaxTrees.First().Options
            )
        )
    );

    public static TheoryData<string> Steps => [.. StepNames.All];

    [Fact]
    public void Every_step_has_one_name_and_runs()
    {
        var tracked = s_first.Result.TrackedSteps.Keys;

        Assert.Equal(StepNames.All.Distinct(), StepNames.All);
        Assert.Empty(StepNames.All.Except(tracked));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_second_run_reuses_every_step(string step) => s_second.AssertReused(step);

    [Theory]
    [MemberData(nameof(Steps))]
    public void An_edit_of_a_CSharp_file_reuses_every_step(string step)
    {
        s_afterEditOfCode.AssertReused(step);
        Assert.All(s_afterEditOfCode.OutputReasons(), r => Assert.True(r.IsReused(), r.ToString()));
    }

    [Fact]
    public void An_edit_of_one_spec_emits_that_one_alone()
    {
        var second = AfterEdit("\"The SASL username.\"", "\"The SASL user.\"");

        Assert.Equal(1, second.ReasonsOf(StepNames.Read).Count(r => r == IncrementalStepRunReason.Modified));
        Assert.Equal(1, second.ReasonsOf(StepNames.Specs).Count(r => r == IncrementalStepRunReason.Modified));
        Assert.Equal(1, second.ReasonsOf(StepNames.Sources).Count(r => r == IncrementalStepRunReason.Modified));
        Assert.Equal(2, second.ReasonsOf(StepNames.Sources).Count(StepReasons.IsReused));
        Assert.Equal(1, second.OutputReasons().Count(r => !r.IsReused()));
        second.AssertReused(StepNames.Registry);
        second.AssertReused(StepNames.Diagnostics);
        second.AssertReused(StepNames.Duplicates);
        second.AssertReused(StepNames.DuplicateSubtypes);
        second.AssertReused(StepNames.Breaks);
        Assert.Contains("The SASL user.", second.Sources["KafkaStoreArgs.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_title_emits_the_registry_anew()
    {
        var second = AfterEdit("\"title\": \"Kafka\"", "\"title\": \"Apache Kafka\"");

        Assert.Equal([IncrementalStepRunReason.Modified], second.ReasonsOf(StepNames.Registry));
        Assert.Equal(2, second.OutputReasons().Count(r => !r.IsReused()));
        Assert.Contains("Apache Kafka", second.Sources[Generation.RegistryFile], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n", "\n\n")]
    [InlineData("\n", "\r\n")]
    [InlineData("\": ", "\"  :\t")]
    public void White_space_in_a_spec_emits_nothing(string find, string replacement)
    {
        var second = AfterEdit(find, replacement);

        Assert.Contains(IncrementalStepRunReason.Modified, second.ReasonsOf(StepNames.Read));
        foreach (var step in StepNames.All.Except([StepNames.Read]))
        {
            second.AssertReused(step);
        }

        Assert.All(second.OutputReasons(), r => Assert.True(r.IsReused(), r.ToString()));
    }

    [Fact]
    public void A_mistake_that_moves_is_reported_anew_and_emits_nothing()
    {
        var wrong = SpecFile.Of("demo", DemoSpec.With("\"title\"", "\"tilte\""));
        var first = Generation.Of([.. s_specs, wrong]);
        var moved = SpecFile.Of("demo", "\n" + DemoSpec.With("\"title\"", "\"tilte\""));

        var second = first.Again(d => d.ReplaceAdditionalText(wrong, moved));

        Assert.Contains(IncrementalStepRunReason.Modified, second.ReasonsOf(StepNames.Diagnostics));
        second.AssertReused(StepNames.Sources);
        second.AssertReused(StepNames.Registry);
        second.AssertPrints(
            "specs/demo.store.json(2,1): error DS1003: A store spec needs 'title': add it",
            "specs/demo.store.json(5,3): error DS1002: A store spec has no 'tilte'; did you mean 'title'?"
        );
    }

    [Fact]
    public void A_spec_that_comes_and_goes_changes_the_registry_and_no_other_spec()
    {
        var demo = SpecFile.Of("demo", DemoSpec.Text);

        var second = s_first.Again(d => d.AddAdditionalTexts([demo]));
        var third = second.Again(d => d.RemoveAdditionalTexts([demo]));

        Assert.Equal(1, second.ReasonsOf(StepNames.Sources).Count(r => r == IncrementalStepRunReason.New));
        Assert.Equal(3, second.ReasonsOf(StepNames.Sources).Count(StepReasons.IsReused));
        Assert.Contains("DemoStoreArgs", second.Sources[Generation.RegistryFile], StringComparison.Ordinal);
        Assert.Equal(s_first.Sources, third.Sources);
    }

    private static Generation AfterEdit(string find, string replacement)
    {
        var kafka = Repository.Spec("kafka").GetText()!.ToString();
        Assert.Contains(find, kafka, StringComparison.Ordinal);
        var edited = SpecFile.Of("kafka", kafka.Replace(find, replacement, StringComparison.Ordinal));
        return s_first.Again(d => d.ReplaceAdditionalText(s_specs[0], edited));
    }
}
