using System.Data.Common;
using DeltaStream.Data;
using DeltaStream.Sdk.Hosting.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DeltaStream.Sdk.Hosting.Connection;

/// <summary>Makes the data source and the client of a registration.</summary>
internal static class ConnectionFactory
{
    public static DbDataSource CreateDataSource(IServiceProvider provider, Registration registration)
    {
        var options = OptionsOf(provider, registration);
        if (registration.CreateDataSource is { } create)
        {
            return create(options.ConnectionString!, provider.GetService<ILoggerFactory>());
        }

        var rest = options.Rest;
        rest.TimeProvider ??= provider.GetService<TimeProvider>();
        TokenSource.Complete(options, registration, provider);
        if (rest.HttpClient is null)
        {
            var http = provider.GetRequiredService<IHttpClientFactory>().CreateClient(registration.Section);
            // Whatever the application has set: the provider must know whether a statement left, and has limits of its own.
            http.Timeout = Timeout.InfiniteTimeSpan;
            rest.HttpClient = http;
            rest.HasServiceHandler = true;
        }

        return DeltaStreamDataSource.Create(rest);
    }

    public static StoreClient CreateClient(IServiceProvider provider, Registration registration) =>
        CreateClient(provider, registration.DataSource(provider), OptionsOf(provider, registration));

    /// <exception cref="ArgumentException">An option can't be used.</exception>
    public static StoreClient CreateClient(
        IServiceProvider provider,
        DbDataSource dataSource,
        DeltaStreamHostingOptions options
    ) =>
        new(
            dataSource,
            new StoreClientOptions
            {
                TimeProvider = options.Rest.TimeProvider ?? provider.GetService<TimeProvider>() ?? TimeProvider.System,
                LoggerFactory = provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance,
                MaxRetries = options.Rest.MaxRetries,
                RetryDelay = options.Rest.RetryDelay,
                ReadPipeline = options.ReadPipeline,
                AttachSecrets = options.AttachSecrets,
                KeyOverrides = StoreClientOptions.ParseKeyOverrides(options.KeyOverrides),
                OwnSubtypes = options.OwnSubtypes,
            }
        );

    public static DeltaStreamHostingOptions OptionsOf(IServiceProvider provider, Registration registration) =>
        provider.GetRequiredService<IOptionsMonitor<DeltaStreamHostingOptions>>().Get(registration.OptionsName);
}
