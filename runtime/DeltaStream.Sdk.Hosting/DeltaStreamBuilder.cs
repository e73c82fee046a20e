using DeltaStream.Sdk.Hosting.Applying;
using DeltaStream.Sdk.Hosting.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DeltaStream.Sdk.Hosting;

/// <summary>Goes on from a registered client.</summary>
public sealed class DeltaStreamBuilder
{
    private readonly Registration _registration;
    private readonly IHttpClientBuilder? _http;

    internal DeltaStreamBuilder(IServiceCollection services, Registration registration, IHttpClientBuilder? http) =>
        (Services, _registration, _http) = (services, registration, http);

    /// <summary>The services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Applies declared stores before the application starts to serve.</summary>
    /// <remarks>
    /// The declarations come from <see cref="StoreApplyServiceOptions.Declared"/>, or from the section <c>Stores</c> of the
    /// configuration (<c>DeltaStream:{name}:Stores</c> for a keyed client). The options come from
    /// <c>DeltaStream:{name}:Apply</c>, then from code. A fault of the declarations in the configuration stops the start, and all of
    /// them come at once, each with its key.
    /// </remarks>
    /// <param name="configure">Sets what the configuration does not; null for nothing.</param>
    /// <returns>This.</returns>
    /// <exception cref="InvalidOperationException">It was called before for this client.</exception>
    public DeltaStreamBuilder ApplyStores(Action<StoreApplyServiceOptions>? configure = null)
    {
        if (_registration.AppliesStores)
        {
            throw new InvalidOperationException(
                $"ApplyStores was called already for the DeltaStream client '{_registration.ConnectionName}': call it once, and set all of its options there."
            );
        }

        _registration.AppliesStores = true;
        var options = Services
            .AddOptions<StoreApplyServiceOptions>(_registration.OptionsName)
            .Configure<IServiceProvider>((o, provider) => ApplyReading.ReadSettings(o, _registration, provider))
            .ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        options.PostConfigure<IServiceProvider>((o, provider) => ApplyReading.ReadStores(o, _registration, provider));
        Services.AddSingleton<IValidateOptions<StoreApplyServiceOptions>>(new ApplyCheck(_registration));
        Services.AddKeyedSingleton(
            _registration.ConnectionName,
            (provider, _) => new StoreApplyService(_registration, provider)
        );
        Services.AddSingleton<IHostedService>(provider =>
            provider.GetRequiredKeyedService<StoreApplyService>(_registration.ConnectionName)
        );
        return this;
    }

    /// <summary>Configures the HTTP client, such as with a handler of your own. A handler must not send a request again.</summary>
    /// <remarks>
    /// Handlers that <c>ConfigureHttpClientDefaults</c> adds for all clients are not used: most of them send again and have a timeout, and
    /// the client has both already.
    /// </remarks>
    /// <param name="configure">Configures it.</param>
    /// <returns>This.</returns>
    /// <exception cref="InvalidOperationException">The transport is not the REST API.</exception>
    public DeltaStreamBuilder ConfigureHttpClient(Action<IHttpClientBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        configure(
            _http
                ?? throw new InvalidOperationException(
                    "Only the REST API has an HTTP client, and this is another transport."
                )
        );
        return this;
    }
}
