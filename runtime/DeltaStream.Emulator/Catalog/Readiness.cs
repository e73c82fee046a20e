namespace DeltaStream.Emulator.Catalog;

/// <summary>
/// A store's state at a time (FR-003): computed when asked, never set by a timer. The rule is SQL, because SELECTs compute
/// the states of all stores; a row has <c>ready_at</c>, <c>probe_pending</c> and <c>failure</c>.
/// </summary>
internal static class Readiness
{
    public const string Provisioning = "provisioning";
    public const string Ready = "ready";
    public const string Errored = "errored";

    /// <summary>The state, at a time in ticks.</summary>
    public static string Status(string now) =>
        $"CASE WHEN {IsChecked(now)} THEN CASE WHEN failure IS NULL THEN '{Ready}' ELSE '{Errored}' END ELSE '{Provisioning}' END";

    /// <summary>Why the store failed; NULL when it did not, or not yet.</summary>
    public static string Message(string now) => $"CASE WHEN {IsChecked(now)} THEN failure END";

    private static string IsChecked(string now) => $"(ready_at <= {now} AND NOT probe_pending)";
}
