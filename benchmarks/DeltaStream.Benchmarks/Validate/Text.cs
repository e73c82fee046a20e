using System.Buffers;
using System.Globalization;

namespace DeltaStream.Benchmarks.Validate;

/// <summary>The checks of texts that FluentValidation has no rule for.</summary>
/// <remarks>They are quick and allocate nothing: what is compared is two ways to validate, not a slow predicate.</remarks>
internal static class Text
{
    private static readonly SearchValues<char> s_breaks = SearchValues.Create("\0\n\v\f\r\u0085\u2028\u2029");

    private static readonly SearchValues<char> s_host = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._"
    );

    /// <summary>Whether the text holds no NUL, no line break and no lone surrogate.</summary>
    public static bool IsSendable(string value) => !value.AsSpan().ContainsAny(s_breaks) && IsWellFormed(value);

    /// <summary>Whether the text holds no control character.</summary>
    public static bool HasNoControl(string value)
    {
        foreach (var c in value)
        {
            if (char.IsControl(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the text is brokers as host:port, several separated by commas.</summary>
    public static bool IsBrokerList(string value)
    {
        foreach (var range in value.AsSpan().Split(','))
        {
            if (!IsBroker(value.AsSpan()[range]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsBroker(ReadOnlySpan<char> value)
    {
        var colon = value.LastIndexOf(':');
        return colon > 0
            && !value[..colon].ContainsAnyExcept(s_host)
            && ushort.TryParse(value[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port > 0;
    }

    private static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAnyInRange('\ud800', '\udfff') is var index and >= 0)
        {
            text = text[index..];
            if (text.Length < 2 || !char.IsSurrogatePair(text[0], text[1]))
            {
                return false;
            }

            text = text[2..];
        }

        return true;
    }
}
