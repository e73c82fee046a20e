using DeltaStream.Sdk.Generator.Evolution;
using DeltaStream.Sdk.Generator.Reading;
using DeltaStream.Sdk.Generator.Specs;
using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Samples;

/// <summary>The names of the files: a spec's accounts stand beside it, and are named like it.</summary>
internal static class SampleFiles
{
    public const string Extension = ".accounts.json";

    public static bool IsAccounts(string path) => path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);

    /// <summary>What a spec and its accounts have in common: their path, without the ending.</summary>
    public static string StemOf(string path) =>
        path.Substring(0, path.Length - (IsAccounts(path) ? Extension : SpecReader.Extension).Length)
            .Replace('\\', '/');

    public static string NameOf(string path) => Path.GetFileName(StemOf(path));
}

/// <summary>An accounts file and the spec beside it.</summary>
/// <param name="File">The file.</param>
/// <param name="HasSpec">Whether there is a spec, right or wrong.</param>
/// <param name="Spec">The spec; null when there is none, or one with mistakes.</param>
internal sealed record AccountsSource(AdditionalText File, bool HasSpec, StoreSpec? Spec);

/// <summary>The specs by the stems of their files; equal when these and the specs are.</summary>
internal sealed class SpecsByStem : IEquatable<SpecsByStem>
{
    private readonly Dictionary<string, StoreSpec?> _specs = new(StringComparer.Ordinal);

    public SpecsByStem(IEnumerable<SpecReading> readings)
    {
        foreach (var reading in readings)
        {
            _specs[SampleFiles.StemOf(reading.File.Path)] = reading.Result.Spec;
        }
    }

    public AccountsSource Pair(AdditionalText accounts)
    {
        var hasSpec = _specs.TryGetValue(SampleFiles.StemOf(accounts.Path), out var spec);
        return new AccountsSource(accounts, hasSpec, spec);
    }

    public bool Equals(SpecsByStem? other) =>
        other is not null
        && _specs.Count == other._specs.Count
        && _specs.All(s => other._specs.TryGetValue(s.Key, out var spec) && Equals(s.Value, spec));

    public override bool Equals(object? obj) => Equals(obj as SpecsByStem);

    public override int GetHashCode() => _specs.Count;
}

/// <summary>The stems of the accounts files that there are; equal when these are.</summary>
internal sealed class AccountsStems(IEnumerable<AdditionalText> files) : IEquatable<AccountsStems>
{
    private readonly HashSet<string> _stems = new(
        files.Select(f => SampleFiles.StemOf(f.Path)),
        StringComparer.Ordinal
    );

    public bool HasAccountsOf(string specPath) => _stems.Contains(SampleFiles.StemOf(specPath));

    public bool Equals(AccountsStems? other) => other is not null && _stems.SetEquals(other._stems);

    public override bool Equals(object? obj) => Equals(obj as AccountsStems);

    public override int GetHashCode() => _stems.Count;
}
