using DeltaStream.Data.Configuration;
using DeltaStream.Data.Wire;
using DeltaStream.Sdk.Hosting.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace DeltaStream.Sdk.Hosting.Connection;

/// <summary>The HTTP client of a registration, which the factory makes.</summary>
/// <remarks>
/// A data source keeps its client for as long as it lives. So the handler is never rotated: it closes each connection after five minutes
/// by itself, and an address that moved is found.
/// </remarks>
internal static class ServiceHttpClient
{
    public static IHttpClientBuilder Add(IServiceCollection services, Registration registration) =>
        services
            .AddHttpClient(registration.Section)
            .ConfigurePrimaryHttpMessageHandler(provider =>
            {
                var options = ConnectionFactory.OptionsOf(provider, registration);
                return new ServiceHandler(ConnectionSettings.Limit(options.Rest.ConnectTimeout, "The connect timeout"));
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            // What an application adds for all of its clients, such as a resilience handler, sends again and has a timeout. A
            // statement leaves once, and the provider has its own.
            .ConfigureAdditionalHttpMessageHandlers((handlers, _) => handlers.Clear())
            // Each poll would be four lines, and the SDK logs operations and polls. Nor can a default show the token in a header.
            .RemoveAllLoggers();
}
