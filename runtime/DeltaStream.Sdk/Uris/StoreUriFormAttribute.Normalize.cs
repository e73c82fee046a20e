using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace DeltaStream.Sdk.Uris;

public sealed partial class StoreUriFormAttribute
{
    /// <summary>Writes addresses in full: with scheme and port, without a slash at the end (wire fact 2.6).</summary>
    /// <param name="value">Addresses that passed validation, or null.</param>
    /// <returns>The addresses; the same string when nothing is to be added or removed.</returns>
    [return: NotNullIfNotNull(nameof(value))]
    public string? Normalize(string? value) =>
        value is null || IsFull(value) ? value
        : List ? string.Join(',', value.Split(',').Select(NormalizeOne))
        : NormalizeOne(value);

    private bool IsFull(string value)
    {
        // Where nothing is ever added there is only a slash to lose.
        if (DefaultScheme is null && DefaultPort == 0 && !value.Contains('/', StringComparison.Ordinal))
        {
            return true;
        }

        if (!List)
        {
            return IsFull(UriParts.Split(value));
        }

        foreach (var range in value.AsSpan().Split(','))
        {
            if (!IsFull(UriParts.Split(value.AsSpan()[range])))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsFull(UriParts parts) =>
        !LacksScheme(parts) && !LacksPort(parts) && KeptPath(parts).Length == parts.Path.Length;

    private bool LacksScheme(UriParts parts) =>
        parts is { Scheme.IsEmpty: true, AuthorityStart: 0 } && DefaultScheme is not null;

    private bool LacksPort(UriParts parts) => !parts.HasPort && DefaultPort > 0;

    private ReadOnlySpan<char> KeptPath(UriParts parts) =>
        Path == StoreUriPath.Any ? parts.Path : parts.Path.TrimEnd('/');

    private string NormalizeOne(string value)
    {
        var parts = UriParts.Split(value);
        var scheme = LacksScheme(parts) ? $"{DefaultScheme}://" : value[..parts.AuthorityStart];
        var port = LacksPort(parts) ? string.Create(CultureInfo.InvariantCulture, $":{DefaultPort}") : string.Empty;
        return string.Concat(string.Concat(scheme, parts.Authority, port), KeptPath(parts), parts.QueryAndFragment);
    }
}
