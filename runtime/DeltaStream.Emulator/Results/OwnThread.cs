namespace DeltaStream.Emulator.Results;

/// <summary>Runs what may compute for long on a thread of its own, so that the requests of others find one.</summary>
internal static class OwnThread
{
    public static Task<T> RunAsync<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
