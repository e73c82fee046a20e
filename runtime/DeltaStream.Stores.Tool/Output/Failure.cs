using DeltaStream.Data;
using DeltaStream.Sdk;

namespace DeltaStream.Stores.Tool.Output;

/// <summary>What an exception means to who called the command.</summary>
internal static class Failure
{
    /// <summary>The exit code.</summary>
    public static ExitCode CodeOf(Exception exception) =>
        exception is StoreBackendException failure && IsConnection(failure) ? ExitCode.NoConnection : ExitCode.Failed;

    /// <summary>What failed and what to do, without what only programmers read.</summary>
    public static string MessageOf(Exception exception, bool isStopped) =>
        exception switch
        {
            // A verb that had changed something says so itself.
            OperationCanceledException when isStopped => "Stopped. No store was changed.",
            AggregateException several => string.Join('\n', several.InnerExceptions.Select(e => e.Message)),
            // It adds the parameter's name, which the user did not write.
            ArgumentException => exception.Message.Split(" (Parameter ")[0],
            // What reads all stores names none.
            StoreException => exception.Message.Replace(" store '*'", " the stores", StringComparison.Ordinal),
            StoreDeclarationException
            or IOException
            or UnauthorizedAccessException
            or InvalidDataException
            or FormatException => exception.Message,
            _ =>
                $"Unexpected {exception.GetType().Name}: {exception.Message} Run it again with --verbose, and report what it prints.",
        };

    // Without a state the service was not reached, or what it said was not read. The others: connections, and who may use them.
    private static bool IsConnection(StoreBackendException failure) =>
        failure.SqlState is not { } sqlState
            ? failure.IsTransient || failure.InnerException is DeltaStreamException
            : sqlState.StartsWith("08", StringComparison.Ordinal)
                || sqlState.StartsWith("28", StringComparison.Ordinal)
                || sqlState == "3D012";
}
