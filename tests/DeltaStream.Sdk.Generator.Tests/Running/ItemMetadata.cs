using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DeltaStream.Sdk.Generator.Tests.Running;

/// <summary>The metadata of the project's items, as the compiler hands it on.</summary>
/// <param name="requireExamples">Whether the project requires examples and accounts, as the SDK's own does.</param>
internal sealed class ItemMetadata(bool requireExamples) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } =
        new Options(requireExamples ? "build_property.DeltaStreamRequireExamples" : null);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Options(yes: null);

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) =>
        new Options(
            textFile is SpecFile { IsShipped: true } ? "build_metadata.AdditionalFiles.DeltaStreamShipped" : null
        );

    private sealed class Options(string? yes) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            value = key == yes ? "true" : null;
            return value is not null;
        }
    }
}
