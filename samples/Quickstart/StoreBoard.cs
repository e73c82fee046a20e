using System.Diagnostics;
using System.Globalization;
using DeltaStream.Sdk;
using Spectre.Console;

namespace Quickstart;

/// <summary>An operation on a store whose progress is shown. Its result is the last state to show.</summary>
internal sealed record StoreWork(
    string StoreName,
    string Title,
    Func<IProgress<StoreReadiness>, Task<string>> RunAsync
);

/// <summary>Shows the progress of stores: a live table on a terminal, plain lines when the output is redirected.</summary>
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

    /// <summary>Runs all operations at once and shows them until the last is done. Then throws the first failure.</summary>
    public async Task RunAsync(IEnumerable<StoreWork> work)
    {
        var rows = work.Select(w => new Row(w, _live ? null : WriteLine)).ToList();
        var all = Task.WhenAll(rows.Select(r => r.RunAsync()));
        if (_live)
        {
            await console
                .Live(Table(rows))
                .StartAsync(async live =>
                {
                    while (await Task.WhenAny(all, Task.Delay(s_refresh)) != all)
                    {
                        live.UpdateTarget(Table(rows));
                    }

                    live.UpdateTarget(Table(rows));
                });
        }

        await all;
    }

    private void WriteLine(Row row) =>
        console.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"{row.StoreName}: {row.State} after {row.Elapsed.TotalSeconds:0.0} s"
        );

    private static Table Table(IEnumerable<Row> rows)
    {
        var table = new Table().RoundedBorder().AddColumns("Store", "System", "State", "Elapsed");
        foreach (var row in rows)
        {
            var color = row.State switch
            {
                "ready" or "gone" => "green",
                "errored" => "red",
                _ => "yellow",
            };
            table.AddRow(
                Markup.Escape(row.StoreName),
                Markup.Escape(row.Title),
                $"[{color}]{Markup.Escape(row.State)}[/]",
                row.Elapsed.TotalSeconds.ToString("0.0 's'", CultureInfo.InvariantCulture)
            );
        }

        return table;
    }

    private sealed class Row(StoreWork work, Action<Row>? changed) : IProgress<StoreReadiness>
    {
        private readonly Stopwatch _watch = Stopwatch.StartNew();

        public string StoreName => work.StoreName;

        public string Title => work.Title;

        public string State { get; private set; } = "sent";

        public TimeSpan Elapsed => _watch.Elapsed;

        public async Task RunAsync()
        {
            try
            {
                Show(await work.RunAsync(this));
            }
            finally
            {
                _watch.Stop();
            }
        }

        public void Report(StoreReadiness value)
        {
            if (value.State is { } state)
            {
                Show(state);
            }
        }

        private void Show(string state)
        {
            if (state != State)
            {
                State = state;
                changed?.Invoke(this);
            }
        }
    }
}
