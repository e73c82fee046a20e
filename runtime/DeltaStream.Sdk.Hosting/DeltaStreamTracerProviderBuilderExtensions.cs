using DeltaStream.Sdk.Telemetry;

namespace OpenTelemetry.Trace;

/// <summary>Subscribes to the traces of DeltaStream.</summary>
public static class DeltaStreamTracerProviderBuilderExtensions
{
    /// <summary>Subscribes to the spans of operations and statements of <see cref="DeltaStream.Sdk.StoreClient"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static TracerProviderBuilder AddDeltaStreamInstrumentation(this TracerProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddSource(StoreTelemetry.SourceName);
    }
}
