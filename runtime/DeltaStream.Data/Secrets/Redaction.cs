using System.Collections;
using System.Data.Common;
using System.Text;

namespace DeltaStream.Data.Secrets;

/// <summary>Hides secrets in the text of others: the one component for the provider, the client, its logs and its exceptions.</summary>
/// <remarks>
/// It finds a secret in the usual encodings, in any letter case, wrapped over lines, and as a piece at the edge of a quotation.
/// SECURITY.md says exactly what it finds. The forms of the secrets are made only when there is a text to search.
/// </remarks>
/// <param name="secrets">The texts to hide.</param>
/// <param name="statement">A text to hide only as a whole; null for none.</param>
/// <param name="tokens">The tokens to hide, another list as soon as there is another token; null for none.</param>
internal sealed class Redaction(
    Func<IEnumerable<string?>> secrets,
    string? statement = null,
    Func<IReadOnlyList<string>>? tokens = null
)
{
    /// <summary>What stands in the place of a secret.</summary>
    public const string Mask = "***";

    // More than any message has.
    private const int LongestText = 32 * 1024;

    // The search takes time and memory for each character. It goes beyond the longest text, so that it knows a secret at its end.
    private const int LongestSearch = 2 * LongestText;

    private volatile Known? _known;

    // A token may be renewed while the redaction is used.
    private Needle[] Needles
    {
        get
        {
            var now = tokens?.Invoke() ?? [];
            var known = _known;
            if (known is null || !ReferenceEquals(known.Tokens, now))
            {
                _known = known = new(now, [.. Needle.Of([.. secrets(), .. now], statement)]);
            }

            return known.Needles;
        }
    }

    /// <summary>Replaces every secret in a text by <see cref="Mask"/>, and then cuts a text that is longer than any message.</summary>
    public string Redact(string text)
    {
        var ranges = new List<Range>();
        if (!TryFind(text.Length > LongestSearch ? $"{text.AsSpan(0, LongestSearch)}..." : text, ranges))
        {
            return Mask;
        }

        var limit = Math.Min(text.Length, LongestText);
        if (ranges.Count == 0 && limit == text.Length)
        {
            return text;
        }

        var redacted = new StringBuilder(limit);
        var end = -1;
        foreach (var range in ranges.OrderBy(r => r.Start.Value).TakeWhile(r => r.Start.Value < limit))
        {
            // What touches the secret before is a part of it.
            if (range.Start.Value > end)
            {
                redacted.Append(text.AsSpan(Math.Max(end, 0), range.Start.Value - Math.Max(end, 0))).Append(Mask);
            }

            end = Math.Max(end, range.End.Value);
        }

        end = Math.Clamp(end, 0, limit);
        return redacted.Append(text.AsSpan(end, limit - end)).Append(limit < text.Length ? "..." : "").ToString();
    }

    /// <summary>Whether an exception, with all that it holds, shows no secret. Then others may see it.</summary>
    public bool IsClean(Exception exception)
    {
        // Writing stack traces takes long, and in vain when there is nothing to find.
        var hides = Needles.Length > 0;
        var text = new StringBuilder(hides ? exception.ToString() : "");
        var rest = new Queue<Exception>([exception]);
        while (rest.TryDequeue(out var next))
        {
            // It holds the statement that failed.
            if (next is DbException { BatchCommand: not null })
            {
                return false;
            }

            // The names in a stack trace are no text of others.
            if (hides && next.StackTrace is { Length: > 0 } trace)
            {
                text.Replace(trace, "");
            }

            foreach (DictionaryEntry entry in next.Data)
            {
                text.Append('\n').Append(entry.Value);
            }

            var inner = next is AggregateException several ? several.InnerExceptions : [next.InnerException!];
            foreach (var cause in inner.Where(cause => cause is not null))
            {
                rest.Enqueue(cause);
            }
        }

        var found = new List<Range>();
        return text.Length <= LongestSearch && TryFind(text.ToString(), found) && found.Count == 0;
    }

    /// <summary>Finds all secrets of a text.</summary>
    /// <returns>False when the search takes too long, as it does for a text that is made for that.</returns>
    private bool TryFind(string text, List<Range> ranges)
    {
        if (Needles.Length == 0)
        {
            return true;
        }

        var budget = SecretSearch.Budget;
        foreach (var layer in TextLayer.All(text))
        {
            foreach (var packed in new[] { false, true })
            {
                if (!new SecretSearch(FoldedText.Of(layer, packed), packed).TryFind(Needles, ranges, ref budget))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private sealed record Known(IReadOnlyList<string> Tokens, Needle[] Needles)
    {
        // A record's text would show what it holds.
        public override string ToString() => nameof(Known);
    }
}
