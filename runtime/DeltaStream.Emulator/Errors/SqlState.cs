namespace DeltaStream.Emulator.Errors;

/// <summary>
/// The SQLSTATEs of the emulator: the service's own, and PostgreSQL's for the protocol.
/// </summary>
internal static class SqlState
{
    public const string Success = "00000";

    // The service's.
    public const string FeatureNotSupported = "0A000";
    public const string NotYetComplete = "03000";
    public const string InvalidRole = "3D001";
    public const string InvalidStore = "3D006";
    public const string InvalidParameter = "3D008";
    public const string MissingParameter = "3D021";
    public const string SyntaxError = "42601";
    public const string NameTooLong = "42622";
    public const string DuplicateStore = "42P05";
    public const string Internal = "XX000";

    // PostgreSQL's, where only the protocol or a SELECT is concerned.
    public const string ProtocolViolation = "08P01";
    public const string InvalidPassword = "28P01";
    public const string InvalidDatabase = "3D000";
    public const string InvalidStatementName = "26000";
    public const string InvalidCursorName = "34000";
    public const string InvalidText = "22P02";
    public const string NotInRepertoire = "22021";
    public const string NoActiveTransaction = "25P01";
    public const string InvalidSavepoint = "3B001";
    public const string FailedTransaction = "25P02";
    public const string OutOfRange = "22003";
    public const string UndefinedParameter = "42P02";
    public const string InsufficientResources = "53000";
    public const string UndefinedColumn = "42703";
    public const string UndefinedTable = "42P01";
    public const string UndefinedFunction = "42883";
    public const string InsufficientPrivilege = "42501";
    public const string ProgramLimitExceeded = "54000";
    public const string Cancelled = "57014";
    public const string AdminShutdown = "57P01";
}
