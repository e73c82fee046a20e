namespace DeltaStream.Emulator.Logging;

/// <summary>
/// What the emulator logs. It never logs statement text and error messages, at no level: they can hold
/// secrets.
/// </summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Listening for the PostgreSQL protocol on {Endpoint}")]
    public static partial void Listening(ILogger logger, string endpoint);

    [LoggerMessage(2, LogLevel.Debug, "Connection {Connection} opened")]
    public static partial void ConnectionOpened(ILogger logger, int connection);

    [LoggerMessage(3, LogLevel.Debug, "Connection {Connection} closed")]
    public static partial void ConnectionClosed(ILogger logger, int connection);

    [LoggerMessage(4, LogLevel.Debug, "Connection {Connection}: {Statement}")]
    public static partial void StatementBegun(ILogger logger, int connection, string statement);

    [LoggerMessage(5, LogLevel.Debug, "Connection {Connection}: refused with SQLSTATE {SqlState}")]
    public static partial void Refused(ILogger logger, int connection, string sqlState);

    [LoggerMessage(6, LogLevel.Debug, "Connection {Connection}: closed for a violation of the protocol")]
    public static partial void ProtocolViolated(ILogger logger, int connection);

    // The type and the place of the failure, not its message: that could quote the statement.
    [LoggerMessage(7, LogLevel.Error, "Connection {Connection}: internal error {ErrorType} at {Place}")]
    public static partial void InternalError(ILogger logger, int connection, string errorType, string? place);

    [LoggerMessage(8, LogLevel.Debug, "Probe of store {Store} finished, good: {Good}")]
    public static partial void ProbeFinished(ILogger logger, string store, bool good);

    [LoggerMessage(9, LogLevel.Information, "Listening for the REST API on {Endpoint}")]
    public static partial void RestListening(ILogger logger, string endpoint);

    [LoggerMessage(10, LogLevel.Debug, "Statement {StatementId} over REST: {Statement}")]
    public static partial void RestStatementBegun(ILogger logger, Guid statementId, string statement);

    [LoggerMessage(11, LogLevel.Debug, "Statement over REST refused with SQLSTATE {SqlState}")]
    public static partial void RestRefused(ILogger logger, string sqlState);

    [LoggerMessage(14, LogLevel.Debug, "Statement {StatementId} over REST stopped: its client is gone")]
    public static partial void RestStopped(ILogger logger, Guid statementId);

    [LoggerMessage(12, LogLevel.Debug, "Response over REST with status {Status}")]
    public static partial void RestAnswered(ILogger logger, int status);

    [LoggerMessage(13, LogLevel.Error, "REST: internal error {ErrorType} at {Place}")]
    public static partial void RestInternalError(ILogger logger, string errorType, string? place);

    /// <summary>Where an exception was thrown.</summary>
    public static string? PlaceOf(Exception e) => e.StackTrace?.Split('\n')[0].Trim();
}
