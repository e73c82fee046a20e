using DeltaStream.Sdk.Generator.Reading;

namespace DeltaStream.Sdk.Generator.Evolution;

/// <summary>The subtypes that have a spec, right or wrong; equal when the names are.</summary>
internal sealed class SubtypeNames : IEquatable<SubtypeNames>
{
    private readonly HashSet<string> _names;

    public SubtypeNames(IEnumerable<SpecReading> readings) =>
        // By the name of the file too: where the text can't be read, the subtype is not gone.
        _names = new HashSet<string>(
            readings.SelectMany(r => r.Result.Claims.Select(c => c.Subtype).Append(NameOf(r.File.Path))),
            StringComparer.Ordinal
        );

    public bool Contains(string subtype) => _names.Contains(subtype);

    public bool Equals(SubtypeNames? other) => other is not null && _names.SetEquals(other._names);

    public override bool Equals(object? obj) => Equals(obj as SubtypeNames);

    public override int GetHashCode() => _names.Count;

    private static string NameOf(string path)
    {
        var file = Path.GetFileName(path);
        return file.Substring(0, file.Length - SpecReader.Extension.Length);
    }
}
