using System.Globalization;
using DeltaStream.Sdk.Generator.Emission;
using DeltaStream.Sdk.Generator.Reading;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Analysis;

/// <summary>Members of a declaration and their values, which can be written as C# and be given to a record.</summary>
internal static class DeclarationText
{
    public const string Pem = "-----BEGIN X-----\nAAAA\n-----END X-----\n";

    public static StoreSpec Read(SpecFile file) =>
        SpecReader.Read(file.Path, file.GetText()).Spec
        ?? throw new ArgumentException($"{file.Path} is no right spec.");

    /// <summary>The declaration in C#.</summary>
    public static string Creation(StoreSpec spec, IEnumerable<KeyValuePair<string, object>> members) =>
        $"new {CSharp.Root}.{spec.ClassName} {Braces(spec, members)}";

    /// <summary>The braces of an object initializer or a 'with'.</summary>
    public static string Braces(StoreSpec spec, IEnumerable<KeyValuePair<string, object>> members) =>
        $"{{ {string.Join(", ", members.Select(m => $"{m.Key} = {Expression(spec, m.Key, m.Value)}"))} }}";

    /// <summary>A value of a property that breaks no rule by itself.</summary>
    public static object Right(PropertySpec property) =>
        property.Kind switch
        {
            PropertyKind.Boolean => true,
            PropertyKind.Integer => property.Minimum ?? property.Maximum ?? 0L,
            PropertyKind.Enum => property.Values[0].Member,
            PropertyKind.File => Pem,
            PropertyKind.Uris => property.Examples.Count > 0 ? property.Examples[0] : RightAddress(property.Uri!),
            _ when property.Examples.Count > 0 && property.MaxLength is null => property.Examples[0],
            _ => new string('x', (int)Math.Max(1, property.MinLength)),
        };

    /// <summary>A value as a spec writes it, as a member has it.</summary>
    public static object OfSpec(PropertySpec property, string value) =>
        property.Kind switch
        {
            PropertyKind.Boolean => value == "true",
            PropertyKind.Integer => long.Parse(value, CultureInfo.InvariantCulture),
            _ => property.Values.Single(v => v.Name == value).Member,
        };

    private static string RightAddress(UriSpec uri) =>
        (uri.Schemes.Count > 0 ? $"{uri.Schemes[0]}://" : string.Empty)
        + "h.example.com:1"
        + (uri.Path == "segment" ? "/s" : string.Empty);

    private static string Expression(StoreSpec spec, string member, object value)
    {
        var property = spec.Properties.FirstOrDefault(p => p.Member == member);
        return (property?.Kind, value) switch
        {
            (PropertyKind.File, string text) => $"{CSharp.Root}.StoreFile.FromText({CSharp.Literal(text)})",
            (PropertyKind.Enum, string name) => $"{CSharp.TypeOf(spec, property!)}.{name}",
            (PropertyKind.Enum, int number) => $"({CSharp.TypeOf(spec, property!)})({CSharp.Number(number)})",
            (_, string text) => CSharp.Literal(text),
            (_, bool flag) => CSharp.Bool(flag),
            (_, var number) => $"({CSharp.Number(Convert.ToInt64(number, CultureInfo.InvariantCulture))}L)",
        };
    }
}
