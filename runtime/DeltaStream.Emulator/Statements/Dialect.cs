namespace DeltaStream.Emulator.Statements;

/// <summary>Which statements there are beside those about stores; it depends on the way that they come.</summary>
internal enum Dialect
{
    /// <summary>With what PostgreSQL's drivers say about their session, and what they ask about its types.</summary>
    Postgres,

    /// <summary>With USE STORE and USE ROLE, for the context is the client's to keep.</summary>
    Rest,
}
