namespace DeltaStream.Emulator.Identity;

/// <summary>What the emulator calls itself on the wire.</summary>
internal static class EmulatorIdentity
{
    public const string User = "deltastream";
    public const string Database = "deltastream";

    /// <summary>The organization of every context; there is one in an emulator.</summary>
    public const string Organization = "00000000-0000-4000-8000-00000000d517";

    // Drivers read the PostgreSQL version out of this to know the protocol's features; no PostgreSQL server is behind
    // it.
    public const string ServerVersion = "15.0";

    public static string Version { get; } =
        $"PostgreSQL {ServerVersion} (DeltaStream emulator {typeof(EmulatorIdentity).Assembly.GetName().Version?.ToString(3)})";
}
