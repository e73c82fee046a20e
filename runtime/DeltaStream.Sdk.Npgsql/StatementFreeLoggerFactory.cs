using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeltaStream.Sdk.Npgsql;

/// <summary>Passes on Npgsql's logs, except those of commands: they quote the statements with their secrets.</summary>
internal sealed class StatementFreeLoggerFactory(ILoggerFactory inner) : ILoggerFactory
{
    private const string CommandCategory = "Npgsql.Command";

    public ILogger CreateLogger(string categoryName) =>
        string.Equals(categoryName, CommandCategory, StringComparison.Ordinal)
            ? NullLogger.Instance
            : inner.CreateLogger(categoryName);

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    // The caller owns the inner factory.
    public void Dispose() { }
}
