using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DeltaStream.WritePictures;

/// <summary>A terminal as SVG, and the text of one.</summary>
internal static partial class Picture
{
    private const double CharacterWidth = 7.83;
    private const int LineHeight = 17;
    private const int Margin = 14;

    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    /// <summary>Draws a screen.</summary>
    public static string Of(Screen screen, string title)
    {
        var (width, height) = (
            (int)(Screen.Columns * CharacterWidth) + 2 * Margin,
            (screen.Lines.Count + 1) * LineHeight + Margin
        );
        var svg = new XElement(
            s_svg + "svg",
            new XAttribute("width", width),
            new XAttribute("height", height),
            new XAttribute("viewBox", $"0 0 {width} {height}"),
            new XAttribute("font-family", "ui-monospace,Menlo,Consolas,DejaVu Sans Mono,monospace"),
            new XAttribute("font-size", 13),
            new XElement(s_svg + "title", title),
            new XElement(
                s_svg + "rect",
                new XAttribute("width", "100%"),
                new XAttribute("height", "100%"),
                new XAttribute("rx", 8),
                new XAttribute("fill", "#21252b")
            ),
            screen.Lines.SelectMany((line, i) => Texts(line, Margin + (i + 1) * LineHeight))
        );
        return svg.ToString(SaveOptions.None) + "\n";
    }

    /// <summary>The text of a picture, without what differs from run to run.</summary>
    public static string StableText(string svg) =>
        StableText(
            XElement
                .Parse(svg, LoadOptions.PreserveWhitespace)
                .Elements(s_svg + "text")
                .GroupBy(t => (int)t.Attribute("y")!)
                .Select(line => string.Concat(line.Select(t => t.Value)))
        );

    /// <summary>The text of a screen, without what differs from run to run.</summary>
    public static string StableText(Screen screen) =>
        StableText(screen.Lines.Select(l => string.Concat(l.Select(c => c.Text))));

    /// <summary>
    /// Takes out what differs from run to run: times, ports, the width of columns, where lines are wrapped, and the order of the rows
    /// of a table, which stores end in.
    /// </summary>
    public static string StableText(IEnumerable<string> lines)
    {
        var text = string.Join('\n', lines.Where(l => !string.IsNullOrWhiteSpace(l)).Select(l => l.Trim()));
        text = Blanks()
            .Replace(Rule().Replace(Port().Replace(Time().Replace(text, "N s"), "127.0.0.1:PORT"), "─"), " ");
        var result = new List<string>();
        foreach (var line in text.Split('\n'))
        {
            var isTable = "╭│├╰".Contains(line[0], StringComparison.Ordinal);
            var first = result.FindLastIndex(l => l[0] != '│') + 1;
            if (line[0] == '│')
            {
                result.Add(line);
                result.Sort(first, result.Count - first, StringComparer.Ordinal);
            }
            else if (isTable || result.Count == 0 || "╭│├╰".Contains(result[^1][0], StringComparison.Ordinal))
            {
                result.Add(line);
            }
            else
            {
                result[^1] += " " + line;
            }
        }

        return string.Join('\n', result);
    }

    private static IEnumerable<XElement> Texts(IReadOnlyList<Cell> line, int y)
    {
        for (var start = 0; start < line.Count; )
        {
            var first = line[start];
            var length = line.Skip(start).TakeWhile(c => c.Color == first.Color && c.IsBold == first.IsBold).Count();
            yield return new XElement(
                s_svg + "text",
                new XAttribute("x", Number(Margin + start * CharacterWidth)),
                new XAttribute("y", y),
                new XAttribute("fill", Color(first.Color)),
                first.IsBold ? new XAttribute("font-weight", "bold") : null,
                new XAttribute("textLength", Number(length * CharacterWidth)),
                new XAttribute(XNamespace.Xml + "space", "preserve"),
                string.Concat(line.Skip(start).Take(length).Select(c => c.Text))
            );
            start += length;
        }
    }

    private static string Number(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Color(int? color) =>
        color switch
        {
            null or 7 or 15 => "#dcdfe4",
            1 or 9 => "#e06c75",
            2 or 10 => "#98c379",
            3 or 11 => "#e5c07b",
            8 => "#7f848e",
            _ => throw new NotSupportedException($"The picture has no color {color}."),
        };

    [GeneratedRegex(@"\d+(\.\d+)? s\b", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Time();

    [GeneratedRegex(@"127\.0\.0\.1:\d+", RegexOptions.None, 10_000)]
    private static partial Regex Port();

    [GeneratedRegex("─+", RegexOptions.None, 10_000)]
    private static partial Regex Rule();

    [GeneratedRegex(" +", RegexOptions.None, 10_000)]
    private static partial Regex Blanks();
}
