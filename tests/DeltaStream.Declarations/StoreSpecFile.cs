using DeltaStream.Sdk.Generator.Reading;
using DeltaStream.Sdk.Generator.Specs;
using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.Declarations;

/// <summary>The file of a spec.</summary>
internal static class StoreSpecFile
{
    /// <summary>Reads the spec of a subtype.</summary>
    /// <exception cref="SpecGapException">The file does not exist, or it is wrong.</exception>
    public static StoreSpec Read(string folder, string subtype)
    {
        var name = NameOf(subtype);
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            throw new SpecGapException($"{name} does not exist: add it.");
        }

        return SpecReader.Read(path, SourceText.From(File.ReadAllText(path))).Spec
            ?? throw new SpecGapException($"{name} is wrong: the build says what to correct.");
    }

    /// <summary>The file's name.</summary>
    public static string NameOf(string subtype) => $"{subtype}.store.json";
}
