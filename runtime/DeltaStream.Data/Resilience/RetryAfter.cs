namespace DeltaStream.Data.Resilience;

/// <summary>The <c>Retry-After</c> header, in both of its forms.</summary>
internal static class RetryAfter
{
    /// <returns>How long to wait from now, by the given clock; null when the header is absent or can't be read.</returns>
    public static TimeSpan? Read(HttpResponseMessage response, TimeProvider time) =>
        response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => null,
        };
}
