using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DeltaStream.Sdk.Generator.Tests.Running;

/// <summary>A project's MSBuild properties, as the compiler hands them to the generator.</summary>
internal sealed class ProjectProperties(IReadOnlyDictionary<string, string> values) : AnalyzerConfigOptionsProvider
{
    public ProjectProperties(params IEnumerable<(string Name, string Value)> values)
        : this(values.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal)) { }

    public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(values);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Options(NoValues());

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Options(NoValues());

    private static Dictionary<string, string> NoValues() => [];

    private sealed class Options(IReadOnlyDictionary<string, string> values) : AnalyzerConfigOptions
    {
        private const string Prefix = "build_property.";

        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            value = null;
            return key.StartsWith(Prefix, StringComparison.Ordinal)
                && values.TryGetValue(key[Prefix.Length..], out value);
        }
    }
}
