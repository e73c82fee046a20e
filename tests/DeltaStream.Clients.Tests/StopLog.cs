using Microsoft.Extensions.Logging;

namespace DeltaStream.Clients.Tests;

/// <summary>The emulator's log, which says when it stopped a statement because the client over REST is gone.</summary>
/// <param name="stopped">Is told of it.</param>
internal sealed class StopLog(Action stopped) : ILoggerProvider, ILogger
{
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
    )
    {
        if (eventId.Name == "RestStopped")
        {
            stopped();
        }
    }

    public void Dispose() { }
}
