namespace DeltaStream.Data.Wire;

/// <summary>Links tokens to a source that has a timer of its own, which the platform's linked sources have not.</summary>
internal static class Cancellation
{
    /// <summary>Cancels a source as soon as a token is cancelled.</summary>
    /// <returns>The link, to dispose of before the source.</returns>
    public static CancellationTokenRegistration Cancel(CancellationTokenSource source, CancellationToken after) =>
        after.UnsafeRegister(static s => ((CancellationTokenSource)s!).Cancel(), source);
}
