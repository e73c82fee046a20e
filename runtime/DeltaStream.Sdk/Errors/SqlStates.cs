namespace DeltaStream.Sdk.Errors;

/// <summary>The SQLSTATEs that decide what the client does or advises (wire fact 4).</summary>
internal static class SqlStates
{
    public const string StoreNotFound = "3D006";
    public const string DuplicateStore = "42P05";

    /// <summary>Returns what a person can do about a failure; null when the message already says it.</summary>
    public static string? Remedy(string? sqlState, bool isTransient) =>
        sqlState switch
        {
            "0A000" => "The service does not support this; check that it offers the subtype",
            "2BP01" => "Drop what depends on the store first",
            "28P01" or "28000" or "3D012" => "Check the user and the password of the connection",
            "3D001" => "Check the role of the connection",
            "3D008" or "3D021" => "Correct the declaration as the message says",
            "3D009" => "Check the name of the schema registry: it must exist and be visible to the role",
            "3E001" => "Wait until the store is ready, then try again",
            "42501" => "Connect as a role that has the privilege",
            "42601" =>
                "The service did not understand the statement; leave out properties that their documentation calls unverified, or send another key for them (a key override)",
            "42622" => "Choose a shorter name",
            "53000" => "A limit of the organization is reached; remove what is not needed or ask for more",
            "57015" => "Check that the service can reach the addresses declared",
            null or "" => "Check the connection's address",
            _ => isTransient ? "The failure may pass: check the store, then try again" : null,
        };
}
