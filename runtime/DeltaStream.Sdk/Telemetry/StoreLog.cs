using DeltaStream.Sdk.Secrets;
using Microsoft.Extensions.Logging;

namespace DeltaStream.Sdk.Telemetry;

/// <summary>What the client logs. Statements and the messages of others are logged without secrets.</summary>
internal static partial class StoreLog
{
    [LoggerMessage(EventId = 1, Message = "{Operation} store {StoreName} ({Subtype}): started")]
    public static partial void Started(
        ILogger logger,
        LogLevel level,
        string operation,
        string storeName,
        string subtype
    );

    [LoggerMessage(EventId = 2, Message = "{Operation} store {StoreName} ({Subtype}): done after {Seconds:0.###} s")]
    public static partial void Done(
        ILogger logger,
        LogLevel level,
        string operation,
        string storeName,
        string subtype,
        double seconds
    );

    [LoggerMessage(
        3,
        LogLevel.Warning,
        "{Operation} store {StoreName} ({Subtype}): failed after {Seconds:0.###} s: {Reason}"
    )]
    public static partial void Failed(
        ILogger logger,
        string operation,
        string storeName,
        string subtype,
        double seconds,
        string reason
    );

    [LoggerMessage(4, LogLevel.Debug, "Sending {Statement}")]
    public static partial void Sending(ILogger logger, string statement);

    [LoggerMessage(
        5,
        LogLevel.Debug,
        "Poll {Poll} of store {StoreName}: {State} ({StatusMessage}) after {Seconds:0.###} s"
    )]
    public static partial void Polled(
        ILogger logger,
        int poll,
        string storeName,
        string state,
        string statusMessage,
        double seconds
    );

    [LoggerMessage(
        6,
        LogLevel.Debug,
        "The poll of store {StoreName} failed and will be repeated: {ExceptionType}: {Reason}"
    )]
    private static partial void PollFailed(ILogger logger, string storeName, string exceptionType, string reason);

    // The exception's own text may quote the statement. Its type and its redacted message say enough.
    public static void PollFailed(ILogger logger, string storeName, Exception failure, SecretRedaction redaction) =>
        PollFailed(logger, storeName, failure.GetType().Name, redaction.Redact(failure.Message));

    [LoggerMessage(
        7,
        LogLevel.Information,
        "The response about store {StoreName} does not tell whether the statement was executed ({Reason})"
    )]
    public static partial void ResponseLost(ILogger logger, string storeName, string reason);

    [LoggerMessage(
        9,
        LogLevel.Information,
        "The catalog is polled for store {StoreName}, for at most {Seconds:0.###} s, to know whether the statement was executed"
    )]
    public static partial void Resolving(ILogger logger, string storeName, double seconds);

    [LoggerMessage(
        10,
        LogLevel.Warning,
        "The API token and statements may travel unencrypted, with their secrets, to {Hosts}: AllowInsecureHosts says so. This is for an emulator, not for the service"
    )]
    public static partial void Insecure(ILogger logger, string hosts);

    [LoggerMessage(
        8,
        LogLevel.Debug,
        "The poll of store {StoreName} failed and will not be repeated: {ExceptionType}: {Reason}"
    )]
    public static partial void PollGivenUp(ILogger logger, string storeName, string exceptionType, string reason);

    [LoggerMessage(
        EventId = 11,
        Message = "The update of store {StoreName} leaves these properties as they are, and the service does not show whether they differ from the declaration: {Properties}. To compare them, pass the previous declaration"
    )]
    public static partial void NotCompared(ILogger logger, LogLevel level, string storeName, string properties);

    [LoggerMessage(
        EventId = 12,
        Message = "{Operation} store {StoreName} ({Subtype}): cancelled after {Seconds:0.###} s"
    )]
    public static partial void Cancelled(
        ILogger logger,
        LogLevel level,
        string operation,
        string storeName,
        string subtype,
        double seconds
    );

    [LoggerMessage(13, LogLevel.Warning, "The apply of store {StoreName} ({Subtype}) failed: {Reason}")]
    public static partial void NotApplied(ILogger logger, string storeName, string subtype, string reason);
}
