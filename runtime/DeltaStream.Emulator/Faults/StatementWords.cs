using DeltaStream.Emulator.Errors;
using DeltaStream.Emulator.Statements;

namespace DeltaStream.Emulator.Faults;

/// <summary>Finds the statements of a text and how they begin.</summary>
internal static class StatementWords
{
    /// <summary>
    /// The beginnings of a text's statements; of a text that can't be parsed, its own, up to where values may come.
    /// </summary>
    public static IReadOnlyList<string> Heads(string text)
    {
        try
        {
            return Parser.Parse(text, Dialect.Rest).Select(s => s.Head).ToList();
        }
        catch (StatementException)
        {
            var end = text.AsSpan().IndexOfAny('(', '\'', '$');
            return [Statement.Cut(end < 0 ? text : text[..end])];
        }
    }

    /// <summary>Whether a statement begins with the words, whatever white space, comments and case.</summary>
    public static bool Begin(string statement, string words)
    {
        var at = 0;
        foreach (var word in words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            at = Lexer.SkipBlank(statement, at);
            if (string.Compare(statement, at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) != 0)
            {
                return false;
            }

            at += word.Length;
            // STORES doesn't begin with the word STORE.
            if (IsWordPart(word[^1]) && at < statement.Length && IsWordPart(statement[at]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c == '_';
}
