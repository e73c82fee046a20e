using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeltaStream.Sdk;

/// <summary>What a <see cref="StoreClient"/> works with. How long it waits is not an option (D-012).</summary>
public sealed record StoreClientOptions
{
    /// <summary>The clock that waiting goes by.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where the client logs: start and end of operations at Information, each look at the catalog at Debug.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;
}
