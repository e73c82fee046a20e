using CsCheck;
using DeltaStream.Sdk.Generator.Reading;
using DeltaStream.Sdk.Generator.Tests.Json;
using DeltaStream.Sdk.Generator.Tests.Running;
using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.Sdk.Generator.Tests.Reading;

public sealed class DamagedSpecTests
{
    // A hang is a failure too.
    [Fact(Timeout = 120_000)]
    public Task A_damaged_spec_gives_a_model_or_diagnostics_inside_its_text() =>
        Task.Run(() =>
            Gen.Select(Gen.OneOf([.. Repository.Three().Select(s => s.GetText()!.ToString())]), TextMutation.Some)
                .Sample(
                    (spec, mutations) =>
                    {
                        var text = SourceText.From(TextMutation.Apply(spec, mutations));

                        var result = SpecReader.Read("specs/any.store.json", text);

                        Assert.Equal(result.Spec is null, result.Diagnostics.Count > 0);
                        Assert.All(result.Diagnostics, d => Assert.InRange(d.Location.Span.End, 0, text.Length));
                        Assert.All(result.Diagnostics, d => Assert.NotEmpty(d.ToDiagnostic().ToString()));
                    },
                    iter: 2_000
                )
        );

    [Fact(Timeout = 60_000)]
    public Task A_very_long_name_is_a_mistake_like_any_other() =>
        Task.Run(() =>
        {
            var text = SourceText.From($$"""{ "{{new string('k', 1_000_000)}}": 1 }""");

            var result = SpecReader.Read("specs/any.store.json", text);

            Assert.Contains(result.Diagnostics, d => d.Descriptor.Id == "DS1002");
        });
}
