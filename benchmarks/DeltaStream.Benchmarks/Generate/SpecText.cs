using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.Benchmarks.Generate;

/// <summary>A spec of the repository, as the compiler hands it to the generator.</summary>
internal sealed class SpecText(string path, SourceText text) : AdditionalText
{
    /// <inheritdoc />
    public override string Path => path;

    /// <summary>All specs of the repository.</summary>
    public static SpecText[] ReadAll()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(n => n.EndsWith(".store.json", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name =>
                {
                    using var stream = assembly.GetManifestResourceStream(name)!;
                    return new SpecText(name, SourceText.From(stream, Encoding.UTF8));
                }),
        ];
    }

    /// <inheritdoc />
    public override SourceText GetText(CancellationToken cancellationToken = default) => text;
}
