using Microsoft.Extensions.Logging;

namespace DeltaStream.Sdk.Telemetry;

/// <summary>What the client logs. Statements are logged redacted, and no message of another party as it came.</summary>
internal static partial class StoreLog
{
    [LoggerMessage(1, LogLevel.Information, "{Operation} store {StoreName} ({Subtype}): started")]
    public static partial void Started(ILogger logger, string operation, string storeName, string subtype);

    [LoggerMessage(2, LogLevel.Information, "{Operation} store {StoreName} ({Subtype}): done after {Seconds:0.###} s")]
    public static partial void Done(ILogger logger, string operation, string storeName, string subtype, double seconds);

    [LoggerMessage(
        3,
        LogLevel.Information,
        "{Operation} store {StoreName} ({Subtype}): ended without success after {Seconds:0.###} s ({Reason})"
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
    public static partial void Sending(ILogger logger, Statements.StoreStatement statement);

    [LoggerMessage(
        5,
        LogLevel.Debug,
        "Look {Look} at store {StoreName}: {State} ({StatusMessage}) after {Seconds:0.###} s"
    )]
    public static partial void Look(
        ILogger logger,
        string storeName,
        int look,
        string state,
        string statusMessage,
        double seconds
    );

    [LoggerMessage(
        6,
        LogLevel.Debug,
        "Look at store {StoreName} failed and will be repeated: {ExceptionType}: {Reason}"
    )]
    public static partial void LookFailed(ILogger logger, string storeName, string exceptionType, string reason);

    [LoggerMessage(
        7,
        LogLevel.Information,
        "The answer about store {StoreName} was lost ({ExceptionType}); the catalog will tell whether the statement was executed"
    )]
    public static partial void AnswerLost(ILogger logger, string storeName, string exceptionType);

    [LoggerMessage(
        8,
        LogLevel.Debug,
        "Look at store {StoreName} failed and will not be repeated: {ExceptionType}: {Reason}"
    )]
    public static partial void LookGivenUp(ILogger logger, string storeName, string exceptionType, string reason);
}
