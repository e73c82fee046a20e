using DeltaStream.Declarations;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.Sdk.Statements;
using DeltaStream.WriteDocs.Stores.Examples;
using DeltaStream.WriteDocs.Words;

namespace DeltaStream.WriteDocs.Stores;

/// <summary>One program for each way to authenticate, and the statement that it becomes.</summary>
internal static class ExampleSection
{
    public static string Of(IReadOnlyList<Declaration> ways)
    {
        var titles = TitlesOf(ways);
        var words =
            "## Declare a store\n\n"
            + "`client` is a `StoreClient`, made as [the README](../../README.md) shows, and `configuration` an `IConfiguration`: secrets are read "
            + "from outside the code. What the client sends stands below each program, with secrets redacted as everywhere but on the wire. It "
            + "is one line; here it is broken for reading.\n";
        for (var i = 0; i < ways.Count; i++)
        {
            words += $"\n{titles[i]}{Program(ways[i])}";
        }

        return words;
    }

    private static string Program(Declaration way) =>
        $"""
            {Markdown.Block("csharp", DeclarationCode.Create(way))}
            {Markdown.Block("sql", StatementLines.Of(StoreStatement.Create(way.ToStore())))}
            """;

    /// <summary>What sets each way apart from the others; nothing when there is one way.</summary>
    private static string[] TitlesOf(IReadOnlyList<Declaration> ways) =>
        ways.Count == 1 ? [string.Empty] : [.. ways.Select((w, i) => TitleOf(w, i + 1, ways))];

    private static string TitleOf(Declaration way, int number, IReadOnlyList<Declaration> ways)
    {
        var spec = way.Spec;
        var choices = way
            .Properties.Where(p =>
                p.Property.Kind == PropertyKind.Enum && ways.Any(w => !p.Value.Equals(w.ValueOf(p.Property)))
            )
            .Select(p => (p.Property, Value: p.Property.Values.Single(v => p.Value.Equals(v.Member))))
            .ToArray();
        if (choices.Length > 0)
        {
            var names = choices.Select(c => $"{spec.EnumName(c.Property)}.{c.Value.Member}");
            var meaning = string.Join(' ', choices.Select(c => Markdown.Text(c.Value.Description)));
            return $"### With {Markdown.Codes(names)}\n\n{meaning}\n\n";
        }

        var own = spec.Properties.Where(p => way.Has(p) && !ways.All(w => w.Has(p))).Select(p => p.Member).ToArray();
        var others = spec.Properties.Where(p => !way.Has(p) && ways.Any(w => w.Has(p))).Select(p => p.Member).ToArray();
        var title =
            own.Length > 0 ? $"With {Markdown.Codes(own)}"
            : others.Length > 0 ? $"Without {Markdown.Codes(others)}"
            : $"Way {number}";
        return $"### {title}\n\n";
    }
}
