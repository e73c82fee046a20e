using System.Text.Json.Nodes;

namespace DeltaStream.WriteDocs.Schemas;

/// <summary>The settings of the Pulumi provider: the official provider's, and one for PostgreSQL's protocol.</summary>
internal static class PulumiSettings
{
    private static readonly (string Name, string Type, string Description, bool Secret, string? Variable)[] s_all =
    [
        (
            "server",
            "string",
            "The address of the REST API, such as https://api.deltastream.io/v2.",
            false,
            "DELTASTREAM_SERVER"
        ),
        ("apiKey", "string", "The token of the REST API. Secret.", true, "DELTASTREAM_API_KEY"),
        (
            "organization",
            "string",
            "The organization, by its UUID or name; the token's own when not set.",
            false,
            "DELTASTREAM_ORGANIZATION"
        ),
        ("role", "string", "The role that acts; the user's default when not set.", false, "DELTASTREAM_ROLE"),
        (
            "sessionId",
            "string",
            "An ID that the service marks the statements with; none when not set.",
            false,
            "DELTASTREAM_SESSION_ID"
        ),
        (
            "insecureSkipVerify",
            "boolean",
            "Whether any certificate of the server is trusted: anybody on the way can read every credential. false when not set.",
            false,
            null
        ),
        (
            "connection",
            "string",
            "For PostgreSQL's protocol in place of the others: Host=...;Port=...;Username=...;Password=...;Database=... Secret.",
            true,
            "DELTASTREAM_CONNECTION"
        ),
    ];

    /// <summary>The settings, by name.</summary>
    /// <param name="withEnvironment">Whether each says the environment variable that stands for it.</param>
    public static JsonObject Properties(bool withEnvironment) =>
        Node.Map(
            s_all,
            s => s.Name,
            s =>
                Node.Object(
                    ("type", s.Type),
                    ("description", s.Description),
                    ("secret", s.Secret ? true : null),
                    (
                        "defaultInfo",
                        withEnvironment && s.Variable is not null
                            ? Node.Object(("environment", Node.Texts([s.Variable])))
                            : null
                    )
                )
        );
}
