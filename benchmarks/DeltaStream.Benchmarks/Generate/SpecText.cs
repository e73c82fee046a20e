using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.Benchmarks.Generate;

/// <summary>A spec, as the compiler hands it to the generator.</summary>
internal sealed class SpecText(string path, SourceText text) : AdditionalText
{
    /// <summary>How the name of a spec ends.</summary>
    public const string Extension = ".store.json";

    /// <inheritdoc />
    public override string Path => path;

    /// <summary>Makes specs out of those of the repository, under other names: first each once, then each again.</summary>
    public static SpecText[] Make(int count)
    {
        var own = ReadAll();
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i =>
                {
                    var (subtype, spec) = own[i % own.Length];
                    var name = string.Create(CultureInfo.InvariantCulture, $"{subtype}{i}");
                    return Of(
                        name,
                        spec.Replace(
                            $"\"subtype\": \"{subtype}\"",
                            $"\"subtype\": \"{name}\"",
                            StringComparison.Ordinal
                        )
                    );
                }),
        ];
    }

    /// <summary>The same spec with another description.</summary>
    public SpecText Respelled() =>
        new(
            path,
            SourceText.From(text.ToString().Replace("for people.", "for all.", StringComparison.Ordinal), Encoding.UTF8)
        );

    /// <inheritdoc />
    public override SourceText GetText(CancellationToken cancellationToken = default) => text;

    private static SpecText Of(string subtype, string spec) =>
        new(subtype + Extension, SourceText.From(spec, Encoding.UTF8));

    private static (string Subtype, string Spec)[] ReadAll()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(n => n.EndsWith(Extension, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name =>
                {
                    using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
                    return (name[..^Extension.Length], reader.ReadToEnd());
                }),
        ];
    }
}
