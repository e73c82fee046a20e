namespace DeltaStream.Data.Configuration;

/// <summary>How often something that failed for now is tried again, and how long to wait before.</summary>
internal readonly record struct RetryLimits
{
    private const int Most = 10;

    private static readonly TimeSpan s_longestFirst = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    private RetryLimits(int attempts, TimeSpan first) => (Attempts, First) = (attempts, first);

    /// <summary>How often it is tried at most, the first time included.</summary>
    public int Attempts { get; }

    private TimeSpan First { get; }

    /// <exception cref="ArgumentException">A setting is not valid.</exception>
    public static RetryLimits Of(int maxRetries, TimeSpan delay) =>
        maxRetries is < 0 or > Most
            ? throw InvalidSetting.Because($"The number of retries (MaxRetries) must be from 0 (none) to {Most}.")
        : delay < TimeSpan.Zero || delay > s_longestFirst
            ? throw InvalidSetting.Because("The delay before a retry (RetryDelay) must be from zero to 1 minute.")
        : new(maxRetries + 1, delay);

    /// <summary>How long to wait after the first attempt, the second, ...</summary>
    public TimeSpan PauseAfter(int attempt)
    {
        var pause = First * Math.Pow(2, attempt - 1);
        var longest = First > s_longest ? First : s_longest;
        // Not always the same, so that clients that failed together don't come back together.
        return (pause < longest ? pause : longest) * (0.5 + Random.Shared.NextDouble() / 2);
    }
}
