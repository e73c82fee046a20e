using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DeltaStream.Sdk.Generator.Tests.Running;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeltaStream.Sdk.Generator.Tests.Language;

/// <summary>Finds in C# what only a spec may say: the names of a subtype, and the keys that are its own.</summary>
/// <remarks>
/// Identifiers and literals count, comments and XML docs don't; what no compilation sees counts as well. A name counts in any
/// case and with any separator (<c>ClickHouse</c>, <c>ICEBERG_REST</c>, <c>Iceberg REST</c>), as whole words: of a text, or of an
/// identifier. A key counts unless most subtypes have it.
/// <para>
/// A subtype whose type is called like a protocol that specs can name (<c>probe.protocol</c> of the schema) shares its
/// names with that protocol, which the house speaks and must be able to name: PostgreSQL. Of such a subtype these count
/// alone: the names of generated types, and its member of the registry (<c>StoreSubtypes.Postgres</c>); in literals also
/// its type and its subtype as the spec writes them, and the subtype in PascalCase, unless two dashes make it an
/// option of a command line. So <c>PostgresException</c>, <c>"PostgreSQL"</c>, <c>"postgresql"</c> and <c>"--postgres"</c>
/// are the protocol's, while <c>PostgresStoreArgs</c>, <c>"POSTGRESQL"</c>, <c>"postgres"</c> and
/// <c>"postgres.password"</c> are the subtype's.
/// </para>
/// </remarks>
internal sealed partial class SubtypeWords
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    // By their letters and digits alone.
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Regex> _types = [];
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
            _inLiterals.Add(Word(key, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant));
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
    public IEnumerable<(int Line, string Word)> Find(string code) => Find(code, line: 1).Distinct();

    /// <summary>What is found in a text that is no C#: a file's name, or a value of a project.</summary>
    public IEnumerable<string> FindInText(string text) =>
        Names(text)
            .Concat(_types.Concat(_inLiterals).Select(r => r.Match(text)).Where(m => m.Success).Select(m => m.Value));

    private IEnumerable<(int Line, string Word)> Find(string code, int line)
    {
        var root = CSharpSyntaxTree.ParseText(code).GetRoot();
        foreach (var token in root.DescendantTokens())
        {
            foreach (var word in Words(token))
            {
                yield return (line + LineOf(token.GetLocation()), word);
            }
        }

        // No symbols are defined here: what only some compile is as much the house's as the rest.
        foreach (var left in root.DescendantTrivia().Where(t => t.IsKind(SyntaxKind.DisabledTextTrivia)))
        {
            foreach (var found in Find(left.ToString(), line + LineOf(left.GetLocation())))
            {
                yield return found;
            }
        }
    }

    private static int LineOf(Location location) => location.GetLineSpan().StartLinePosition.Line;

    private IEnumerable<string> Words(SyntaxToken token) =>
        token.IsKind(SyntaxKind.IdentifierToken)
            ? Names(token.ValueText)
                .Concat(_types.Select(r => r.Match(token.ValueText)).Where(m => m.Success).Select(m => m.Value))
                .Concat(IsRegistryMember(token) ? [token.ValueText] : [])
        : IsText(token) && !IsText(Added(token, t => t.GetPreviousToken())) ? FindInText(Joined(token))
        : [];

    private bool IsRegistryMember(SyntaxToken token) =>
        _registryMembers.Contains(token.ValueText)
        && token.GetPreviousToken() is var dot
        && dot.IsKind(SyntaxKind.DotToken)
        && dot.GetPreviousToken().ValueText == "StoreSubtypes";

    private static bool IsText(SyntaxToken token) =>
        token.Kind()
            is SyntaxKind.StringLiteralToken
                or SyntaxKind.SingleLineRawStringLiteralToken
                or SyntaxKind.MultiLineRawStringLiteralToken
                or SyntaxKind.Utf8StringLiteralToken
                or SyntaxKind.Utf8SingleLineRawStringLiteralToken
                or SyntaxKind.Utf8MultiLineRawStringLiteralToken
                or SyntaxKind.InterpolatedStringTextToken;

    // "one" + "other" is one text.
    private static string Joined(SyntaxToken token) =>
        Added(token, t => t.GetNextToken()) is var next && IsText(next)
            ? token.ValueText + Joined(next)
            : token.ValueText;

    private static SyntaxToken Added(SyntaxToken token, Func<SyntaxToken, SyntaxToken> step) =>
        step(token) is var plus && plus.IsKind(SyntaxKind.PlusToken) ? step(plus) : default;

    private IEnumerable<string> Names(string text)
    {
        var words = WordOfText().Matches(text);
        for (var first = 0; first < words.Count; first++)
        {
            var (start, letters) = (words[first].Index, string.Empty);
            for (var last = first; last < words.Count; last++)
            {
                var end = words[last].Index;
                if (last > first && !IsGap(text.AsSpan((words[last - 1].Index + words[last - 1].Length)..end)))
                {
                    break;
                }

                letters += words[last].Value;
                if (_names.Contains(letters))
                {
                    yield return text[start..(end + words[last].Length)];
                }
            }
        }
    }

    private static bool IsGap(ReadOnlySpan<char> text) => text.Length == 0 || text is "-" or "_" or " ";

    private void Add(JsonNode spec, IReadOnlyCollection<string> protocols)
    {
        var (subtype, type) = ((string)spec["subtype"]!, (string)spec["type"]!);
        var stem = Specs.Names.Pascal(subtype);
        if (protocols.Contains(type, StringComparer.OrdinalIgnoreCase))
        {
            var types = Enums(spec).Append("StoreArgs").Select(t => Regex.Escape(stem + t));
            _types.Add(new Regex($"(?:{string.Join('|', types)})(?![a-z])", RegexOptions.None, s_limit));
            _registryMembers.Add(stem);
            foreach (var word in new[] { type, subtype, stem })
            {
                _inLiterals.Add(Word(word, before: "(?<!--)"));
            }

            return;
        }

        foreach (var name in new[] { subtype, type, (string)spec["title"]! })
        {
            _names.Add(string.Concat(name.Where(char.IsAsciiLetterOrDigit)));
        }
    }

    private static Regex Word(string word, RegexOptions options = RegexOptions.None, string before = "") =>
        new($"{before}(?<![A-Za-z0-9]){Regex.Escape(word)}(?![A-Za-z0-9])", options, s_limit);

    [GeneratedRegex(
        "[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[0-9]+",
        RegexOptions.None,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex WordOfText();

    private static IEnumerable<string> Keys(JsonNode spec) =>
        spec["properties"]!.AsObject().Select(p => (string)p.Value!["key"]!);

    private static IEnumerable<string> Enums(JsonNode spec) =>
        spec["properties"]!
            .AsObject()
            .Where(p => (string?)p.Value!["kind"] == "enum")
            .Select(p => Specs.Names.Pascal(p.Key));
}
