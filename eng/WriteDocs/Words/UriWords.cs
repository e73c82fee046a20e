using System.Globalization;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.WriteDocs.Words;

/// <summary>Says the form of addresses. What is in brackets may be left out.</summary>
internal static class UriWords
{
    /// <summary>Says the form.</summary>
    /// <param name="uri">The form.</param>
    /// <param name="code">Marks code.</param>
    public static string Of(UriSpec uri, Func<string, string> code)
    {
        var rest =
            $"host{(uri.PortRequired ? ":port" : "[:port]")}{Path(uri)}{(uri.Query ? "[?query]" : string.Empty)}";
        var forms =
            uri.Schemes.Count == 0
                ? [rest]
                : uri.Schemes.Select(s => (s == uri.DefaultScheme ? $"[{s}://]" : $"{s}://") + rest);
        var words = Wording.Or(forms.Select(code));
        if (uri.List)
        {
            words += ", several separated by commas";
        }

        return uri.DefaultPort is { } port
            ? $"{words}; the port is {port.ToString(CultureInfo.InvariantCulture)} when none is given"
            : words;
    }

    private static string Path(UriSpec uri) =>
        uri.Path switch
        {
            "segment" => $"/<{uri.SegmentName ?? "path"}>",
            "any" => "[/path]",
            _ => string.Empty,
        };
}
