using DeltaStream.Emulator.Errors;

namespace DeltaStream.Emulator.Statements;

/// <summary>
/// Statements about the session, which only drivers and tools send. They are accepted by their first words, whatever
/// follows.
/// </summary>
internal static class SessionStatement
{
    public static Statement Of(string text, List<Token> tokens, Dialect dialect)
    {
        var verb = tokens[0].Text.ToUpperInvariant();
        if (dialect == Dialect.Rest && Vocabulary.IsOfDrivers(tokens[0]))
        {
            throw NotSupported($"{verb} is not supported over REST, which has neither sessions nor transactions");
        }

        var second = tokens.Count > 1 && tokens[1].Kind == TokenKind.Word ? tokens[1].Text.ToUpperInvariant() : "";
        return (verb, second) switch
        {
            ("BEGIN", _) or ("START", "TRANSACTION") => new TransactionControl("BEGIN"),
            ("COMMIT" or "END", _) => new TransactionControl("COMMIT"),
            ("SAVEPOINT" or "RELEASE", _) => new SavepointControl(verb, NameAtEnd(text, tokens)),
            ("ROLLBACK", _) when tokens.Exists(t => t.IsWord("TO")) => new SavepointControl(
                "ROLLBACK TO",
                NameAtEnd(text, tokens)
            ),
            ("DECLARE" or "FETCH" or "MOVE", _) => throw NoCursors(),
            ("CLOSE", not "ALL") => throw NoCursors(),
            ("ROLLBACK" or "ABORT", _) => new TransactionControl("ROLLBACK"),
            ("SET" or "RESET" or "UNLISTEN", _) => new SessionControl(verb),
            ("CLOSE", "ALL") => new SessionControl("CLOSE CURSOR ALL"),
            ("DISCARD" or "DEALLOCATE", "ALL") => new SessionControl($"{verb} ALL", forgetsPrepared: true),
            ("DISCARD", not "") => new SessionControl(verb),
            _ when Vocabulary.IsOfService(tokens[0]) => throw NotSupported(
                $"{verb} is not supported by the emulator, which knows stores only"
            ),
            _ => throw ParseError.At(
                text,
                tokens[0],
                "the emulator knows CREATE, UPDATE, DROP and DESCRIBE STORE, LIST STORES and SELECT"
            ),
        };
    }

    private static string NameAtEnd(string text, List<Token> tokens) =>
        tokens[^1] switch
        {
            { Kind: TokenKind.QuotedIdentifier } name => name.Text,
            { Kind: TokenKind.Word } name when tokens.Count > 1 => name.Text.ToLowerInvariant(),
            var other => throw ParseError.At(text, other, "the name of a savepoint is expected at the end"),
        };

    private static StatementException NoCursors() =>
        NotSupported(
            "cursors of SQL are not supported; read rows in parts by the protocol, with the driver's fetch size"
        );

    private static StatementException NotSupported(string message) => new(SqlState.FeatureNotSupported, message);
}
