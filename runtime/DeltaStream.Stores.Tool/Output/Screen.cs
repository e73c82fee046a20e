using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using DeltaStream.Sdk;
using Spectre.Console;

namespace DeltaStream.Stores.Tool.Output;

/// <summary>Where a run prints: its result to the standard output, and everything else to the standard error.</summary>
internal sealed class Screen
{
    private static readonly ResultJson s_json = new(
        new JsonSerializerOptions(ResultJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
    );

    private readonly bool _isJson;
    private readonly IAnsiConsole _out = On(Console.Out);

    public Screen(bool isJson) => _isJson = isJson;

    /// <summary>The console on the standard error.</summary>
    public IAnsiConsole Error { get; } = On(Console.Error);

    /// <summary>Says something that is no result.</summary>
    public void Say(string text) => Error.MarkupLineInterpolated($"[grey]{text}[/]");

    /// <summary>Shows a plan to somebody who decides.</summary>
    public void Show(StorePlan plan)
    {
        Write(Error, plan.Stores);
        Error.WriteLine(plan.Summary());
    }

    /// <summary>Asks for a yes. It returns why nothing is done; null after a yes.</summary>
    /// <param name="verb">Who asks.</param>
    /// <param name="question">The question.</param>
    /// <param name="stopping">Stops at once.</param>
    public async Task<string?> AskAsync(string verb, string question, CancellationToken stopping)
    {
        if (Console.IsInputRedirected || !Error.Profile.Out.IsTerminal)
        {
            return $"{verb} asks before it changes something, and nobody is at a terminal: add --yes.";
        }

        Error.MarkupInterpolated($"[bold]{question}[/] Type 'yes': ");
        // Nothing else interrupts the reading of a line.
        var line = await Task.Run(Console.In.ReadLine, CancellationToken.None)
            .WaitAsync(stopping)
            .ConfigureAwait(false);
        return string.Equals(line?.Trim(), "yes", StringComparison.OrdinalIgnoreCase) ? null : "Nothing was changed.";
    }

    /// <summary>Prints a result.</summary>
    public void Print(Result result)
    {
        foreach (var fault in result.Faults ?? [])
        {
            Error.MarkupLine($"[{(fault.IsWarning ? "yellow" : "red")}]{Visible(fault.ToString())}[/]");
        }

        foreach (var line in result.Error?.Split('\n') ?? [])
        {
            // A stack trace has tabs and what else a message has.
            Error.MarkupLine($"[red]{Visible(line.TrimEnd('\r'))}[/]");
        }

        if (_isJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(result, s_json.Result));
        }
        else
        {
            PrintText(result);
        }
    }

    private void PrintText(Result result)
    {
        if (result.Plan is { } plan && result.Outcomes is null)
        {
            Write(_out, plan);
        }

        foreach (var outcome in result.Outcomes ?? [])
        {
            var color = outcome.Error is null ? "green" : "red";
            _out.MarkupLine($"{Visible(outcome.Name)}: [{color}]{Visible(outcome.Outcome)}[/]");
        }

        foreach (var file in result.Files ?? [])
        {
            _out.MarkupLineInterpolated($"wrote {file}");
        }

        if (result.Stores is { } stores)
        {
            _out.Write(Table(stores));
        }

        if (result.Text is { } text)
        {
            // Not by the console, which would wrap it.
            Console.Out.WriteLine(string.Join('\n', text.Split('\n').Select(Escaped)));
        }
    }

    private static void Write(IAnsiConsole console, IEnumerable<PlannedStore> plan)
    {
        foreach (var line in plan.Where(s => !s.IsQuiet).SelectMany(s => s.ToString().Split('\n')))
        {
            var color = line.TrimStart() switch
            {
                ['+', ..] => "green",
                ['-', ..] or ['!', ..] => "red",
                ['~', ..] => "yellow",
                _ => "grey",
            };
            console.MarkupLine($"[{color}]{Visible(line)}[/]");
        }
    }

    private static Table Table(IEnumerable<Store> stores)
    {
        var table = new Table().NoBorder().AddColumns("NAME", "TYPE", "STATE", "OWNER", "UPDATED");
        foreach (var store in stores)
        {
            table.AddRow(
                Cell(store.Name),
                Cell(store.Type),
                new Markup(Colored(store.State)),
                Cell(store.Owner),
                Cell(store.UpdatedAt.ToString("u", CultureInfo.InvariantCulture))
            );
        }

        return table;
    }

    /// <summary>A state in its color.</summary>
    public static string Colored(string state) =>
        state.ToLowerInvariant() switch
        {
            Store.Ready or "gone" => $"[green]{Visible(state)}[/]",
            Store.Errored or "failed" => $"[red]{Visible(state)}[/]",
            _ => $"[yellow]{Visible(state)}[/]",
        };

    /// <summary>A text as markup, where what would command the terminal, or what nobody sees, is escaped.</summary>
    public static string Visible(string text) => Markup.Escape(Escaped(text));

    private static string Escaped(string text) =>
        string.Concat(
            text.Select(c =>
                char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format
                    ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}")
                    : c.ToString()
            )
        );

    private static Markup Cell(string text) => new(Visible(text));

    // Lines to a file or a pipe are not wrapped.
    private static IAnsiConsole On(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = 10_000;
        }

        return console;
    }
}
