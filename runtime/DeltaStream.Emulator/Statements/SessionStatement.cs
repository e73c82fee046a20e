using DeltaStream.Emulator.Errors;

namespace DeltaStream.Emulator.Statements;

/// <summary>
/// Statements that only drivers and tools send, about the session. They are accepted without a look at what follows
/// the first word, except where it matters.
/// </summary>
internal static class SessionStatement
{
    private static readonly string[] s_ofDrivers =
    [
        "BEGIN",
        "COMMIT",
        "END",
        "ROLLBACK",
        "ABORT",
        "SET",
        "RESET",
        "UNLISTEN",
        "CLOSE",
        "DISCARD",
        "DEALLOCATE",
    ];

    public static Statement Of(string text, List<Token> tokens, Dialect dialect)
    {
        var verb = tokens[0].Text.ToUpperInvariant();
        if (dialect == Dialect.Rest && s_ofDrivers.Contains(verb))
        {
            throw new StatementException(
                SqlState.FeatureNotSupported,
                $"{verb} is not supported over REST, which has neither sessions nor transactions"
            );
        }

        switch (verb)
        {
            case "BEGIN":
            case "START" when tokens.Count > 1 && tokens[1].IsWord("TRANSACTION"):
                return new TransactionControl(TransactionVerb.Begin);
            case "COMMIT":
            case "END":
                return new TransactionControl(TransactionVerb.Commit);
            case "ROLLBACK":
            case "ABORT":
                return new TransactionControl(TransactionVerb.Rollback);
            case "SET":
            case "RESET":
            case "UNLISTEN":
                return new SessionControl(verb, forgetsPrepared: false);
            case "CLOSE" when tokens.Count > 1 && tokens[1].IsWord("ALL"):
                return new SessionControl("CLOSE CURSOR ALL", forgetsPrepared: false);
            case "DISCARD" when tokens.Count > 1 && tokens[1].Kind == TokenKind.Word:
                var all = tokens[1].IsWord("ALL");
                return new SessionControl(all ? "DISCARD ALL" : "DISCARD", forgetsPrepared: all);
            case "DEALLOCATE" when tokens.Count > 1 && tokens[1].IsWord("ALL"):
                return new SessionControl("DEALLOCATE ALL", forgetsPrepared: true);
            case "USE"
            or "SHOW"
            or "ALTER"
            or "INSERT"
            or "DELETE"
            or "EXPLAIN"
            or "COPY"
            or "GRANT"
            or "REVOKE"
            or "START"
            or "STOP"
            or "TERMINATE"
            or "RESTART"
            or "PRINT"
            or "CAN":
                throw new StatementException(
                    SqlState.FeatureNotSupported,
                    $"{verb} is not supported by the emulator, which knows stores only"
                );
            default:
                throw ParseError.At(
                    text,
                    tokens[0],
                    "the emulator knows CREATE, UPDATE, DROP and DESCRIBE STORE, LIST STORES and SELECT"
                );
        }
    }
}
