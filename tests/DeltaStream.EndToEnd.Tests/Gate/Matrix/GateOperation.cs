namespace DeltaStream.EndToEnd.Tests.Gate.Matrix;

/// <summary>What is done to a store of each subtype over each transport (FR-010, FR-011, D-005): the columns of the matrix.</summary>
public enum GateOperation
{
    Create,
    Update,
    Delete,
    InvalidCredentials,
    Timeout,
    DeletedOutside,
    Apply,
}
