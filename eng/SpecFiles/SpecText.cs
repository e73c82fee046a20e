using System.Diagnostics.CodeAnalysis;
using DeltaStream.Sdk.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.SpecFiles;

/// <summary>A spec's file, as the compiler hands it to the generator.</summary>
internal sealed class SpecText(string path, bool isShipped) : AdditionalText
{
    private readonly byte[] _bytes = File.ReadAllBytes(path);

    public override string Path => path;

    public bool IsShipped => isShipped;

    /// <summary>The content that is checked; what is shipped is the same, even if the file changes meanwhile.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    public override SourceText GetText(CancellationToken cancellationToken = default) =>
        SourceText.From(_bytes, _bytes.Length);
}

/// <summary>Says of each file whether it was shipped, as the metadata of a project's items does.</summary>
internal sealed class SpecMetadata : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(isShipped: false);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) =>
        new Options(textFile is SpecText { IsShipped: true });

    private sealed class Options(bool isShipped) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            value = isShipped && key == SpecReading.ShippedMetadata ? "true" : null;
            return value is not null;
        }
    }
}
