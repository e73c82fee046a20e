using System.Text.RegularExpressions;
using DeltaStream.Sdk.Generator;
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
            $"- {Wording.Capital(Named(spec, RuleWords.Whole(spec, r, Naming.Spec)))}. {Markdown.Sentence(Markdown.Text(r.Because))}\n"
        );
        return $"""
            ## Rules

            {string.Concat(rules)}
            Rules name properties as messages do. A declaration that breaks one does not compile where the code shows it, and is refused
            before anything is sent where only the running program does: [what catches each](../rules.md#{Anchor(
                spec.Title
            )}).

            """;
    }

    /// <summary>A rule's words with the names of properties as code. Its values and its other words are plain.</summary>
    public static string Named(StoreSpec spec, string words) =>
        Regex.Replace(
            Markdown.Text(words),
            "[A-Za-z][A-Za-z0-9]*",
            m => spec.Properties.Any(p => p.Name == m.Value) ? Markdown.Code(m.Value) : m.Value,
            RegexOptions.CultureInvariant,
            TimeSpan.FromSeconds(1)
        );

    /// <summary>The place of a heading on its page.</summary>
    public static string Anchor(string heading) =>
        string.Concat(
            heading
                .ToLowerInvariant()
                .Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')
                .Select(c => c == ' ' ? '-' : c)
        );
}
