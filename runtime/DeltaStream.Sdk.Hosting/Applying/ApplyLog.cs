using Microsoft.Extensions.Logging;

namespace DeltaStream.Sdk.Hosting.Applying;

/// <summary>What the log says of the stores that are applied at start. No line holds a secret.</summary>
internal static partial class ApplyLog
{
    [LoggerMessage(1, LogLevel.Information, "The stores of {Client} are applied: {Plan}")]
    public static partial void Planned(ILogger logger, string client, string plan);

    [LoggerMessage(
        2,
        LogLevel.Information,
        "The stores of {Client} are still applied: {Counts}; the last news is of {Store}, {State}"
    )]
    public static partial void Progress(
        ILogger logger,
        string client,
        StoreApplyCounts counts,
        string store,
        string state
    );

    [LoggerMessage(3, LogLevel.Information, "The stores of {Client} are as declared: {Counts}")]
    public static partial void Applied(ILogger logger, string client, StoreApplyCounts counts);

    [LoggerMessage(
        4,
        LogLevel.Error,
        "The stores of {Client} are not as declared, and the application serves without them: {Reason}"
    )]
    public static partial void Degraded(ILogger logger, string client, string reason, Exception? exception);

    [LoggerMessage(5, LogLevel.Critical, "The stores of {Client} are not as declared, and the host stops: {Reason}")]
    public static partial void Failed(ILogger logger, string client, string reason, Exception? exception);
}
