namespace DeltaStream.Data.Statements;

/// <summary>
/// A statement's first words, for traces. It holds words of the language only: any other word could be a name, or a password on
/// the wrong line.
/// </summary>
internal static class OperationName
{
    private static readonly HashSet<string> s_alone = Words("SELECT EXPLAIN GRANT REVOKE PRINT");

    private static readonly HashSet<string> s_verbs = Words(
        "ALTER CAN COPY CREATE DESCRIBE DROP INSERT LIST RESTART SHOW START STOP TERMINATE UPDATE USE"
    );

    private static readonly HashSet<string> s_objects = Words(
        """
        APPLICATION CHANGELOG COMPUTE_POOL COMPUTE_POOLS DATABASE DATABASES DESCRIPTOR_SOURCE DESCRIPTOR_SOURCES
        ENTITIES ENTITY FUNCTION FUNCTIONS FUNCTION_SOURCE FUNCTION_SOURCES INTO MATERIALIZED
        ORGANIZATION ORGANIZATIONS QUERIES QUERY RELATION RELATIONS ROLE ROLES SCHEMA SCHEMAS
        SCHEMA_REGISTRIES SCHEMA_REGISTRY SECRET SECRETS STORE STORES STREAM TABLE TOKEN TOKENS USER USERS
        """
    );

    public static string? Of(IReadOnlyList<string> words)
    {
        if (words.Count == 0)
        {
            return null;
        }

        if (s_verbs.TryGetValue(words[0], out var verb))
        {
            return words.Count > 1 && s_objects.TryGetValue(words[1], out var thing) ? $"{verb} {thing}" : verb;
        }

        return s_alone.TryGetValue(words[0], out var alone) ? alone : null;
    }

    private static HashSet<string> Words(string words) =>
        words.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);
}
