namespace DeltaStream.Data.Values;

/// <summary>Takes a text apart from its beginning.</summary>
internal ref struct TextScanner(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;

    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>How many digits come next.</summary>
    public readonly int DigitsAhead
    {
        get
        {
            var end = _rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            return end < 0 ? _rest.Length : end;
        }
    }

    public bool Take(char c)
    {
        if (_rest.IsEmpty || _rest[0] != c)
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }

    /// <summary>Takes exactly so many digits, at most 9.</summary>
    public bool TakeNumber(int digits, out int number)
    {
        number = 0;
        if (_rest.Length < digits)
        {
            return false;
        }

        for (var i = 0; i < digits; i++)
        {
            var digit = _rest[i] - '0';
            if (digit is < 0 or > 9)
            {
                return false;
            }

            number = number * 10 + digit;
        }

        _rest = _rest[digits..];
        return true;
    }

    /// <summary>Takes digits after a decimal point as ticks of 100 ns; what is finer is cut off.</summary>
    public bool TakeFraction(out int ticks)
    {
        ticks = 0;
        var digits = DigitsAhead;
        for (var i = 0; i < 7; i++)
        {
            ticks = ticks * 10 + (i < digits ? _rest[i] - '0' : 0);
        }

        _rest = _rest[digits..];
        return digits > 0;
    }

    /// <summary>Takes ASCII letters.</summary>
    public ReadOnlySpan<byte> TakeWord()
    {
        var end = 0;
        while (end < _rest.Length && char.IsAsciiLetter((char)_rest[end]))
        {
            end++;
        }

        var word = _rest[..end];
        _rest = _rest[end..];
        return word;
    }
}
