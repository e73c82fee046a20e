namespace DeltaStream.Emulator.Catalog;

/// <summary>A store's state at a time (FR-003): computed when asked, never set by a timer.</summary>
internal static class Readiness
{
    public const string Provisioning = "provisioning";
    public const string Ready = "ready";
    public const string Errored = "errored";

    public static (string Status, string? Message) Of(Verification verification, DateTimeOffset now)
    {
        if (now < verification.ReadyAt || verification.ProbePending)
        {
            return (Provisioning, null);
        }

        var failure = verification.AccountFailure ?? verification.ProbeFailure;
        return failure is null ? (Ready, null) : (Errored, failure);
    }
}
