namespace DeltaStream.Sdk.Validation;

/// <summary>Finds what somebody probably meant.</summary>
/// <remarks>The generator compiles this file, too.</remarks>
internal static class NearMatch
{
    /// <summary>A question to put at the end of a message; the list of what there is when nothing is near.</summary>
    public static string Question(string text, IEnumerable<string> candidates)
    {
        var all = candidates.ToArray();
        return all.Length == 0 ? string.Empty
            : Find(text, all) is { } near ? $"; did you mean '{near}'?"
            : $"; there is {string.Join(", ", all)}";
    }

    /// <summary>The nearest candidate, if it is at most a third of its length away; among equals the first by name.</summary>
    public static string? Find(string text, IEnumerable<string> candidates) =>
        candidates
            .Where(c => Math.Abs(c.Length - text.Length) <= Reach(c))
            .Select(c => (Candidate: c, Distance: Distance(text.ToLowerInvariant(), c.ToLowerInvariant())))
            .Where(m => m.Distance <= Reach(m.Candidate))
            .OrderBy(m => m.Distance)
            .ThenBy(m => m.Candidate, StringComparer.Ordinal)
            .Select(m => m.Candidate)
            .FirstOrDefault();

    private static int Reach(string candidate) => Math.Max(1, candidate.Length / 3);

    // Edits that make one text the other: insert, delete, replace, or swap two neighbours.
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            rows[i, 0] = i;
        }

        for (var j = 0; j <= b.Length; j++)
        {
            rows[0, j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(replace, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }
}
