using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DeltaStream.Sdk.Generator.Reading;

/// <summary>A spec's file, in which places can be found again, and what came of reading it.</summary>
internal sealed record SpecReading(AdditionalText File, SpecReadResult Result)
{
    /// <summary>The option that says of a file that it was shipped: metadata of its item in the project.</summary>
    public const string ShippedMetadata = "build_metadata.AdditionalFiles.DeltaStreamShipped";

    /// <summary>The file's name without its ending: the subtype, if the file is named as it should be.</summary>
    public string FileStem => Path.GetFileNameWithoutExtension(Path.GetFileNameWithoutExtension(File.Path));

    /// <summary>Reads the specs that are worked on, or those that were shipped.</summary>
    public static IncrementalValuesProvider<SpecReading> All(
        IncrementalGeneratorInitializationContext context,
        bool shipped
    ) =>
        context
            .AdditionalTextsProvider.Where(static file =>
                file.Path.EndsWith(SpecReader.Extension, StringComparison.OrdinalIgnoreCase)
            )
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Where(pair => IsShipped(pair.Right.GetOptions(pair.Left)) == shipped)
            .Select(static (pair, _) => pair.Left)
            .Select(
                static (file, cancellation) =>
                    new SpecReading(file, SpecReader.Read(file.Path, file.GetText(cancellation)))
            );

    private static bool IsShipped(AnalyzerConfigOptions options) =>
        options.TryGetValue(ShippedMetadata, out var value)
        && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
}
