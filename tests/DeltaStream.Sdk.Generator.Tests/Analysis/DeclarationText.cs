using System.Globalization;
using DeltaStream.Sdk.Generator.Emission;
using DeltaStream.Sdk.Generator.Reading;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Analysis;

/// <summary>Members of a declaration and their values, which can be written as C# and be given to a record.</summary>
internal static class DeclarationText
{
    public static StoreSpec Read(SpecFile file) =>
        SpecReader.Read(file.Path, file.GetText()).Spec
        ?? throw new ArgumentException($"{file.Path} is no right spec.");

    /// <summary>The declaration in C#.</summary>
    public static string Creation(StoreSpec spec, IEnumerable<KeyValuePair<string, object>> members) =>
        $"new {CSharp.Root}.{spec.ClassName} {Braces(spec, members)}";

    /// <summary>The braces of an object initializer or a 'with'.</summary>
    public static string Braces(StoreSpec spec, IEnumerable<KeyValuePair<string, object>> members) =>
        $"{{ {string.Join(", ", members.Select(m => $"{m.Key} = {Expression(spec, m.Key, m.Value)}"))} }}";

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
