using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using DeltaStream.Sdk;

namespace DeltaStream.Stores.Tool.Reading;

/// <summary>A plan in a file: what somebody reads and agrees to, and what apply then does or refuses. It holds no secret.</summary>
internal sealed record PlanFile
{
    /// <summary>Tells a plan from declarations.</summary>
    [JsonPropertyName("deltastreamPlan")]
    public required int Version { get; init; }

    /// <summary>The declarations, relative to the folder of the plan.</summary>
    public required string Declarations { get; init; }

    /// <summary>Whether what is no longer declared is deleted.</summary>
    public bool Prune { get; init; }

    /// <summary>Whether stores that exist and are not known are taken over.</summary>
    public bool Adopt { get; init; }

    /// <summary>
    /// A fingerprint, under the key of the state, of the service, the role and all that is declared. Secrets that were changed since
    /// change it.
    /// </summary>
    public required string Declared { get; init; }

    /// <summary>What is done with each store, as <c>plan --output json</c> prints it.</summary>
    public required JsonElement Plan { get; init; }

    /// <summary>The fingerprint of declarations and of where they are applied.</summary>
    public static string FingerprintOf(IEnumerable<StoreArgs> declared, string service, StoreStateKey key)
    {
        var state = declared.Aggregate(
            new StoreState(key),
            (all, store) =>
                all.With(
                    store.Name,
                    new StoreSnapshot
                    {
                        Subtype = store.Subtype.Name,
                        Owner = store.Owner,
                        Properties = StoreSnapshot.ValuesOf(store, key),
                    }
                )
        );
        return key.Fingerprint("plan", "declared", Encoding.UTF8.GetBytes($"{service}\n{state.ToJson()}"));
    }

    /// <summary>Reads a plan.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The plan; null for a file that is none, such as one with declarations.</returns>
    public static PlanFile? TryRead(string path)
    {
        if (!File.Exists(path) || !path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
            var plan = JsonSerializer.Deserialize(File.ReadAllBytes(path), PlanFileJson.Default.PlanFile);
            return plan is { Version: 1 }
                ? plan
                : throw new InvalidDataException(
                    $"A newer version of the command wrote the plan '{path}': update the command, or plan again."
                );
        }
        catch (JsonException)
        {
            // The reader of declarations says what is wrong.
            return null;
        }
    }

    /// <summary>Writes the plan.</summary>
    public void Write(string path) =>
        File.WriteAllText(path, JsonSerializer.Serialize(this, PlanFileJson.Default.PlanFile) + "\n");

    /// <summary>The names of the stores that are planned otherwise now.</summary>
    public string[] Moved(JsonElement now)
    {
        var (before, after) = (ByName(Plan), ByName(now));
        return
        [
            .. before
                .Keys.Union(after.Keys, StringComparer.Ordinal)
                .Where(name =>
                    !before.TryGetValue(name, out var one)
                    || !after.TryGetValue(name, out var other)
                    || !JsonElement.DeepEquals(one, other)
                ),
        ];

        static Dictionary<string, JsonElement> ByName(JsonElement plan) =>
            plan.EnumerateArray().ToDictionary(s => s.GetProperty("name").GetString()!, StringComparer.Ordinal);
    }
}

/// <summary>How plans are read and written, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(PlanFile))]
internal sealed partial class PlanFileJson : JsonSerializerContext;
