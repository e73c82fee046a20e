using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DeltaStream.Sdk.Generator.Tests.Running;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeltaStream.Sdk.Generator.Tests.Language;

/// <summary>Finds in C# what only a spec may say: the names of a subtype, and the keys that are its own.</summary>
/// <remarks>
/// Identifiers and literals count, comments and XML docs don't. A name counts in any case, as a word: of a literal, or of
/// an identifier in PascalCase or camelCase. A key counts unless most subtypes have it.
/// <para>
/// A subtype whose type is called like a protocol that specs can name (<c>probe.protocol</c> of the schema) shares its
/// names with that protocol, which the house speaks and must be able to name: PostgreSQL. Of such a subtype these count
/// alone: in identifiers the names of generated types, and its member of the registry (<c>StoreSubtypes.Postgres</c>); in
/// literals its type and its subtype as the spec writes them, and the subtype in PascalCase, unless two dashes make it an
/// option of a command line. So <c>PostgresException</c>, <c>"PostgreSQL"</c>, <c>"postgresql"</c> and <c>"--postgres"</c>
/// are the protocol's, while <c>PostgresStoreArgs</c>, <c>"POSTGRESQL"</c>, <c>"postgres"</c> and
/// <c>"postgres.password"</c> are the subtype's.
/// </para>
/// </remarks>
internal sealed class SubtypeWords
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    private readonly List<Regex> _inIdentifiers = [];
    private readonly List<Regex> _inLiterals = [];
    private readonly HashSet<string> _registryMembers = new(StringComparer.Ordinal);

    /// <param name="specs">The specs, as JSON.</param>
    /// <param name="protocols">The protocols that a spec can name.</param>
    public SubtypeWords(IReadOnlyCollection<JsonNode> specs, IReadOnlyCollection<string> protocols)
    {
        foreach (var spec in specs)
        {
            Add(spec, protocols);
        }

        var keys = specs
            .SelectMany(Keys)
            .CountBy(k => k, StringComparer.Ordinal)
            .Where(k => k.Value * 2 <= specs.Count);
        foreach (var (key, _) in keys)
        {
            _inLiterals.Add(Word(key));
        }
    }

    public static SubtypeWords OfTheSpecs() =>
        new(
            [.. Repository.All().Select(s => JsonNode.Parse(s.GetText()!.ToString())!)],
            [
                .. JsonNode.Parse(Repository.Schema)!["properties"]!["probe"]!["properties"]!["protocol"]!["enum"]!
                    .AsArray()
                    .Select(p => (string)p!),
            ]
        );

    /// <summary>What is found, as line and word.</summary>
    /// <param name="code">A C# file.</param>
    public IEnumerable<(int Line, string Word)> Find(string code) =>
        // What one framework compiles another may leave out.
        new[] { Array.Empty<string>(), ["NET", "DEBUG"] }
            .Select(symbols => CSharpParseOptions.Default.WithPreprocessorSymbols(symbols))
            .SelectMany(options => CSharpSyntaxTree.ParseText(code, options).GetRoot().DescendantTokens())
            .SelectMany(t => Words(t).Select(w => (t.GetLocation().GetLineSpan().StartLinePosition.Line + 1, w)))
            .Distinct();

    private IEnumerable<string> Words(SyntaxToken token)
    {
        if (token.IsKind(SyntaxKind.IdentifierToken))
        {
            var isRegistryMember =
                _registryMembers.Contains(token.ValueText)
                && token.GetPreviousToken() is var dot
                && dot.IsKind(SyntaxKind.DotToken)
                && dot.GetPreviousToken().ValueText == "StoreSubtypes";
            return _inIdentifiers
                .Select(r => r.Match(token.ValueText))
                .Where(m => m.Success)
                .Select(m => m.Value)
                .Concat(isRegistryMember ? [token.ValueText] : []);
        }

        return
            token.Kind()
                is SyntaxKind.StringLiteralToken
                    or SyntaxKind.SingleLineRawStringLiteralToken
                    or SyntaxKind.MultiLineRawStringLiteralToken
                    or SyntaxKind.Utf8StringLiteralToken
                    or SyntaxKind.Utf8SingleLineRawStringLiteralToken
                    or SyntaxKind.Utf8MultiLineRawStringLiteralToken
                    or SyntaxKind.InterpolatedStringTextToken
            ? _inLiterals.Select(r => r.Match(token.ValueText)).Where(m => m.Success).Select(m => m.Value)
            : [];
    }

    private void Add(JsonNode spec, IReadOnlyCollection<string> protocols)
    {
        var (subtype, type) = ((string)spec["subtype"]!, (string)spec["type"]!);
        var stem = Names.Pascal(subtype);
        var camel = char.ToLowerInvariant(stem[0]) + stem[1..];
        if (protocols.Contains(type, StringComparer.OrdinalIgnoreCase))
        {
            var types = Enums(spec).Append("StoreArgs").Select(t => Regex.Escape(stem + t));
            _inIdentifiers.Add(new Regex($"(?:{string.Join('|', types)})(?![a-z])", RegexOptions.None, s_limit));
            _registryMembers.Add(stem);
            foreach (var word in new[] { type, subtype, stem })
            {
                _inLiterals.Add(Word(word, before: "(?<!--)"));
            }

            return;
        }

        var names = $"{Regex.Escape(stem)}|(?<![A-Za-z0-9]){Regex.Escape(camel)}|(?<![A-Za-z0-9]){Regex.Escape(type)}";
        _inIdentifiers.Add(new Regex($"(?:{names})(?![a-z0-9])", RegexOptions.None, s_limit));
        foreach (var word in new[] { type, subtype, stem })
        {
            _inLiterals.Add(Word(word, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant));
        }
    }

    private static Regex Word(string word, RegexOptions options = RegexOptions.None, string before = "") =>
        new($"{before}(?<![A-Za-z0-9_]){Regex.Escape(word)}(?![A-Za-z0-9_])", options, s_limit);

    private static IEnumerable<string> Keys(JsonNode spec) =>
        spec["properties"]!.AsObject().Select(p => (string)p.Value!["key"]!);

    private static IEnumerable<string> Enums(JsonNode spec) =>
        spec["properties"]!.AsObject().Where(p => (string?)p.Value!["kind"] == "enum").Select(p => Names.Pascal(p.Key));
}
