namespace DeltaStream.Sdk.Readiness;

/// <summary>How waiting goes: the same for every subtype and operation, and not configurable (D-012, NFR-001).</summary>
internal static class ReadinessPolicy
{
    /// <summary>The time from the start of one look at the catalog to the start of the next.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long to look for the effect of a statement whose answer was lost, before taking it that there was none: 60 seconds.
    /// </summary>
    public static TimeSpan LostAnswerLimit { get; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest wait.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromMinutes(10);
}
