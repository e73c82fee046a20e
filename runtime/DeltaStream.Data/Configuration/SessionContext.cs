using System.Text.Json.Serialization;

namespace DeltaStream.Data.Configuration;

/// <summary>
/// What the service resolves names and rights with. It responds with the context for the next statement, as USE statements change it
/// (wire fact 5.3).
/// </summary>
internal sealed record SessionContext
{
    [JsonPropertyName("organizationID")]
    public string? Organization { get; init; }

    [JsonPropertyName("roleName")]
    public string? Role { get; init; }

    [JsonPropertyName("databaseName")]
    public string? Database { get; init; }

    [JsonPropertyName("schemaName")]
    public string? Schema { get; init; }

    [JsonPropertyName("storeName")]
    public string? Store { get; init; }

    [JsonPropertyName("computePoolName")]
    public string? ComputePool { get; init; }

    /// <summary>Changes what the service sets, and keeps the rest.</summary>
    public SessionContext With(SessionContext? changes)
    {
        if (changes is null)
        {
            return this;
        }

        var database = changes.Database ?? Database;
        return new()
        {
            Organization = changes.Organization ?? Organization,
            Role = changes.Role ?? Role,
            Database = database,
            // A schema belongs to its database.
            Schema = changes.Schema ?? (database == Database ? Schema : null),
            Store = changes.Store ?? Store,
            ComputePool = changes.ComputePool ?? ComputePool,
        };
    }
}
