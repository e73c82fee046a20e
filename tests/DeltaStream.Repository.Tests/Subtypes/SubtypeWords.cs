using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeltaStream.Repository.Tests.Subtypes;

/// <summary>Finds in C# what only a spec may say: the names of a subtype, and the keys that are its own.</summary>
/// <remarks>
/// Identifiers and literals count; comments don't. A name counts in any case and with any separator (<c>ClickHouse</c>,
/// <c>ICEBERG_REST</c>, <c>Iceberg REST</c>), as a whole word of a text or of an identifier. A key counts unless most subtypes
/// have it. PostgreSQL is also a protocol that the house speaks. Of such a subtype these count alone: its generated types, its
/// member of the registry, and in literals its type and its subtype, unless two dashes make it an option of a command.
/// </remarks>
internal sealed class SubtypeWords
{
    // A word of an identifier begins with a capital, or stands alone.
    private const string Start = "(?:(?<![A-Za-z0-9])|(?<![A-Z])(?=[A-Z]))";

    private readonly Regex _inNames;
    private readonly Regex _inTexts;

    private SubtypeWords(IEnumerable<string> inNames, IEnumerable<string> inTexts)
    {
        _inNames = Any(inNames);
        _inTexts = Any(inTexts);
    }

    /// <summary>The words of the repository's specs.</summary>
    public static SubtypeWords OfTheSpecs()
    {
        var folder = Path.Combine(TestSupport.Repository.Root, "specs");
        var specs = Directory
            .GetFiles(folder, "*.store.json")
            .Select(f => JsonNode.Parse(File.ReadAllText(f))!)
            .ToArray();
        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "store-spec.schema.json")))!;
        var protocols = schema["properties"]!["probe"]!["properties"]!["protocol"]!["enum"]!.AsArray();
        var isProtocol = specs.ToLookup(s =>
            protocols.Any(p => string.Equals((string)p!, (string)s["type"]!, StringComparison.OrdinalIgnoreCase))
        );
        var names = isProtocol[false]
            .SelectMany(s => new[] { "subtype", "type", "title" }.Select(k => (string)s[k]!))
            .Select(n => $"{Start}(?i:{string.Join("[-_ ]?", Words(n))})(?![a-z0-9])");
        var types = isProtocol[true]
            .Select(s => $"{Pascal(s)}(?:{string.Join('|', Enums(s).Append("StoreArgs"))})(?![a-z])");
        var members = isProtocol[true].Select(s => $@"StoreSubtypes\.{Pascal(s)}\b");
        var protocolTexts = isProtocol[true]
            .SelectMany(s => new[] { (string)s["type"]!, (string)s["subtype"]!, Pascal(s) })
            .Select(w => $"(?<!--)(?<![A-Za-z0-9]){w}(?![A-Za-z0-9])");
        var keys = specs
            .SelectMany(s => s["properties"]!.AsObject().Select(p => (string)p.Value!["key"]!))
            .CountBy(k => k, StringComparer.Ordinal)
            .Where(k => k.Value * 2 <= specs.Length)
            .Select(k => $"(?<![A-Za-z0-9])(?i:{Regex.Escape(k.Key)})(?![A-Za-z0-9])");
        string[] inNames = [.. names, .. types, .. members];
        return new SubtypeWords(inNames, [.. keys, .. inNames, .. protocolTexts]);
    }

    /// <summary>What is found in C#, also in what no compilation sees.</summary>
    public IEnumerable<string> Find(string code)
    {
        var root = CSharpSyntaxTree.ParseText(code).GetRoot();
        var tokens = root.DescendantTokens().ToArray();
        // With the dots between identifiers, for members of the registry.
        var names = string.Join(
            ' ',
            tokens.Where(t => t.Kind() is SyntaxKind.IdentifierToken or SyntaxKind.DotToken).Select(t => t.ValueText)
        );
        return _inNames
            .Matches(names.Replace(" . ", ".", StringComparison.Ordinal))
            .Select(m => m.Value)
            .Concat(
                tokens
                    .Where(t => t.Value is string && !t.IsKind(SyntaxKind.IdentifierToken))
                    .SelectMany(t => FindInText(t.ValueText))
            )
            .Concat(
                root.DescendantTrivia()
                    .Where(t => t.IsKind(SyntaxKind.DisabledTextTrivia))
                    .SelectMany(t => Find(t.ToString()))
            );
    }

    /// <summary>What is found in a text that is not C#.</summary>
    public IEnumerable<string> FindInText(string text) => _inTexts.Matches(text).Select(m => m.Value);

    private static Regex Any(IEnumerable<string> patterns) =>
        new(string.Join('|', patterns.Select(p => $"(?:{p})")), RegexOptions.None, TimeSpan.FromSeconds(10));

    private static IEnumerable<string> Enums(JsonNode spec) =>
        spec["properties"]!
            .AsObject()
            .Where(p => (string?)p.Value!["kind"] == "enum")
            .Select(p => char.ToUpperInvariant(p.Key[0]) + p.Key[1..]);

    private static string Pascal(JsonNode spec) =>
        string.Concat(((string)spec["subtype"]!).Split('-').Select(w => char.ToUpperInvariant(w[0]) + w[1..]));

    // Also where a capital begins a word, as in ClickHouse.
    private static IEnumerable<string> Words(string name) =>
        Regex
            .Matches(name, "[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*", RegexOptions.None, TimeSpan.FromSeconds(1))
            .Select(m => m.Value);
}
