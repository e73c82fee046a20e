using System.Diagnostics;
using System.Globalization;
using DeltaStream.Sdk;
using Spectre.Console;

namespace Quickstart;

/// <summary>Shows plans and how they are applied: a live table on a terminal, plain lines when the output is redirected.</summary>
internal sealed class StoreBoard(IAnsiConsole console)
{
    private static readonly TimeSpan s_refresh = TimeSpan.FromMilliseconds(200);

    private readonly bool _live = console.Profile.Capabilities.Ansi && console.Profile.Out.IsTerminal;

    /// <summary>Makes a board on the standard output. Lines to a file or a pipe are not wrapped.</summary>
    public static StoreBoard OnConsole()
    {
        var console = AnsiConsole.Console;
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = 1_000;
        }

        return new StoreBoard(console);
    }

    public void Say(string text) => console.MarkupLineInterpolated($"[grey]{text}[/]");

    public void Head(string text)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]{text}[/]");
    }

    public void Failed(Exception exception) =>
        console.MarkupLineInterpolated($"[red]{exception.GetType().Name}[/]: {exception.Message}");

    public void Show(StorePlan plan) => console.MarkupLineInterpolated($"{plan.ToString()}");

    /// <summary>Applies a plan and shows its stores until the last is done.</summary>
    public async Task<StoreApplyResult> ApplyAsync(
        StoreClient client,
        StorePlan plan,
        CancellationToken cancellationToken
    )
    {
        var rows = plan
            .Stores.Where(s => s.Action != StoreAction.None)
            .ToDictionary(s => s.Name, s => new Row(s), StringComparer.Ordinal);
        var progress = new Progress(rows, _live ? null : WriteLine);
        var apply = client.ApplyAsync(plan, new StoreApplyOptions { Progress = progress }, cancellationToken);
        if (_live)
        {
            await console
                .Live(Table(rows.Values))
                .StartAsync(async live =>
                {
                    while (await Task.WhenAny(apply, Task.Delay(s_refresh)) != apply)
                    {
                        live.UpdateTarget(Table(rows.Values));
                    }

                    live.UpdateTarget(Table(rows.Values));
                });
        }

        return await apply;
    }

    private void WriteLine(Row row) =>
        console.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"{row.Store.Name}: {row.State} after {row.Watch.Elapsed.TotalSeconds:0.0} s"
        );

    private static Table Table(IEnumerable<Row> rows)
    {
        var table = new Table().RoundedBorder().AddColumns("Store", "Action", "State", "Elapsed");
        foreach (var row in rows)
        {
            var color = row.State switch
            {
                "ready" or "gone" => "green",
                "errored" or "failed" => "red",
                _ => "yellow",
            };
            table.AddRow(
                Markup.Escape(row.Store.Name),
                row.Store.Action.ToString().ToLowerInvariant(),
                $"[{color}]{Markup.Escape(row.State)}[/]",
                row.Watch.Elapsed.TotalSeconds.ToString("0.0 's'", CultureInfo.InvariantCulture)
            );
        }

        return table;
    }

    private sealed class Row(PlannedStore store)
    {
        public PlannedStore Store => store;

        public Stopwatch Watch { get; } = Stopwatch.StartNew();

        public string State { get; set; } = "planned";
    }

    private sealed class Progress(IReadOnlyDictionary<string, Row> rows, Action<Row>? changed)
        : IProgress<StoreApplyEvent>
    {
        public void Report(StoreApplyEvent value)
        {
            if (!rows.TryGetValue(value.Store.Name, out var row))
            {
                return;
            }

            var state = value switch
            {
                { Phase: StoreApplyPhase.Waiting, Readiness.State: { } polled } => polled,
                { Phase: StoreApplyPhase.Done, Store.Action: StoreAction.Delete } => "gone",
                { Phase: StoreApplyPhase.Failed } when row.State != Store.Errored => "failed",
                _ => row.State,
            };
            if (value.Phase is not (StoreApplyPhase.Started or StoreApplyPhase.Waiting))
            {
                row.Watch.Stop();
            }

            if (state != row.State)
            {
                row.State = state;
                changed?.Invoke(row);
            }
        }
    }
}
