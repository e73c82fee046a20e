using System.Reflection;

namespace DeltaStream.Emulator.Specs;

/// <summary>The specs that an emulator knows: those that it was built with, and its user's own.</summary>
internal sealed class StoreSpecs
{
    private static readonly Lazy<StoreSpecs> s_builtIn = new(() => new StoreSpecs(ReadEmbedded()));

    private StoreSpecs(IReadOnlyList<StoreSpec> all) => All = all;

    public static StoreSpecs BuiltIn => s_builtIn.Value;

    public IReadOnlyList<StoreSpec> All { get; }

    public StoreSpec? ByType(string type) =>
        All.FirstOrDefault(s => string.Equals(s.Type, type, StringComparison.OrdinalIgnoreCase));

    public StoreSpec? BySubtype(string subtype) => All.FirstOrDefault(s => s.Subtype == subtype);

    /// <summary>These specs and those of the user.</summary>
    /// <param name="files">The paths of specs.</param>
    /// <param name="texts">The texts of specs. Messages call them as the option does.</param>
    /// <exception cref="IOException">A file can't be read.</exception>
    /// <exception cref="InvalidDataException">One is not a spec, or claims what another spec has.</exception>
    public StoreSpecs With(IEnumerable<string> files, IEnumerable<string> texts)
    {
        var specs = this;
        var own = texts.Select((text, i) => SpecReader.Read(text, $"Specs[{i}]"));
        foreach (var spec in files.Select(SpecReader.ReadFile).Concat(own))
        {
            if (specs.Taken(spec) is { } taken)
            {
                throw new InvalidDataException($"The spec '{spec.Source}' {taken}");
            }

            specs = new StoreSpecs([.. specs.All, spec]);
        }

        return specs;
    }

    /// <summary>What another spec has already, or null. Statements name a store's type only, so one type is one subtype here.</summary>
    private string? Taken(StoreSpec spec) =>
        BySubtype(spec.Subtype) is { } twin ? $"has the subtype '{spec.Subtype}', which {Owner(twin)} has: change it."
        : ByType(spec.Type) is { } other
            ? $"has the type {spec.Type}, which the subtype '{other.Subtype}' of {Owner(other)} has. A statement names the type only, "
                + "so the emulator could not tell the two apart: change it."
        : null;

    private static string Owner(StoreSpec spec) =>
        spec.Source is { } source ? $"the spec '{source}'" : "the emulator itself";

    private static List<StoreSpec> ReadEmbedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly
            .GetManifestResourceNames()
            .Where(name => name.EndsWith(".store.json", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                return SpecReader.Read(stream);
            })
            .ToList();
    }
}
