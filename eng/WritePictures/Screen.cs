using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace DeltaStream.WritePictures;

/// <summary>A cell of a terminal.</summary>
/// <param name="Text">The character.</param>
/// <param name="Color">The number of its color in the palette; null for the terminal's own.</param>
/// <param name="IsBold">Whether it is bold.</param>
internal readonly record struct Cell(char Text, int? Color, bool IsBold);

/// <summary>What a program leaves on a terminal.</summary>
internal sealed partial class Screen
{
    /// <summary>How many characters a line has.</summary>
    public const int Columns = 110;

    private readonly List<List<Cell>> _lines =
    [
        [],
    ];
    private int _row;
    private int _column;
    private Cell _style = new(' ', null, false);

    /// <summary>The lines, without the blanks at their ends and the empty ones at the end.</summary>
    public IReadOnlyList<IReadOnlyList<Cell>> Lines
    {
        get
        {
            var lines = _lines.ConvertAll(l => l[..(l.FindLastIndex(c => c.Text != ' ') + 1)]);
            return lines[..(lines.FindLastIndex(l => l.Count > 0) + 1)];
        }
    }

    /// <summary>Runs a program on a terminal of util-linux's <c>script</c>, which every Debian has.</summary>
    /// <param name="program">The program and its arguments.</param>
    /// <param name="folder">Where it runs; this process's folder when null.</param>
    /// <param name="environment">Its variables, beside those of this process.</param>
    /// <exception cref="InvalidOperationException">The program failed.</exception>
    public static async Task<Screen> AfterRunAsync(
        IEnumerable<string> program,
        string? folder = null,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var command = Quoted(program);
        var start = new ProcessStartInfo(
            "script",
            ["-qec", $"stty cols {Columns} rows 60; exec {command}", "/dev/null"]
        )
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment =
            {
                ["TERM"] = "xterm-256color",
                ["COLORTERM"] = "",
                ["DOTNET_NOLOGO"] = "1",
            },
        };
        // The picture is of the local DeltaStream.
        foreach (
            var name in start
                .Environment.Keys.Where(n => n.StartsWith("DELTASTREAM_", StringComparison.Ordinal))
                .ToArray()
        )
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        return process.ExitCode == 0
            ? Of(output)
            : throw new InvalidOperationException($"{command} failed with {process.ExitCode}:\n{output}");
    }

    /// <summary>A command line for a shell.</summary>
    public static string Quoted(IEnumerable<string> words) =>
        string.Join(' ', words.Select(w => $"'{w.Replace("'", "'\\''", StringComparison.Ordinal)}'"));

    /// <summary>What an output leaves: texts, colors, and movements of the cursor.</summary>
    public static Screen Of(string output)
    {
        var screen = new Screen();
        foreach (Match match in Part().Matches(output))
        {
            if (match.Groups["command"].Success)
            {
                screen.Run(match.Groups["command"].Value[0], match.Groups["arguments"].Value);
            }
            else if (match.Groups["text"].Success)
            {
                screen.Put(match.Value[0]);
            }
        }

        return screen;
    }

    private List<Cell> Line
    {
        get
        {
            while (_lines.Count <= _row)
            {
                _lines.Add([]);
            }

            return _lines[_row];
        }
    }

    private void Put(char c)
    {
        switch (c)
        {
            case '\r':
                _column = 0;
                return;
            case '\n':
                _row++;
                return;
            case < ' ':
                return;
        }

        if (_column == Columns)
        {
            (_row, _column) = (_row + 1, 0);
        }

        while (Line.Count <= _column)
        {
            Line.Add(new Cell(' ', null, false));
        }

        Line[_column++] = _style with { Text = c };
    }

    private void Run(char command, string arguments)
    {
        if (arguments.StartsWith('?'))
        {
            // The cursor is hidden or shown.
            return;
        }

        var numbers = arguments
            .Split(';')
            .Select(a => a.Length == 0 ? 0 : int.Parse(a, CultureInfo.InvariantCulture))
            .ToArray();
        switch (command)
        {
            case 'm':
                SetStyle(numbers);
                break;
            case 'A' or 'F':
                (_row, _column) = (Math.Max(0, _row - Math.Max(1, numbers[0])), command == 'F' ? 0 : _column);
                break;
            case 'J' when numbers[0] == 0:
                Line.RemoveRange(Math.Min(_column, Line.Count), Math.Max(0, Line.Count - _column));
                _lines.RemoveRange(_row + 1, _lines.Count - _row - 1);
                break;
            case 'K' when numbers[0] == 2:
                Line.Clear();
                break;
            case 'K' when numbers[0] == 0 && Line.Count > _column:
                Line.RemoveRange(_column, Line.Count - _column);
                break;
            case 'K':
                break;
            default:
                throw new NotSupportedException(
                    $"The program sends ESC[{arguments}{command}, which this terminal does not know."
                );
        }
    }

    private void SetStyle(int[] numbers)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            _style = numbers[i] switch
            {
                0 => new Cell(' ', null, false),
                1 => _style with { IsBold = true },
                39 => _style with { Color = null },
                >= 30 and <= 37 => _style with { Color = numbers[i] - 30 },
                >= 90 and <= 97 => _style with { Color = numbers[i] - 82 },
                38 when numbers[(i + 1)..] is [5, var color, ..] => _style with { Color = color },
                _ => throw new NotSupportedException(
                    $"The program sets the style {numbers[i]}, which this terminal does not know."
                ),
            };
            i += numbers[i] == 38 ? 2 : 0;
        }
    }

    // ESC= and ESC> tell how the keypad works.
    [GeneratedRegex(
        @"\x1B[=>]|\x1B\[(?<arguments>[0-9;?]*)(?<command>[A-Za-z])|(?<text>[^\x1B])",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        10_000
    )]
    private static partial Regex Part();
}
