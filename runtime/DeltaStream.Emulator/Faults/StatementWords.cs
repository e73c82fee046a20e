using DeltaStream.Emulator.Statements;

namespace DeltaStream.Emulator.Faults;

/// <summary>Compares how a statement begins with words.</summary>
internal static class StatementWords
{
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
