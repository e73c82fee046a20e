using System.Globalization;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.Sdk.Uris;

namespace DeltaStream.Sdk.Generator.Samples;

/// <summary>The form in which the SDK sends an address, whatever was left out of it (wire fact 2.6).</summary>
internal static class FullAddress
{
    /// <summary>What to do to have the full form; null when it is it already.</summary>
    public static string? Lacks(string value, UriSpec form) =>
        (form.List ? value.Split(',') : [value]).Select(a => LacksOne(a, form)).FirstOrDefault(l => l is not null);

    private static string? LacksOne(string address, UriSpec form)
    {
        var parts = UriParts.Split(address.AsSpan());
        return parts.Scheme.IsEmpty && form.DefaultScheme is { } scheme ? $"start it with {scheme}://"
            : !parts.HasPort && form.DefaultPort is { } port
                ? $"add the port :{port.ToString(CultureInfo.InvariantCulture)}"
            : form.Path != "any" && parts.Path.TrimEnd('/').Length < parts.Path.Length
                ? "take the slash away at the end"
            : null;
    }
}
