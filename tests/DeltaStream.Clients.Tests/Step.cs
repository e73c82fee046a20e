namespace DeltaStream.Clients.Tests;

/// <summary>What each client does, in this order: the columns of the table.</summary>
public enum Step
{
    Connect,
    Create,
    Select,
    Count,
    Cancel,
    Error,
}
