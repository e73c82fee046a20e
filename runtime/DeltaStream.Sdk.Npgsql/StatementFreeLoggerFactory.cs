using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace DeltaStream.Sdk.Npgsql;

/// <summary>
/// Passes on Npgsql's logs, except those of commands, which quote the statements with their secrets, and what the service says,
/// because it may repeat them: notices, and the exceptions of errors.
/// </summary>
internal sealed class StatementFreeLoggerFactory(ILoggerFactory inner) : ILoggerFactory
{
    private const string CommandCategory = "Npgsql.Command";

    public ILogger CreateLogger(string categoryName) =>
        string.Equals(categoryName, CommandCategory, StringComparison.Ordinal)
            ? NullLogger.Instance
            : new ServiceFreeLogger(inner.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    // The caller owns the inner factory.
    public void Dispose() { }

    private sealed class ServiceFreeLogger(ILogger inner) : ILogger
    {
        private const string Notice = "ReceivedNotice";

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (!string.Equals(eventId.Name, Notice, StringComparison.Ordinal))
            {
                inner.Log(logLevel, eventId, state, IsOfService(exception) ? null : exception, formatter);
            }
        }

        private static bool IsOfService(Exception? exception) =>
            exception is PostgresException || (exception is not null && IsOfService(exception.InnerException));
    }
}
