using DeltaStream.Sdk.Telemetry;

namespace OpenTelemetry.Metrics;

/// <summary>Subscribes to the metrics of DeltaStream.</summary>
public static class DeltaStreamMeterProviderBuilderExtensions
{
    /// <summary>Subscribes to the metrics of operations, waits, polls and statements of <see cref="DeltaStream.Sdk.StoreClient"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static MeterProviderBuilder AddDeltaStreamInstrumentation(this MeterProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddMeter(StoreTelemetry.SourceName);
    }
}
