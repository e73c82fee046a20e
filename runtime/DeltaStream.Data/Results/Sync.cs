using System.Diagnostics;

namespace DeltaStream.Data.Results;

/// <summary>Gives the result of work that ran with <c>async: false</c>, so wholly on the caller's thread.</summary>
internal static class Sync
{
    public static T Complete<T>(ValueTask<T> work)
    {
        // It never waits: work that is not complete here is a defect, and blocking on it could hang the caller.
        if (!work.IsCompleted)
        {
            throw new UnreachableException("Synchronous work is not complete.");
        }

        return work.GetAwaiter().GetResult();
    }
}
