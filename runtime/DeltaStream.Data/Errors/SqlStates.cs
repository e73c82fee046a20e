namespace DeltaStream.Data.Errors;

/// <summary>The SQLSTATEs that mean something to the provider (wire fact 4). Others are carried as they are, whatever their length.</summary>
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

    /// <summary>Whether the state says that nobody waited for the statement's end, and not that it had none.</summary>
    public static bool LeavesOpen(string state) =>
        state is "57000" or "57014" || state.StartsWith("08", StringComparison.Ordinal);
}
