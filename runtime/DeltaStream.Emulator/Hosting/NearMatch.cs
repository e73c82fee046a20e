namespace DeltaStream.Emulator.Hosting;

/// <summary>Finds what somebody probably meant to write.</summary>
internal static class NearMatch
{
    private const int MostEdits = 4;

    public static string? Of(string text, IEnumerable<string> candidates)
    {
        var best = candidates.Select(c => (Candidate: c, Distance: Distance(text, c))).MinBy(c => c.Distance);
        return best.Distance <= Math.Min(MostEdits, text.Length / 2) ? best.Candidate : null;
    }

    /// <summary>How many letters are to be added, removed or changed (Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 0; i < a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 0; j < b.Length; j++)
            {
                var above = row[j + 1];
                var changed = diagonal + (a[i] == b[j] ? 0 : 1);
                row[j + 1] = Math.Min(Math.Min(above, row[j]) + 1, changed);
                diagonal = above;
            }
        }

        return row[^1];
    }
}
