namespace DeltaStream.Sdk.Tests.Readiness;

/// <summary>Keeps what a wait reports, and lets a test wait for it.</summary>
internal sealed class Recorder : IProgress<StoreReadiness>
{
    private readonly Lock _gate = new();
    private readonly List<StoreReadiness> _seen = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waits = [];

    /// <summary>The greatest number of reports. One more fails the test, so that an endless wait does not hang it.</summary>
    public int Most { get; init; } = int.MaxValue;

    public IReadOnlyList<StoreReadiness> Seen
    {
        get
        {
            lock (_gate)
            {
                return [.. _seen];
            }
        }
    }

    public void Report(StoreReadiness value)
    {
        lock (_gate)
        {
            _seen.Add(value);
            Assert.True(_seen.Count <= Most, "there is no end of reports");
            foreach (var (count, reached) in _waits)
            {
                if (_seen.Count >= count)
                {
                    reached.TrySetResult();
                }
            }
        }
    }

    public Task SeenAsync(int count)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_seen.Count >= count)
            {
                reached.SetResult();
            }

            _waits.Add((count, reached));
        }

        return reached.Task;
    }
}
