using System.Reflection;

namespace DeltaStream.Emulator.Specs;

/// <summary>The specs that the emulator was built with.</summary>
internal static class StoreSpecs
{
    private static readonly Lazy<IReadOnlyList<StoreSpec>> s_embedded = new(ReadEmbedded);

    public static IReadOnlyList<StoreSpec> All => s_embedded.Value;

    public static StoreSpec? ByType(string type) =>
        All.FirstOrDefault(s => string.Equals(s.Type, type, StringComparison.OrdinalIgnoreCase));

    public static StoreSpec? BySubtype(string subtype) => All.FirstOrDefault(s => s.Subtype == subtype);

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
