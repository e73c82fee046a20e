using System.Data.Common;
using DeltaStream.Data;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Hosting;
using DeltaStream.Sdk.Hosting.Connection;
using DeltaStream.Sdk.Hosting.Settings;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers clients of DeltaStream.</summary>
public static class DeltaStreamServiceCollectionExtensions
{
    /// <summary>Registers a <see cref="StoreClient"/>, and the <see cref="DeltaStreamDataSource"/> below it, as singletons.</summary>
    /// <remarks>
    /// Code overrides the section <c>DeltaStream:{name}</c>, and the section overrides the connection string
    /// <c>ConnectionStrings:{name}</c>. Without a name they are <c>ConnectionStrings:DeltaStream</c> and
    /// <c>DeltaStream</c>. They are checked when the host starts, and all faults come at once. A token that changes in the
    /// configuration is used from the next request on.
    /// <para>
    /// The data source is also registered as <see cref="DbDataSource"/>, under the name as a key.
    /// </para>
    /// </remarks>
    /// <param name="services">The services.</param>
    /// <param name="name">The name of the settings, such as that of the organization; null for the section itself.</param>
    /// <param name="configure">Sets what the configuration does not.</param>
    /// <returns>What goes on from here, such as stores that are applied at start.</returns>
    /// <exception cref="InvalidOperationException">There is one already, or one of that name.</exception>
    public static DeltaStreamBuilder AddDeltaStream(
        this IServiceCollection services,
        string? name,
        Action<DeltaStreamHostingOptions> configure
    )
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, new Registration(name, IsKeyed: false, null), configure);
    }

    /// <inheritdoc cref="AddDeltaStream(IServiceCollection, string?, Action{DeltaStreamHostingOptions})"/>
    public static DeltaStreamBuilder AddDeltaStream(this IServiceCollection services) =>
        Add(services, new Registration(null, IsKeyed: false, null), null);

    /// <inheritdoc cref="AddDeltaStream(IServiceCollection, string?, Action{DeltaStreamHostingOptions})"/>
    public static DeltaStreamBuilder AddDeltaStream(
        this IServiceCollection services,
        Action<DeltaStreamHostingOptions> configure
    )
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, new Registration(null, IsKeyed: false, null), configure);
    }

    /// <inheritdoc cref="AddDeltaStream(IServiceCollection, string?, Action{DeltaStreamHostingOptions})"/>
    public static DeltaStreamBuilder AddDeltaStream(this IServiceCollection services, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Add(services, new Registration(name, IsKeyed: false, null), null);
    }

    /// <summary>Registers a <see cref="StoreClient"/> over a data source of another transport, such as the PostgreSQL protocol.</summary>
    /// <remarks>
    /// <c>AddDeltaStream("orders-org", DeltaStreamNpgsql.CreateDataSource)</c> takes the connection string from
    /// <c>ConnectionStrings:orders-org</c>. The data source is registered as <see cref="DbDataSource"/> under the name as a key.
    /// </remarks>
    /// <param name="services">The services.</param>
    /// <param name="name">The name of the connection string and of the section below <c>DeltaStream</c>.</param>
    /// <param name="createDataSource">Makes the data source of a connection string. It is called to check the string, too.</param>
    /// <param name="configure">Sets what the configuration does not; null for nothing.</param>
    /// <returns>What goes on from here, such as stores that are applied at start.</returns>
    /// <exception cref="InvalidOperationException">There is one already, or one of that name.</exception>
    public static DeltaStreamBuilder AddDeltaStream(
        this IServiceCollection services,
        string name,
        Func<string, ILoggerFactory?, DbDataSource> createDataSource,
        Action<DeltaStreamHostingOptions>? configure = null
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(createDataSource);
        return Add(services, new Registration(name, IsKeyed: false, createDataSource), configure);
    }

    /// <summary>Registers a <see cref="StoreClient"/> as <see cref="AddDeltaStream(IServiceCollection, string?, Action{DeltaStreamHostingOptions})"/>
    /// does, under its name as a key: for a second organization.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The key, and the name of the settings.</param>
    /// <param name="configure">Sets what the configuration does not; null for nothing.</param>
    /// <returns>What goes on from here, such as stores that are applied at start.</returns>
    /// <exception cref="InvalidOperationException">There is one of that name already.</exception>
    public static DeltaStreamBuilder AddKeyedDeltaStream(
        this IServiceCollection services,
        string name,
        Action<DeltaStreamHostingOptions> configure
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, new Registration(name, IsKeyed: true, null), configure);
    }

    /// <inheritdoc cref="AddKeyedDeltaStream(IServiceCollection, string, Action{DeltaStreamHostingOptions})"/>
    public static DeltaStreamBuilder AddKeyedDeltaStream(this IServiceCollection services, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Add(services, new Registration(name, IsKeyed: true, null), null);
    }

    /// <summary>Registers a <see cref="StoreClient"/> over a data source of another transport, under its name as a key.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The key, and the name of the connection string.</param>
    /// <param name="createDataSource">Makes the data source of a connection string. It is called to check the string, too.</param>
    /// <param name="configure">Sets what the configuration does not; null for nothing.</param>
    /// <returns>What goes on from here, such as stores that are applied at start.</returns>
    /// <exception cref="InvalidOperationException">There is one of that name already.</exception>
    public static DeltaStreamBuilder AddKeyedDeltaStream(
        this IServiceCollection services,
        string name,
        Func<string, ILoggerFactory?, DbDataSource> createDataSource,
        Action<DeltaStreamHostingOptions>? configure = null
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(createDataSource);
        return Add(services, new Registration(name, IsKeyed: true, createDataSource), configure);
    }

    private static DeltaStreamBuilder Add(
        IServiceCollection services,
        Registration registration,
        Action<DeltaStreamHostingOptions>? configure
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        registration.AddTo(services);
        var options = services
            .AddOptions<DeltaStreamHostingOptions>(registration.OptionsName)
            .Configure<IServiceProvider>((o, provider) => ConnectionReading.Read(o, registration, provider))
            .ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.AddSingleton<IValidateOptions<DeltaStreamHostingOptions>>(provider => new ConnectionCheck(
            registration,
            provider
        ));
        var http = registration.IsRest ? ServiceHttpClient.Add(services, registration) : null;
        services.AddKeyedSingleton<DbDataSource>(
            registration.ConnectionName,
            (provider, _) => ConnectionFactory.CreateDataSource(provider, registration)
        );
        if (registration.IsKeyed)
        {
            services.AddKeyedSingleton(
                registration.Name,
                (provider, _) => ConnectionFactory.CreateClient(provider, registration)
            );
        }
        else
        {
            services.AddSingleton(provider => ConnectionFactory.CreateClient(provider, registration));
        }

        if (registration is { IsRest: true, IsKeyed: true })
        {
            services.AddKeyedSingleton(registration.Name, (provider, _) => registration.RestDataSource(provider));
        }
        else if (registration.IsRest)
        {
            services.AddSingleton(registration.RestDataSource);
        }

        return new DeltaStreamBuilder(services, registration, http);
    }
}
