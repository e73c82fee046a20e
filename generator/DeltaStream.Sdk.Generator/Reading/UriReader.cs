using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Json;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Reading;

/// <summary>Reads the form of addresses.</summary>
internal static class UriReader
{
    public static UriSpec? Read(SpecObject property, SpecFaults faults)
    {
        if (property.Open("uri") is not { } json)
        {
            return null;
        }

        var schemes = json.Texts("schemes");
        foreach (var scheme in schemes.Where(s => !Names.IsScheme(s.Value)))
        {
            faults.Add(
                SpecDiagnostics.WrongValue,
                scheme.Span,
                "schemes",
                scheme.Value,
                "a scheme is written without ://, such as https"
            );
        }

        foreach (var twice in schemes.GroupBy(s => s.Value, StringComparer.Ordinal).SelectMany(g => g.Skip(1)))
        {
            faults.Add(SpecDiagnostics.Duplicate, twice.Span, "The scheme", twice.Value, "remove one");
        }

        var uri = new UriSpec
        {
            List = json.Flag("list"),
            Schemes = schemes.Select(s => s.Value).ToEquatableArray(),
            DefaultScheme = json.Text("defaultScheme"),
            PortRequired = json.Choice("port", required: true, "required", "optional") == "required",
            DefaultPort = json.Whole("defaultPort", minimum: 1, maximum: ushort.MaxValue),
            Path = json.Choice("path", required: true, "none", "any", "segment") ?? "none",
            SegmentName = json.Text("segmentName"),
            Query = json.Flag("query"),
            Instead = json.Members("instead").Select(m => Instead(m, faults)).OfType<string>().ToEquatableArray(),
        };
        json.Finish();

        if (uri.DefaultScheme is { } scheme2 && !uri.Schemes.Contains(scheme2))
        {
            json.Contradict("defaultScheme", $"The default scheme '{scheme2}' is none of the schemes: add it to them");
        }

        if (uri is { PortRequired: true, DefaultPort: not null })
        {
            json.Contradict(
                "defaultPort",
                "The port is required, so the default port is never in effect: remove one of the two"
            );
        }

        if (uri.SegmentName is not null && uri.Path != "segment")
        {
            json.Contradict(
                "segmentName",
                "Only a path of one segment has a name: set path to segment, or remove the name"
            );
        }

        return uri;
    }

    private static string? Instead(JsonMember member, SpecFaults faults)
    {
        if (member.Value is JsonString text && (member.Name is "" or "*" || Names.IsScheme(member.Name)))
        {
            return $"{member.Name}={text.Value}";
        }

        faults.Add(
            SpecDiagnostics.WrongType,
            member.Value.Span,
            "instead",
            "an object that has an address such as https://{host}.example.com{path} for each scheme, and for * a sentence",
            $"an object with {member.Value.Kind} by '{member.Name}'"
        );
        return null;
    }
}
