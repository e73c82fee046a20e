using DeltaStream.Declarations;
using DeltaStream.Sdk.Generator.Tests.Analysis;

namespace DeltaStream.Sdk.Generator.Tests.Running;

/// <summary>Where the repository's files are, seen from a test.</summary>
internal static class Repository
{
    private const string Ending = ".store.json";

    /// <summary>The names of all subtypes, in order: what is in the folder of the specs, and no list of ours.</summary>
    public static IReadOnlyList<string> Subtypes { get; } =
    [
        .. Directory
            .GetFiles(Path.Combine(AppContext.BaseDirectory, "specs"), $"*{Ending}")
            .Select(f => Path.GetFileName(f)[..^Ending.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The folder that holds the solution.</summary>
    public static string Root => DeltaStream.TestSupport.Repository.Root;

    public static string Schema { get; } = File.ReadAllText(InOutput("store-spec.schema.json"));

    public static SpecFile Spec(string subtype) =>
        SpecFile.Of(subtype, File.ReadAllText(InOutput($"{subtype}{Ending}")));

    /// <summary>The accounts beside a spec.</summary>
    public static IReadOnlyList<Account> Accounts(string subtype) =>
        Account.ReadAll(Path.Combine(Root, "specs"), DeclarationText.Read(Spec(subtype)));

    /// <summary>All specs.</summary>
    public static IEnumerable<SpecFile> All() => Subtypes.Select(Spec);

    /// <summary>Three specs that the tests know, for what would say the same of every spec.</summary>
    public static IEnumerable<SpecFile> Three() => new[] { "kafka", "postgres", "snowflake" }.Select(Spec);

    /// <summary>All specs under other names, as a project that has the SDK could own them.</summary>
    public static IEnumerable<SpecFile> AsOwn() =>
        Subtypes.Select(s =>
            SpecFile.Of(
                $"own-{s}",
                Spec(s)
                    .GetText()!
                    .ToString()
                    .Replace("\"subtype\": \"", "\"subtype\": \"own-", StringComparison.Ordinal)
                    .Replace("\"type\": \"", "\"type\": \"OWN_", StringComparison.Ordinal)
            )
        );

    private static string InOutput(string file) => Path.Combine(AppContext.BaseDirectory, "specs", file);
}
