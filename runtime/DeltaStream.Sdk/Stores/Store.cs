using System.Globalization;
using System.Text.Json.Serialization;
using DeltaStream.Data.Secrets;
using DeltaStream.Sdk.Secrets;

namespace DeltaStream.Sdk;

/// <summary>A store as the catalog shows it: the same fields for every subtype (FR-002, D-004, NFR-006).</summary>
public sealed record Store
{
    /// <summary>The state of a store that can be used.</summary>
    public const string Ready = "ready";

    /// <summary>The state of a store that failed; <see cref="StatusMessage"/> says why.</summary>
    public const string Errored = "errored";

    /// <summary>The name, exactly as it was declared. Nothing is escaped: escape it before you print it alone.</summary>
    public required string Name { get; init; }

    /// <summary>The type as the catalog writes it: <c>Kafka</c>, <c>Postgres</c>, ... CREATE STORE writes it otherwise.</summary>
    /// <remarks><see cref="Subtype"/> is what the SDK calls it.</remarks>
    public required string Type { get; init; }

    /// <summary>The subtype that <see cref="Type"/> means; null when none of <see cref="StoreSubtypes.All"/> matches.</summary>
    /// <remarks>
    /// It follows from <see cref="Type"/>, so it is not part of equality and not in the JSON of a store. The subtypes of a
    /// project's own specs are not in this registry. To find one of them, ask the project's own registry:
    /// <c>StoreSubtypes.All.FirstOrDefault(s => s.Matches(store.Type))</c>.
    /// </remarks>
    [JsonIgnore]
    public StoreSubtype? Subtype => StoreSubtypes.TryGet(Type, out var subtype) ? subtype : null;

    /// <summary>The state as the catalog writes it: <c>ready</c>, <c>errored</c>, or another while the service works on it.</summary>
    public required string State { get; init; }

    /// <summary>The role that owns the store, exactly as the catalog has it.</summary>
    public required string Owner { get; init; }

    /// <summary>When the store was created, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the store was last updated, in UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>What the service says about the state; null when it says nothing.</summary>
    public string? StatusMessage { get; init; }

    /// <summary>The fields in a line for a log or a debugger, where control characters are escaped.</summary>
    /// <returns>The line.</returns>
    public override string ToString() =>
        ServiceText.Visible(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Store {{ Name = {Name}, Type = {Type}, Subtype = {Subtype}, State = {State}, Owner = {Owner}, CreatedAt = {CreatedAt:u}, "
            )
                + string.Create(
                    CultureInfo.InvariantCulture,
                    $"UpdatedAt = {UpdatedAt:u}, StatusMessage = {StatusMessage} }}"
                )
        );

    /// <summary>Whether the store can be used. Case does not count.</summary>
    public bool IsReady => string.Equals(State, Ready, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the store failed. Case does not count.</summary>
    public bool IsErrored => string.Equals(State, Errored, StringComparison.OrdinalIgnoreCase);

    /// <summary>Hides secrets in what the service says of the store. The owner stays as it is, because programs compare it.</summary>
    internal Store Redacted(SecretRedaction redaction) =>
        this with
        {
            Type = redaction.Redact(Type),
            State = redaction.Redact(State),
            StatusMessage = redaction.RedactOrNull(StatusMessage),
        };
}
