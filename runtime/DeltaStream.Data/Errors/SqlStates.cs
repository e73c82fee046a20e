using System.Collections.Frozen;

namespace DeltaStream.Data.Errors;

/// <summary>The SQLSTATEs that the provider knows (wire fact 4). It passes on all others as they are, whatever their length.</summary>
internal static class SqlStates
{
    public const string Success = "00000";
    public const string NotYetComplete = "03000";

    /// <summary>Whether the same statement may succeed a little later.</summary>
    public static bool IsTransient(string state) =>
        state
            is "3E001" // store not ready
                or "3E002" // schema registry not ready
                or "3E003" // relation not ready
                or "3E004" // compute pool not ready
                or "57014" // timeout at the service
                or "57015"; // remote unavailable

    /// <summary>
    /// The SQLSTATEs that prove that the statement did nothing: the service gives them before it executes. The list is closed,
    /// and docs/facts/errors.md has the same one. Every other state leaves open what became of the statement.
    /// </summary>
    public static IReadOnlySet<string> Refusals { get; } =
        FrozenSet.Create(
            StringComparer.Ordinal,
            [
                // Syntax, names and privileges.
                "42601",
                "42602",
                "42622",
                "42501",
                "28000",
                "28P01",
                "3D012",
                // Parameters.
                "3D008",
                "3D021",
                // Duplicate and ambiguous.
                "42710",
                "42P05",
                "42P018",
                "42P001",
                "42P002",
                // Not found.
                "3D001",
                "3D004",
                "3D006",
                "3D009",
                "3D016",
                "3D020",
                "3D022",
                "3D025",
                "3D027",
                "42704",
                "42P01",
                // Not supported, in use, and limits.
                "0A000",
                "2BP01",
                "53000",
            ]
        );
}
