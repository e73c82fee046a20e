namespace DeltaStream.Sdk.Statements;

/// <summary>What became of an operation's statement, as far as anybody knows.</summary>
internal enum StatementFate
{
    /// <summary>It was not sent, or the service refused it: nothing changed.</summary>
    NotExecuted,

    /// <summary>It was sent, and what came back, if anything, does not tell.</summary>
    Unknown,

    /// <summary>The service said that it is done. What failed after that is another matter.</summary>
    Executed,
}

/// <summary>Follows one operation's statement.</summary>
internal sealed class StatementTrace
{
    public StatementFate Fate { get; set; }
}
