using System.Collections.Immutable;
using System.Globalization;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.Sdk.Uris;

namespace DeltaStream.Sdk.Generator.Analysis;

/// <summary>Judges addresses by the form that the validator judges them by.</summary>
internal static class UriFaults
{
    public static IEnumerable<(string Place, string Fault)> Of(PropertySpec property, string text)
    {
        var form = FormOf(property, property.Uri!);
        var several = form.List && text.IndexOf(',') >= 0;
        var all = several ? text.Split(',') : [text];
        for (var i = 0; i < all.Length; i++)
        {
            if (form.FindFault(all[i].AsSpan()) is { } fault)
            {
                var index = several ? $"[{i.ToString(CultureInfo.InvariantCulture)}]" : string.Empty;
                yield return (property.Name + index, fault);
            }
        }
    }

    private static StoreUriForm FormOf(PropertySpec property, UriSpec uri)
    {
        return new StoreUriForm
        {
            List = uri.List,
            Schemes = uri.Schemes.ToImmutableArray(),
            DefaultScheme = uri.DefaultScheme,
            PortRequired = uri.PortRequired,
            Path = (StoreUriPath)Enum.Parse(typeof(StoreUriPath), Names.Pascal(uri.Path)),
            SegmentName = uri.SegmentName ?? new StoreUriForm().SegmentName,
            Query = uri.Query,
            Example = property.Examples.Count > 0 ? property.Examples[0] : null,
        };
    }
}
