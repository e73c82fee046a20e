using System.Text.Json;
using System.Text.Json.Serialization;
using DeltaStream.Sdk.Snapshots;

namespace DeltaStream.Sdk;

/// <summary>What is known of one store: what was last confirmed, and what was attempted since.</summary>
/// <remarks>
/// It is what a plan compares a declaration with. Plain values are kept as they are; secrets and files only as fingerprints
/// under a <see cref="StoreStateKey"/>.
/// </remarks>
public sealed record StoreSnapshot
{
    /// <summary>The subtype, such as <c>kafka</c>.</summary>
    public required string Subtype { get; init; }

    /// <summary>The declared owner; null for the role of the connection.</summary>
    public string? Owner { get; init; }

    /// <summary>The owner that the catalog showed when the store was last confirmed; null when it was not seen yet.</summary>
    public string? ShownOwner { get; init; }

    /// <summary>When the service created the store; null when it was not seen yet. A store with another time is another store.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The service's time of the last update that is known; null when it was not seen yet.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>What is being attempted and not confirmed yet; null when everything is confirmed.</summary>
    public StoreAttempt? Attempt { get; init; }

    /// <summary>The confirmed values by property, null for one without a value. Null when nothing is confirmed.</summary>
    [JsonInclude]
    internal IReadOnlyDictionary<string, StoreSnapshotValue?>? Properties { get; init; }

    /// <summary>The values of the attempt by property; null when the attempt has none.</summary>
    [JsonInclude]
    internal IReadOnlyDictionary<string, StoreSnapshotValue?>? Attempted { get; init; }

    /// <summary>What a newer version of the SDK wrote and this one does not know. It is kept.</summary>
    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement>? More { get; set; }

    /// <summary>Whether a CREATE was attempted, and nobody has seen yet which store it made.</summary>
    internal bool IsUnproved => this is { CreatedAt: null, Attempt: StoreAttempt.Create };

    /// <summary>Takes all values of a declaration.</summary>
    internal static IReadOnlyDictionary<string, StoreSnapshotValue?> ValuesOf(StoreArgs store, StoreStateKey key)
    {
        var values = new Dictionary<string, StoreSnapshotValue?>(StringComparer.Ordinal);
        for (var i = 0; i < store.Subtype.Properties.Length; i++)
        {
            var property = store.Subtype.Properties[i].Name;
            values[property] = StoreSnapshotValue.Of(store.Name, property, store.ValueOf(i), key);
        }

        return values;
    }

    /// <summary>What is known when another statement about a store is attempted.</summary>
    /// <remarks>A value that an update, which was not confirmed, may have changed is not known any longer.</remarks>
    /// <param name="createdAt">When the store was created that the plan found, and proved to be this one.</param>
    /// <param name="attempt">The statement.</param>
    /// <param name="values">The values that it sends; null for none.</param>
    internal StoreSnapshot Attempting(
        DateTimeOffset createdAt,
        StoreAttempt attempt,
        IReadOnlyDictionary<string, StoreSnapshotValue?>? values
    ) =>
        this with
        {
            CreatedAt = createdAt,
            Properties = Attempt switch
            {
                StoreAttempt.Create => Attempted,
                StoreAttempt.Update => Properties
                    ?.Where(p =>
                        Attempted?.GetValueOrDefault(p.Key) is var doubtful
                        && (doubtful == p.Value || (values is not null && doubtful == values.GetValueOrDefault(p.Key)))
                    )
                    .ToDictionary(StringComparer.Ordinal),
                _ => Properties,
            },
            Attempt = attempt,
            Attempted = values,
        };
}

/// <summary>A statement that was about to be sent, and whose effect is not confirmed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StoreAttempt>))]
public enum StoreAttempt
{
    /// <summary>CREATE STORE.</summary>
    Create,

    /// <summary>UPDATE STORE.</summary>
    Update,

    /// <summary>DROP STORE.</summary>
    Delete,
}
