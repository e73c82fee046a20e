using System.Data.Common;
using System.Globalization;
using DeltaStream.Data;
using DeltaStream.Sdk.Hosting.Applying;
using DeltaStream.Sdk.Hosting.Connection;
using DeltaStream.Sdk.Hosting.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DeltaStream.Sdk.Hosting.Health;

/// <summary>Asks for the version, reads one row of the catalog, and says what became of the stores that are applied at start.</summary>
internal sealed class DeltaStreamHealthCheck(string? serviceKey, IServiceProvider provider) : IHealthCheck
{
    // A store that nobody has: the smallest read of the catalog.
    private const string StoreName = "deltastream-health-check";

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        // Not before: what throws while a check is made ends all checks of the application.
        if (Registration.Of(provider, serviceKey) is not { } registration)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, WhatToCall());
        }

        var options = ConnectionFactory.OptionsOf(provider, registration);
        var time = options.Rest.TimeProvider ?? provider.GetService<TimeProvider>() ?? TimeProvider.System;
        using var timeout = new CancellationTokenSource(options.HealthTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            var version = await VersionAsync(registration, both.Token).ConfigureAwait(false);
            await registration.Client(provider).GetAsync(StoreName, role: null, both.Token).ConfigureAwait(false);
            var data = new Dictionary<string, object>(StringComparer.Ordinal) { ["version"] = version };
            var applying = provider.GetKeyedService<StoreApplyService>(registration.ConnectionName)?.Problem;
            return applying is null
                ? HealthCheckResult.Healthy($"DeltaStream {version} answers, and its catalog can be read.", data)
                : HealthCheckResult.Degraded(applying, data: data);
        }
        catch (OperationCanceledException)
            when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new HealthCheckResult(
                context.Registration.FailureStatus,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"DeltaStream gave no answer within {options.HealthTimeout.TotalSeconds} s."
                )
            );
        }
        catch (Exception e) when (e is DbException or StoreException)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, e.Message, e);
        }
    }

    private string WhatToCall()
    {
        var others = provider.GetServices<Registration>().ToArray();
        if (serviceKey is null)
        {
            return others.FirstOrDefault(r => r.IsKeyed) is { } keyed
                ? $"There is no DeltaStream client without a key: call AddDeltaStreamHealthCheck(\"{keyed.Name}\"), or AddDeltaStream."
                : "There is no DeltaStream client: call AddDeltaStream.";
        }

        return others.Any(r => r.Name == serviceKey)
            ? $"The DeltaStream client '{serviceKey}' has no key: call AddDeltaStreamHealthCheck() without one, or AddKeyedDeltaStream(\"{serviceKey}\")."
            : $"There is no DeltaStream client with the key '{serviceKey}': call AddKeyedDeltaStream(\"{serviceKey}\").";
    }

    private async Task<string> VersionAsync(Registration registration, CancellationToken cancellationToken)
    {
        var connection = await registration
            .DataSource(provider)
            .OpenConnectionAsync(cancellationToken)
            .ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        return connection is DeltaStreamConnection rest
            ? await rest.GetServerVersionAsync(cancellationToken).ConfigureAwait(false)
            : connection.ServerVersion;
    }
}
