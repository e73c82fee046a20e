using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DeltaStream.Sdk.Generator.Tests.Running;

/// <summary>The metadata of the project's items, as the compiler hands it on.</summary>
internal sealed class ItemMetadata : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(yes: null);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

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
