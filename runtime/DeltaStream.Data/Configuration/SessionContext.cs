namespace DeltaStream.Data.Configuration;

/// <summary>What the service resolves names and rights with. It answers with the one to go on with, as USE statements change it.</summary>
internal sealed record SessionContext
{
    public string? Organization { get; init; }

    public string? Role { get; init; }

    public string? Database { get; init; }

    public string? Schema { get; init; }

    public string? Store { get; init; }

    public string? ComputePool { get; init; }

    /// <summary>This context with what the service said; what it did not say stays.</summary>
    public SessionContext With(SessionContext? answered)
    {
        if (answered is null)
        {
            return this;
        }

        var database = answered.Database ?? Database;
        return new()
        {
            Organization = answered.Organization ?? Organization,
            Role = answered.Role ?? Role,
            Database = database,
            // Another database has not the old one's schema.
            Schema = answered.Schema ?? (string.Equals(database, Database, StringComparison.Ordinal) ? Schema : null),
            Store = answered.Store ?? Store,
            ComputePool = answered.ComputePool ?? ComputePool,
        };
    }
}
