namespace DeltaStream.Emulator.Errors;

/// <summary>
/// A refusal that the client is told of. Messages name keys, tokens of the grammar and stores, never a parameter's
/// value: it may be a secret (FR-007).
/// </summary>
internal sealed class StatementException(string sqlState, string message, string? hint = null) : Exception(message)
{
    public string SqlState { get; } = sqlState;

    public string? Hint { get; } = hint;
}
