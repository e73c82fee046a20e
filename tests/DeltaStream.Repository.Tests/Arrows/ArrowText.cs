namespace DeltaStream.Repository.Tests.Arrows;

/// <summary>A graph as text: a line such as <c>Client -> Errors, Statements</c> for each that uses others.</summary>
internal static class ArrowText
{
    public static IReadOnlyList<(string From, string To)> Parse(string text) =>
        [
            .. from line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            let parts = line.Split(" -> ")
            from to in parts[1].Split(", ")
            select (parts[0], to),
        ];

    /// <summary>Draws the graph for a page. An arrow is left out when others lead to the same place.</summary>
    public static string Draw(string heading, IReadOnlyList<(string From, string To)> arrows)
    {
        var lines = arrows
            .Where(a => !arrows.Any(b => b.From == a.From && b.To != a.To && Reaches(arrows, b.To, a.To)))
            .GroupBy(a => a.From, a => Node(a.To))
            .Select(g => $"  {Node(g.Key)} --> {string.Join(" & ", g)}\n");
        return $"### {heading}\n\n```mermaid\ngraph TD\n{string.Concat(lines)}```\n";
    }

    private static bool Reaches(IReadOnlyList<(string From, string To)> arrows, string from, string to) =>
        arrows.Any(a => a.From == from && (a.To == to || Reaches(arrows, a.To, to)));

    // Only letters and dots may stand without quotes.
    private static string Node(string name) =>
        name.All(IsPlain) ? name : $"{string.Concat(name.Where(IsPlain))}[\"{name}\"]";

    private static bool IsPlain(char c) => char.IsLetter(c) || c == '.';
}
