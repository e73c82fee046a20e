using System.Diagnostics;

namespace DeltaStream.Data.Wire;

/// <summary>The end of a way that ran with <c>async: false</c>, so wholly on the caller's thread.</summary>
internal static class Sync
{
    public static T Complete<T>(ValueTask<T> work)
    {
        // Never a wait: work that is not complete here would be a defect, and blocking on it could hang the caller.
        if (!work.IsCompleted)
        {
            throw new UnreachableException("Synchronous work went on without its caller.");
        }

        return work.GetAwaiter().GetResult();
    }
}
