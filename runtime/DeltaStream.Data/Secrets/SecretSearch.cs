namespace DeltaStream.Data.Secrets;

/// <summary>Searches one folded text for secrets and for pieces of them.</summary>
/// <remarks>
/// A short secret must not turn a message into stars, so the rules depend on its length:
/// fewer than 4 characters count only in quotes, fewer than 8 only as a word of their own. A piece counts when it has 12
/// characters, or 6 where it was cut: each of its ends is an end of the secret, or an edge of a quotation, or the end of a line or of the message.
/// </remarks>
internal sealed class SecretSearch
{
    /// <summary>How many comparisons a text is worth. No message needs so many, unless it is made for that.</summary>
    public const long Budget = 2_000_000;

    private const int ShortestWord = 4;
    private const int ShortestAnywhere = 8;
    private const int ShortestPiece = 12;

    // Also the length of the stretches by which the text is indexed.
    private const int ShortestCutPiece = 6;

    private readonly FoldedText _folded;
    private readonly string _text;
    private readonly bool _packed;

    // The places of all stretches, in chains by their hash.
    private readonly int[] _heads;
    private readonly int[] _next;

    public SecretSearch(FoldedText folded, bool packed)
    {
        (_folded, _text, _packed) = (folded, folded.Text, packed);
        _heads = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(_text.Length + 1) * 2)];
        _next = new int[_text.Length + 1];
        for (var i = _text.Length - ShortestCutPiece; i >= 0; i--)
        {
            ref var head = ref _heads[Slot(_text, i)];
            (_next[i], head) = (head, i + 1);
        }
    }

    /// <returns>False when the budget is used up.</returns>
    public bool TryFind(Needle[] needles, List<Range> ranges, ref long budget)
    {
        foreach (var needle in needles)
        {
            var text = _packed ? needle.Packed : needle.Text;
            if (text.Length < ShortestCutPiece)
            {
                FindShort(text, ranges);
            }
            else if (!TryFind(text, needle.IsWhole, ranges, ref budget))
            {
                return false;
            }
        }

        return true;
    }

    private void FindShort(string needle, List<Range> ranges)
    {
        if (_packed || needle.Length == 0)
        {
            return;
        }

        for (
            var at = _text.IndexOf(needle, StringComparison.Ordinal);
            at >= 0;
            at = _text.IndexOf(needle, at + 1, StringComparison.Ordinal)
        )
        {
            if (needle.Length < ShortestWord ? IsQuoted(at, needle.Length) : IsWord(at, needle.Length))
            {
                ranges.Add(_folded.Place(at, needle.Length));
            }
        }
    }

    private bool TryFind(string needle, bool isWhole, List<Range> ranges, ref long budget)
    {
        for (var from = 0; from <= needle.Length - ShortestCutPiece; from++)
        {
            for (var chain = _heads[Slot(needle, from)]; chain > 0; chain = _next[chain - 1])
            {
                var at = chain - 1;
                // The stretch that begins one character before holds this one.
                if (--budget < 0)
                {
                    return false;
                }

                if (at > 0 && from > 0 && _text[at - 1] == needle[from - 1])
                {
                    continue;
                }

                var length = _text.AsSpan(at).CommonPrefixLength(needle.AsSpan(from));
                budget -= length / ShortestCutPiece;
                if (
                    length >= ShortestCutPiece
                    && Counts(at, length, from == 0, from + length == needle.Length, isWhole)
                )
                {
                    ranges.Add(_folded.Place(at, length));
                }
            }

            // Pieces don't matter, so only its first characters are looked up.
            if (isWhole)
            {
                break;
            }
        }

        return budget >= 0;
    }

    private bool Counts(int at, int length, bool isStart, bool isEnd, bool isWhole)
    {
        if (isStart && isEnd)
        {
            return length >= (_packed ? ShortestPiece : ShortestAnywhere) || (!_packed && IsWord(at, length));
        }

        return !isWhole
            && (
                (_packed ? length : _folded.Length(at, length)) >= ShortestPiece
                || (
                    !_packed
                    && (isStart || TextEdge.IsBefore(_folded.Before(at)))
                    && (isEnd || TextEdge.IsBehind(_folded.Behind(at, length)))
                )
            );
    }

    private bool IsQuoted(int at, int length) =>
        _folded.Before(at) is [.., '\'' or '"' or '`'] && _folded.Behind(at, length) is ['\'' or '"' or '`', ..];

    private bool IsWord(int at, int length) =>
        !(_folded.Before(at) is [.., var before] && char.IsLetterOrDigit(before))
        && !(_folded.Behind(at, length) is [var behind, ..] && char.IsLetterOrDigit(behind));

    private int Slot(string text, int start)
    {
        var hash = 17u;
        foreach (var c in text.AsSpan(start, ShortestCutPiece))
        {
            hash = hash * 16_777_619 ^ c;
        }

        return (int)((hash ^ (hash >> 15)) & (uint)(_heads.Length - 1));
    }
}
