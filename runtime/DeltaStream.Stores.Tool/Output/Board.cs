using System.Diagnostics;
using System.Globalization;
using DeltaStream.Sdk;
using Spectre.Console;

namespace DeltaStream.Stores.Tool.Output;

/// <summary>Shows stores while something happens to them: a live table on a terminal, else a line for each new state.</summary>
internal sealed class Board : IProgress<StoreApplyEvent>, IProgress<StoreReadiness>
{
    private static readonly TimeSpan s_refresh = TimeSpan.FromMilliseconds(200);

    private readonly Screen _screen;
    private readonly Dictionary<string, Row> _rows;
    private readonly bool _isLive;
    private StoreApplyCounts _counts;

    /// <param name="screen">Where it is shown.</param>
    /// <param name="stores">The stores, and what is done to each.</param>
    public Board(Screen screen, IEnumerable<(string Name, string Action)> stores)
    {
        _screen = screen;
        _rows = stores.ToDictionary(s => s.Name, s => new Row(s.Name, s.Action), StringComparer.Ordinal);
        _counts = new StoreApplyCounts(_rows.Count, 0, 0, 0);
        var profile = screen.Error.Profile;
        _isLive = profile.Capabilities.Ansi && profile.Out.IsTerminal;
    }

    /// <summary>Shows the stores until the work ends.</summary>
    public async Task<T> ShowAsync<T>(Task<T> work)
    {
        if (_isLive && _rows.Count > 0)
        {
            await _screen
                .Error.Live(Table())
                .StartAsync(async live =>
                {
                    while (await Task.WhenAny(work, Task.Delay(s_refresh)).ConfigureAwait(false) != work)
                    {
                        live.UpdateTarget(Table());
                    }

                    live.UpdateTarget(Table());
                })
                .ConfigureAwait(false);
        }

        return await work.ConfigureAwait(false);
    }

    public void Report(StoreApplyEvent value)
    {
        _counts = value.Counts;
        var state = value switch
        {
            { Phase: StoreApplyPhase.Started } => "started",
            { Phase: StoreApplyPhase.Waiting, Readiness.State: { } polled } => polled,
            { Phase: StoreApplyPhase.Done, Store.Action: StoreAction.Delete } => "gone",
            { Phase: StoreApplyPhase.Done } => "done",
            { Phase: StoreApplyPhase.Failed, Exception: OperationCanceledException } => "stopped",
            { Phase: StoreApplyPhase.Failed } => "failed",
            { Phase: StoreApplyPhase.NotAttempted } => "not attempted",
            _ => null,
        };
        Set(value.Store.Name, state, value.Phase >= StoreApplyPhase.Done);
    }

    public void Report(StoreReadiness value) => Set(value.StoreName, value.State, isEnd: false);

    /// <summary>Notes that a store needs no more watching.</summary>
    public void End(string name, string state)
    {
        lock (_rows)
        {
            _counts = _counts with { Done = _counts.Done + 1 };
        }

        Set(name, state, isEnd: true);
    }

    private void Set(string name, string? state, bool isEnd)
    {
        if (!_rows.TryGetValue(name, out var row))
        {
            return;
        }

        // 'ready' says more than 'done'.
        var isNew = state is not null && state != row.State && !(state == "done" && row.State == Store.Ready);
        row.State = isNew ? state! : row.State;
        if (isEnd)
        {
            row.Watch.Stop();
        }

        if (isNew && !_isLive)
        {
            _screen.Say($"{row.Name}: {state} after {row.Elapsed}");
        }
    }

    private Table Table()
    {
        var table = new Table().RoundedBorder().AddColumns("Store", "Action", "State", "Elapsed");
        foreach (var row in _rows.Values)
        {
            table.AddRow(Screen.Visible(row.Name), row.Action, Screen.Colored(row.State), row.Elapsed);
        }

        return table.Caption(_counts.ToString());
    }

    private sealed class Row(string name, string action)
    {
        public string Name => name;

        public string Action => action;

        public Stopwatch Watch { get; } = Stopwatch.StartNew();

        public string State { get; set; } = "planned";

        public string Elapsed => Watch.Elapsed.TotalSeconds.ToString("0.0 's'", CultureInfo.InvariantCulture);
    }
}
