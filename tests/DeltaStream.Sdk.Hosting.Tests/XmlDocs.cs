using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DeltaStream.Sdk.Hosting.Tests;

/// <summary>What the XML docs say of a member, in plain text.</summary>
internal static partial class XmlDocs
{
    private static readonly Dictionary<string, XElement> s_members = new[]
    {
        "DeltaStream.Data",
        "DeltaStream.Sdk.Hosting",
    }
        .SelectMany(a => XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{a}.xml")).Descendants("member"))
        .ToDictionary(m => m.Attribute("name")!.Value, StringComparer.Ordinal);

    public static string SummaryOf(Type type, string property) =>
        Spaces().Replace(TextOf(s_members[$"P:{type.FullName}.{property}"].Element("summary")!), " ").Trim();

    private static string TextOf(XElement element) =>
        string.Concat(
            element
                .Nodes()
                .Select(n =>
                    n switch
                    {
                        XElement { Name.LocalName: "see" } see => Last(see.Attribute("cref")!.Value),
                        XElement inner => TextOf(inner),
                        XText text => text.Value,
                        _ => "",
                    }
                )
        );

    private static string Last(string cref) => cref.Split('(')[0].Split('.')[^1];

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Spaces();
}
