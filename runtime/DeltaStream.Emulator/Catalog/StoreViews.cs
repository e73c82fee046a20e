using DeltaStream.Emulator.Errors;
using DeltaStream.Emulator.Results;

namespace DeltaStream.Emulator.Catalog;

/// <summary>
/// The views that SELECTs run on. A view serves one SELECT at a time, so that none waits for another or for a CREATE.
/// It takes over what changed when it is used next, which costs as much as what changed, however many stores there are.
/// </summary>
internal sealed class StoreViews : IDisposable
{
    private const int MostOpen = 16;

    // Copying a view is cheaper than taking over more changes than this.
    private const int MostStale = 10_000;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_betweenChecks = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _free = new(MostOpen);
    private readonly StoresView _current = new();
    private readonly List<StoresView> _open = [];
    private readonly Stack<StoresView> _idle = [];
    private bool _disposed;

    public StoreViews(IEnumerable<StoreRecord> stores) =>
        _current.Update([.. stores.Select(s => new KeyValuePair<string, StoreRecord?>(s.Name, s))]);

    /// <summary>Shows a store as it is now; null when it is gone.</summary>
    public void Set(string name, StoreRecord? store)
    {
        lock (_gate)
        {
            _current.Update([new(name, store)]);
            foreach (var view in _open)
            {
                view.Stale[name] = store;
            }

            while (_idle.TryPeek(out var idle) && idle.Stale.Count > MostStale)
            {
                _open.Remove(_idle.Pop());
                idle.Dispose();
            }
        }
    }

    /// <summary>Takes a view that is up to date. It is the caller's until it is returned.</summary>
    /// <exception cref="StatementException">No view becomes free, or the statement is cancelled.</exception>
    public async Task<StoresView> RentAsync(CancelSwitch cancel)
    {
        var deadline = Environment.TickCount64 + (long)s_patience.TotalMilliseconds;
        while (!await _free.WaitAsync(s_betweenChecks).ConfigureAwait(false))
        {
            if (cancel.IsOn)
            {
                throw new StatementException(SqlState.Cancelled, "the statement was cancelled");
            }

            if (Environment.TickCount64 > deadline)
            {
                throw new StatementException(
                    SqlState.InsufficientResources,
                    $"too many SELECTs are open: at most {MostOpen} run at once"
                );
            }
        }

        try
        {
            return Take();
        }
        catch
        {
            _free.Release();
            throw;
        }
    }

    public void Return(StoresView view)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                view.Dispose();
                return;
            }

            _idle.Push(view);
        }

        _free.Release();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            while (_idle.TryPop(out var view))
            {
                view.Dispose();
            }

            _current.Dispose();
        }
    }

    private StoresView Take()
    {
        StoresView? view;
        Dictionary<string, StoreRecord?> changes;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_idle.TryPop(out view))
            {
                view = new StoresView(_current);
                _open.Add(view);
            }

            changes = view.Stale;
            view.Stale = [];
        }

        try
        {
            view.Update(changes);
            return view;
        }
        catch
        {
            // It lacks changes, so nobody may use it again.
            lock (_gate)
            {
                _open.Remove(view);
            }

            view.Dispose();
            throw;
        }
    }
}
