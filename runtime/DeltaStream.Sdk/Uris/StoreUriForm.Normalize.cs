using System.Globalization;

namespace DeltaStream.Sdk.Uris;

public sealed partial class StoreUriForm
{
    /// <summary>Writes addresses in full: scheme, port, no slash at the end (wire fact 2.6).</summary>
    /// <param name="value">Addresses that passed validation.</param>
    /// <returns>The same string when it says everything already.</returns>
    public string Normalize(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return IsFull(value) ? value
            : List ? string.Join(',', value.Split(',').Select(NormalizeOne))
            : NormalizeOne(value);
    }

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

    private bool LacksScheme(UriParts parts) => parts.Scheme.IsEmpty && DefaultScheme is not null;

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
