using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.WriteDocs.Words;

namespace DeltaStream.WriteDocs.Stores;

/// <summary>The rules between properties, with their reasons.</summary>
internal static class RuleSection
{
    public static string Of(StoreSpec spec)
    {
        if (spec.Rules.Count == 0)
        {
            return string.Empty;
        }

        var rules = spec.Rules.Select(r =>
            $"- {Wording.Capital(RuleWords.Whole(spec, r, Markdown.Naming))}. {Markdown.Sentence(Markdown.Text(r.Because))}\n"
        );
        return $"""
            ## Rules

            {string.Concat(rules)}
            Rules name properties as the spec does. A declaration that breaks one does not compile where the code shows it, and is refused
            before anything is sent where only the running program does: [what catches each](../rules.md#{Anchor(
                spec.Title
            )}).

            """;
    }

    private static string Anchor(string heading) =>
        string.Concat(heading.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_'))
            .Replace(' ', '-');
}
