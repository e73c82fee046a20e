namespace DeltaStream.Emulator.Statements;

/// <summary>Which statements there are beside those about stores. It depends on the protocol.</summary>
internal enum Dialect
{
    /// <summary>With what PostgreSQL's drivers say about their session, and what they ask about its types.</summary>
    Postgres,

    /// <summary>With USE STORE and USE ROLE, because the client keeps the context.</summary>
    Rest,
}
