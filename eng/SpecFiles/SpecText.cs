using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.SpecFiles;

/// <summary>A spec's file as the compiler would hand it to the generator.</summary>
internal sealed class SpecText(string path, bool isShipped) : AdditionalText
{
    private readonly byte[] _bytes = File.ReadAllBytes(path);

    public override string Path => path;

    public bool IsShipped => isShipped;

    /// <summary>What was checked, so that nothing else is copied.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    public override SourceText GetText(CancellationToken cancellationToken = default) =>
        SourceText.From(_bytes, _bytes.Length);
}

/// <summary>Says of each file whether it was shipped, as the metadata of a project's items would.</summary>
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
            value = isShipped && key == "build_metadata.AdditionalFiles.DeltaStreamShipped" ? "true" : null;
            return value is not null;
        }
    }
}
