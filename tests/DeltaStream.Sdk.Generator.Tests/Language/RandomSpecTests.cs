using CsCheck;
using DeltaStream.Sdk.Generator.Tests.Running;
using Microsoft.CodeAnalysis.CSharp;

namespace DeltaStream.Sdk.Generator.Tests.Language;

/// <summary>Whatever is a right spec becomes right code. The environment variable CsCheck_Seed repeats a failure.</summary>
public sealed class RandomSpecTests
{
    [Fact]
    public void A_random_spec_compiles_without_a_word() =>
        SpecGen.Text.Sample(
            text =>
            {
                var generation = Generation.Of(LanguageVersion.CSharp11, SpecFile.Of("random", text));
                generation.AssertPrints();
                generation.Compiled().AssertClean();
            },
            iter: Iterations
        );

    [Fact]
    public void A_random_record_that_nothing_was_set_in_is_checked_without_an_exception() =>
        SpecGen.Text.Sample(
            text =>
            {
                using var stores = GeneratedStores.Of(SpecFile.Of("random", text));
                var store = stores.Declare("RandomStoreArgs");

                Assert.All(store.Validate(), f => Assert.StartsWith("random.", f.Message, StringComparison.Ordinal));
                Assert.Equal(store, store with { });
                Assert.NotEmpty(store.ToString());
            },
            iter: Iterations
        );

    // Each compiles: about as many as a build can wait for.
    private const int Iterations = 15;
}
