using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using DeltaStream.Sdk.Snapshots;

namespace DeltaStream.Sdk;

/// <summary>What is known of many stores, by name: the memory between one apply and the next.</summary>
/// <remarks>
/// It is immutable. <see cref="ToJson"/> and <see cref="Parse"/> keep it anywhere; <see cref="StoreStateFile"/> keeps it in a
/// file. The JSON holds no secret in any form that can be read or tried without the key.
/// <para>
/// It says what is attempted before a statement is sent. So a process that is killed at any moment and started again, with the
/// same declarations or others, brings the stores to their declared state, with one exception. After a CREATE STORE that was sent
/// and not confirmed, the next plan must prove that the store is not somebody else's, and only addresses that DESCRIBE STORE shows
/// prove that. A store without them, such as <c>iceberg-glue</c>, or of your own subtype when its declaration is gone or has
/// another subtype by then, is a <see cref="StoreAction.Conflict"/>: adopt it (<see cref="StorePlanOptions.Adopt"/>), or drop it.
/// </para>
/// </remarks>
public sealed class StoreState
{
    private const int Version = 1;

    private StoreState(
        StoreStateKey key,
        ImmutableSortedDictionary<string, StoreSnapshot> stores,
        StoreStateRun? run = null
    )
    {
        Key = key;
        Stores = stores;
        Run = run;
    }

    /// <summary>Makes a state that knows no store.</summary>
    /// <param name="key">The key for secrets and files; null for a new one, when the state never leaves the process.</param>
    public StoreState(StoreStateKey? key = null)
        : this(
            key ?? StoreStateKey.Create(),
            ImmutableSortedDictionary.Create<string, StoreSnapshot>(StringComparer.Ordinal)
        ) { }

    /// <summary>The key for secrets and files. It is not part of the JSON.</summary>
    public StoreStateKey Key { get; }

    /// <summary>What is known, by the stores' names, sorted by code point.</summary>
    public IReadOnlyDictionary<string, StoreSnapshot> Stores { get; }

    /// <summary>The apply that made this state; null when none did.</summary>
    internal StoreStateRun? Run { get; }

    /// <summary>Reads a state from JSON.</summary>
    /// <param name="json">What <see cref="ToJson"/> gave.</param>
    /// <param name="key">The key that it was made with.</param>
    /// <returns>The state.</returns>
    /// <exception cref="InvalidDataException">The text is no state, was made with another key, or by a newer version of the SDK.</exception>
    public static StoreState Parse(string json, StoreStateKey key)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(key);
        StoreStateDocument? document;
        try
        {
            document = JsonSerializer.Deserialize(json, StoreStateJson.Default.StoreStateDocument);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException(
                $"The text is no state of stores: {e.Message} Take the backup, or start with an empty state and adopt the stores.",
                e
            );
        }

        return document switch
        {
            null => throw new InvalidDataException("The text is no state of stores: it is null."),
            { Version: < 1 } => throw new InvalidDataException("The text is no state of stores: its version is not 1."),
            { Version: > Version } => throw new InvalidDataException(
                $"A newer version of the SDK wrote the state (format {document.Version}; this one knows {Version}). Update the SDK."
            ),
            _ when document.KeyId != key.Id => throw new InvalidDataException(
                $"The state was made with the key {document.KeyId}, and the given key is {key.Id}. Give that key, or start with an empty state and adopt the stores."
            ),
            _ when document.Stores.FirstOrDefault(s => s.Value is null) is { Key: { } name } =>
                throw new InvalidDataException(
                    $"The text is no state of stores: of '{name}' it knows null. Take the backup, or start with an empty state and adopt the stores."
                ),
            _ => new StoreState(key, document.Stores.ToImmutableSortedDictionary(StringComparer.Ordinal)),
        };
    }

    /// <summary>Writes the state as JSON, without the key.</summary>
    /// <returns>The JSON, always the same for the same state.</returns>
    public string ToJson() =>
        JsonSerializer.Serialize(
            new StoreStateDocument
            {
                Version = Version,
                KeyId = Key.Id,
                Stores = Stores,
            },
            StoreStateJson.Default.StoreStateDocument
        );

    /// <summary>Says how many stores are known.</summary>
    /// <returns>For example <c>StoreState(3 stores)</c>.</returns>
    public override string ToString() => $"StoreState({Stores.Count} stores)";

    /// <summary>This state with a store as it is known now; null to know it no longer.</summary>
    internal StoreState With(string name, StoreSnapshot? snapshot)
    {
        var stores = (ImmutableSortedDictionary<string, StoreSnapshot>)Stores;
        return new StoreState(Key, snapshot is null ? stores.Remove(name) : stores.SetItem(name, snapshot), Run);
    }

    /// <summary>The same, as the begin of an apply.</summary>
    internal StoreState Started() =>
        new(Key, (ImmutableSortedDictionary<string, StoreSnapshot>)Stores, new StoreStateRun(this));
}

/// <summary>One apply, which makes one state after another.</summary>
/// <param name="begin">What was known when it began.</param>
internal sealed class StoreStateRun(StoreState begin)
{
    public StoreState Begin => begin;
}

/// <summary>The JSON of a state.</summary>
internal sealed record StoreStateDocument
{
    public required int Version { get; init; }

    public required string KeyId { get; init; }

    public required IReadOnlyDictionary<string, StoreSnapshot> Stores { get; init; }
}

/// <summary>How the JSON of a state is read and written, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    WriteIndented = true
)]
[JsonSerializable(typeof(StoreStateDocument))]
internal sealed partial class StoreStateJson : JsonSerializerContext;
