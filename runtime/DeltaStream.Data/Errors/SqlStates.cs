namespace DeltaStream.Data.Errors;

/// <summary>The SQLSTATEs that the provider knows (wire fact 4). It passes on all others as they are, whatever their length.</summary>
internal static class SqlStates
{
    public const string Success = "00000";
    public const string NotYetComplete = "03000";

    /// <summary>Whether the same statement may succeed a little later.</summary>
    public static bool IsTransient(string state) =>
        state
            is "3E001" // store not ready
                or "3E002" // schema registry not ready
                or "3E003" // relation not ready
                or "3E004" // compute pool not ready
                or "57014" // timeout at the service
                or "57015"; // remote unavailable

    /// <summary>Whether the service stopped waiting for the statement, which may still take effect.</summary>
    public static bool LeavesOpen(string state) =>
        state is "57000" or "57014" || state.StartsWith("08", StringComparison.Ordinal);
}
