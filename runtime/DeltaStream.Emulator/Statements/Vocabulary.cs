using System.Collections.Frozen;

namespace DeltaStream.Emulator.Statements;

/// <summary>
/// The words that a message may repeat. A word of a statement that is none of these can be the rest of a secret whose
/// quotes were not doubled, even in a statement of its own: drivers cut a text at its semicolons.
/// </summary>
internal static class Vocabulary
{
    /// <summary>Kinds of things that the service has and the emulator does not.</summary>
    private const string ObjectWords =
        "TABLE STREAM CHANGELOG DATABASE DATABASES SCHEMA SCHEMAS ROLE ROLES ORGANIZATION ORGANIZATIONS QUERY QUERIES TOPIC "
        + "TOPICS ENTITY ENTITIES RELATION RELATIONS SCHEMA_REGISTRY SCHEMA_REGISTRIES FUNCTION FUNCTIONS FUNCTION_SOURCE "
        + "FUNCTION_SOURCES DESCRIPTOR_SOURCE DESCRIPTOR_SOURCES COMPUTE_POOL COMPUTE_POOLS SECRET SECRETS API_TOKEN "
        + "API_TOKENS REGION REGIONS APPLICATION SANDBOX INVITATION INVITATIONS USER USERS MATERIALIZED VIEW INDEX";

    private const string Keywords =
        "CREATE UPDATE DROP DESCRIBE LIST SHOW SELECT INSERT DELETE ALTER WITH STORE STORES IF NOT EXISTS OR REPLACE SET RENAME TO "
        + "AS FROM WHERE ORDER BY LIMIT OWNER NULL TRUE FALSE VALUES INTO AND ATTACH PRAGMA VACUUM COPY EXPLAIN GRANT REVOKE "
        + "CLOSE DISCARD DEALLOCATE START MERGE TRUNCATE TEST SAVEPOINT RELEASE DECLARE FETCH MOVE";

    private static readonly FrozenSet<string> s_objects = Set(ObjectWords);

    private static readonly FrozenSet<string> s_all = Set(ObjectWords + " " + Keywords);

    private static readonly FrozenSet<string> s_ofDrivers = Set(
        "BEGIN COMMIT END ROLLBACK ABORT SAVEPOINT RELEASE SET RESET UNLISTEN DECLARE FETCH MOVE CLOSE DISCARD DEALLOCATE"
    );

    private static readonly FrozenSet<string> s_ofService = Set(
        "USE SHOW ALTER INSERT DELETE EXPLAIN COPY GRANT REVOKE START STOP TERMINATE RESTART PRINT CAN"
    );

    /// <summary>The words of a SELECT that stand between its operands, or are values.</summary>
    private static readonly FrozenSet<string> s_ofSelect = Set(
        "SELECT DISTINCT ALL FROM WHERE ON GROUP HAVING ORDER BY LIMIT OFFSET UNION EXCEPT INTERSECT VALUES AS AND OR NOT IN IS LIKE GLOB "
            + "BETWEEN EXISTS CASE WHEN THEN ELSE END OVER FILTER NULL TRUE FALSE"
    );

    /// <summary>Whether a word is a keyword within a SELECT.</summary>
    public static bool IsOfSelect(Token token) => s_ofSelect.Contains(token.Text);

    /// <summary>Whether a word begins a statement about the session, which only drivers send.</summary>
    public static bool IsOfDrivers(Token token) => s_ofDrivers.Contains(token.Text);

    /// <summary>Whether a word begins a statement of the service that the emulator doesn't know.</summary>
    public static bool IsOfService(Token token) => s_ofService.Contains(token.Text);

    public static bool IsObject(Token token) => token.Kind == TokenKind.Word && s_objects.Contains(token.Text);

    public static bool Knows(Token token) => token.Kind == TokenKind.Word && s_all.Contains(token.Text);

    private static FrozenSet<string> Set(string words) =>
        words.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
