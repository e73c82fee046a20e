namespace DeltaStream.Sdk.Planning;

/// <summary>What is known while a plan is applied, and its way to where it is kept.</summary>
/// <remarks>Changes that come while a save is running are saved together by the next one.</remarks>
internal sealed class StateTracker(StoreState state, Func<StoreState, CancellationToken, ValueTask>? save) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _saving = new(1);
    private StoreState? _saved;

    public StoreState State { get; private set; } = state.Started();

    /// <summary>Notes what is known of a store now, null to forget it, and returns when that is kept.</summary>
    public async Task SetAsync(string name, StoreSnapshot? snapshot, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            State = State.With(name, snapshot);
        }

        if (save is null)
        {
            return;
        }

        await _saving.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            StoreState latest;
            lock (_gate)
            {
                latest = State;
            }

            // When nothing changed since the last save, it holds this change too.
            if (!ReferenceEquals(_saved, latest))
            {
                await save(latest, cancellationToken).ConfigureAwait(false);
                _saved = latest;
            }
        }
        finally
        {
            _saving.Release();
        }
    }

    public void Dispose() => _saving.Dispose();
}
