using System.Text.Json;
using System.Text.Json.Serialization;
using DeltaStream.Sdk;

namespace DeltaStream.Stores.Tool.Output;

/// <summary>What a run found out: the one form that <c>--output json</c> prints, and that texts are made of.</summary>
internal sealed record Result
{
    /// <summary>The verb, such as <c>plan</c>.</summary>
    public string Verb { get; init; } = string.Empty;

    /// <summary>The exit code.</summary>
    public ExitCode ExitCode { get; init; }

    /// <summary>What failed and what to do; null when nothing did.</summary>
    public string? Error { get; init; }

    /// <summary>What is wrong with the declarations, and warnings; null when nothing is.</summary>
    public IReadOnlyList<Fault>? Faults { get; init; }

    /// <summary>The valid declarations; null for a verb that only reads the service.</summary>
    public IReadOnlyList<DeclaredStore>? Declared { get; init; }

    /// <summary>What is to be done, or was, with each store; null for a verb without a plan.</summary>
    public IReadOnlyList<PlannedStore>? Plan { get; init; }

    /// <summary>What became of each store of the plan, or of each store that was named; null for a verb that changes nothing.</summary>
    public IReadOnlyList<StoreOutcome>? Outcomes { get; init; }

    /// <summary>The stores as the catalog shows them; null for a verb that shows none.</summary>
    public IReadOnlyList<Store>? Stores { get; init; }

    /// <summary>The values that the service shows of the store of <c>show</c>; null for other verbs.</summary>
    public IReadOnlyDictionary<string, object>? Values { get; init; }

    /// <summary>The files that were written; null for none.</summary>
    public IReadOnlyList<string>? Files { get; init; }

    /// <summary>The schema of a declaration; null for other verbs.</summary>
    public JsonElement? Schema { get; init; }

    /// <summary>Lines for people alone, in place of what is above.</summary>
    [JsonIgnore]
    public string? Text { get; init; }
}

/// <summary>Something that is wrong in a file.</summary>
internal sealed record Fault(
    string File,
    int Line,
    int Column,
    string Path,
    string Code,
    string Message,
    bool IsWarning = false
)
{
    /// <summary>The place and the message, as compilers write them.</summary>
    public override string ToString() =>
        File
        + (Line == 0 ? "" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"({Line},{Column})"))
        + (IsWarning ? ": warning: " : ": ")
        + Message;
}

/// <summary>A declaration, and the file that holds it.</summary>
internal sealed record DeclaredStore(string Name, string Subtype, string File);

/// <summary>What became of a store.</summary>
internal sealed record StoreOutcome(string Name, string Outcome, string? State = null, string? Error = null);

/// <summary>How results are written as JSON, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true
)]
[JsonSerializable(typeof(Result))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(long))]
internal sealed partial class ResultJson : JsonSerializerContext
{
    /// <summary>A plan, as results have it.</summary>
    public static JsonElement ElementOf(IReadOnlyList<PlannedStore> plan) =>
        JsonSerializer.SerializeToElement(plan, Default.IReadOnlyListPlannedStore);
}
