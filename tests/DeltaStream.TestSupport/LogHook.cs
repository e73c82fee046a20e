using Microsoft.Extensions.Logging;

namespace DeltaStream.TestSupport;

/// <summary>A log of every level that hands each entry to a test.</summary>
/// <param name="onEntry">Gets the level, the event and the text. It may be called from several threads.</param>
public sealed class LogHook(Action<LogLevel, EventId, string> onEntry) : ILoggerFactory, ILoggerProvider, ILogger
{
    public void AddProvider(ILoggerProvider provider) { }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => onEntry(logLevel, eventId, formatter(state, exception));

    public void Dispose() { }
}
