using DeltaStream.Declarations;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.Sdk.Statements;
using DeltaStream.WriteDocs.Stores.Examples;
using DeltaStream.WriteDocs.Words;

namespace DeltaStream.WriteDocs.Stores;

/// <summary>What an update changes in place, what it sends with it, and what it does with what was taken away.</summary>
internal static class UpdateSection
{
    public static string Of(StoreSpec spec, Way way) =>
        $"## Update in place\n\n{InPlace(spec)}{Groups(spec)}{TakenAway(spec)}{Example(way)}";

    private static string InPlace(StoreSpec spec)
    {
        var mutable = spec.Properties.Where(p => p.Mutable).Select(p => p.Member).ToArray();
        var anew = spec
            .Properties.Where(p => !p.Mutable)
            .Select(p => p.Member)
            .Prepend("Name")
            .Append("Owner")
            .ToArray();
        var can =
            mutable.Length == 0
                ? "Nothing can be updated in place."
                : $"{Markdown.Codes(mutable)} can be updated in place: `UpdateAsync` sends what changed.";
        return $"{can} Another {Codes(anew)} needs a new store: an update is refused before anything is sent.\n";
    }

    private static string Groups(StoreSpec spec) =>
        string.Concat(
            spec.Groups.Select(g =>
            {
                var members = Markdown.Codes(g.Members.Select(m => spec.Properties[m].Member));
                var sent = g.Always
                    ? $"Whatever changes, an update also sends {members}, as far as they are set."
                    : $"When one of {members} changes, an update sends all of them that are set.";
                return $"\n{sent} {Markdown.Sentence(Markdown.Text(g.Because))}\n";
            })
        );

    private static string TakenAway(StoreSpec spec)
    {
        var optional = spec.Properties.Where(p => p.Mutable && !p.Required).ToArray();
        var refused = Removable(optional, "refuse").ToArray();
        var lines = new[]
        {
            Line(optional.Where(p => p.Default is not null), "the default is sent"),
            Line(
                refused,
                "the update is refused before anything is sent, for the service would keep the old value; delete the store and create it anew"
            ),
            Line(Removable(optional, "omit"), "the key is left out, and the service drops the value with its group"),
            Line(Removable(optional, "null"), "the key is sent with `NULL`"),
        };
        return optional.Length == 0
            ? string.Empty
            : $"\nWhen an optional value is taken away, that is, `null` in the new declaration:\n\n{string.Concat(lines)}{Forbidden(spec, refused)}";
    }

    private static IEnumerable<PropertySpec> Removable(IEnumerable<PropertySpec> optional, string unset) =>
        optional.Where(p => p.Default is null && p.Unset == unset);

    private static string Forbidden(StoreSpec spec, IEnumerable<PropertySpec> refused)
    {
        var forbidden = spec
            .Rules.SelectMany(r => r.Forbid.Concat(r.ExactlyOneOf.SelectMany(s => s)))
            .Select(p => spec.Properties[p].Name)
            .ToHashSet(StringComparer.Ordinal);
        var members = refused.Where(p => forbidden.Contains(p.Name)).Select(p => p.Member).ToArray();
        return members.Length == 0
            ? string.Empty
            : $"\nWhere a [rule](#rules) forbids {Codes(members)} now, its key is left out and nothing is refused.\n";
    }

    private static string Line(IEnumerable<PropertySpec> properties, string what)
    {
        var members = properties.Select(p => p.Member).ToArray();
        return members.Length == 0 ? string.Empty : $"- {Markdown.Codes(members)}: {what}.\n";
    }

    // A secret's other value would be read from the same place, so it shows nothing.
    private static string Example(Way way)
    {
        var examples = way
            .Minimal.Properties.Select(p => p.Property)
            .Where(p => p is { Mutable: true, Deprecated: null })
            .SelectMany(p => way.Changed(way.Minimal, p).Select(changed => (changed, p)))
            .Take(1)
            .ToArray();
        if (examples is not [var (changed, property)])
        {
            return string.Empty;
        }

        var statement = StoreStatement.Update(changed.ToStore(), way.Minimal.ToStore())!.Value;
        return $"""

            For example, another `{property.Member}`, after the first program above:

            {Markdown.Block("csharp", DeclarationCode.Update(changed, property))}
            {Markdown.Block("sql", StatementLines.Of(statement))}
            """;
    }

    private static string Codes(IEnumerable<string> codes) => Wording.Or(codes.Select(Markdown.Code));
}
