using DeltaStream.Data.Configuration;

namespace DeltaStream.Data.Wire;

/// <summary>One execution of a statement.</summary>
internal sealed class StatementCall
{
    public required string Text { get; init; }

    public required SessionContext Context { get; init; }

    public required (string Name, ReadOnlyMemory<byte> Content)[] Attachments { get; init; }

    /// <summary>For the whole command; infinite for none.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Stops the call as <see cref="DeltaStreamCommand.Cancel"/> does.</summary>
    public required CancellationToken Cancelled { get; init; }
}
