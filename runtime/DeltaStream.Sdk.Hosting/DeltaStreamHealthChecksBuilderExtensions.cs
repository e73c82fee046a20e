using DeltaStream.Sdk.Hosting.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers health checks of DeltaStream.</summary>
public static class DeltaStreamHealthChecksBuilderExtensions
{
    /// <summary>Checks that DeltaStream answers: it asks for the version, and reads the catalog once.</summary>
    /// <remarks>
    /// It takes at most <see cref="DeltaStream.Sdk.Hosting.DeltaStreamHostingOptions.HealthTimeout"/>. It says degraded while
    /// stores are still applied, and when they could not be applied. What it says holds no secret.
    /// </remarks>
    /// <param name="builder">The health checks.</param>
    /// <param name="serviceKey">The name that a keyed client was registered with; null for the one without a key.</param>
    /// <param name="name">The name of the check; null for <c>deltastream</c>, with the key behind it.</param>
    /// <param name="failureStatus">What the check says when it fails; null for unhealthy.</param>
    /// <param name="tags">The tags of the check; null for none.</param>
    /// <returns>The health checks.</returns>
    public static IHealthChecksBuilder AddDeltaStreamHealthCheck(
        this IHealthChecksBuilder builder,
        string? serviceKey = null,
        string? name = null,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(
            new HealthCheckRegistration(
                name ?? (serviceKey is null ? "deltastream" : $"deltastream-{serviceKey}"),
                provider => new DeltaStreamHealthCheck(serviceKey, provider),
                failureStatus,
                tags
            )
        );
    }
}
