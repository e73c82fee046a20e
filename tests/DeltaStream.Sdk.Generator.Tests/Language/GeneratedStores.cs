using System.Runtime.Loader;
using DeltaStream.Declarations;
using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Language;

/// <summary>Generated records, compiled and loaded, to be used as a program would.</summary>
internal sealed class GeneratedStores : IDisposable
{
    private static readonly Lazy<GeneratedStores> s_all = new(() => Of(Repository.All()));

    private readonly AssemblyLoadContext _context = new(nameof(GeneratedStores), isCollectible: true);
    private readonly Dictionary<string, Type> _types;

    private GeneratedStores(Stream image) =>
        _types = _context
            .LoadFromStream(image)
            .GetTypes()
            .Where(t => t.IsSubclassOf(typeof(StoreArgs)))
            .ToDictionary(t => t.Name, StringComparer.Ordinal);

    /// <summary>The records of all shipped specs, compiled once for all tests.</summary>
    public static GeneratedStores All => s_all.Value;

    public IEnumerable<string> Names => _types.Keys;

    public static GeneratedStores Of(params IEnumerable<SpecFile> specs)
    {
        var generation = Generation.Of(specs);
        generation.AssertPrints();
        using var image = new MemoryStream();
        var result = generation.Compiled().Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        image.Position = 0;
        return new GeneratedStores(image);
    }

    /// <summary>Declares a store.</summary>
    /// <param name="type">The record's name.</param>
    /// <param name="members">
    /// Members and their values; a text becomes a secret, a file or an enum's value where the member is one.
    /// </param>
    public StoreArgs Declare(string type, params IEnumerable<(string Member, object Value)> members) =>
        StoreRecord.Of(
            _types[type],
            members.Prepend((nameof(StoreArgs.Name), "x")).Select(m => KeyValuePair.Create(m.Item1, m.Item2))
        );

    public void Dispose() => _context.Unload();
}
