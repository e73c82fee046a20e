namespace DeltaStream.Emulator.Catalog;

/// <summary>A store's state at a time (FR-003): computed when asked, never set by a timer.</summary>
internal static class Readiness
{
    public const string Provisioning = "provisioning";
    public const string Ready = "ready";
    public const string Errored = "errored";

    public static (string Status, string? Message) Of(Verification verification, DateTimeOffset now) =>
        Of(verification.ReadyAt, verification.ProbePending, verification.Failure, now);

    public static (string Status, string? Message) Of(
        DateTimeOffset readyAt,
        bool isProbePending,
        string? failure,
        DateTimeOffset now
    ) =>
        now < readyAt || isProbePending ? (Provisioning, null)
        : failure is null ? (Ready, null)
        : (Errored, failure);
}
