using System.Data.Common;
using DeltaStream.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DeltaStream.Sdk.Hosting.Settings;

/// <summary>A client that was registered: what it is called where.</summary>
/// <param name="Name">The name; null for none.</param>
/// <param name="IsKeyed">Whether the name is the key of its services, too.</param>
/// <param name="CreateDataSource">Makes the data source; null for the REST API.</param>
internal sealed record Registration(
    string? Name,
    bool IsKeyed,
    Func<string, ILoggerFactory?, DbDataSource>? CreateDataSource
)
{
    public const string Root = "DeltaStream";

    /// <summary>Whether stores are applied when the host starts.</summary>
    public bool AppliesStores { get; set; }

    public bool IsRest => CreateDataSource is null;

    public string OptionsName => Name ?? string.Empty;

    /// <summary>The section of its settings.</summary>
    public string Section => Name is null ? Root : $"{Root}:{Name}";

    /// <summary>The name of its connection string, and the key of what only this package asks for.</summary>
    public string ConnectionName => Name ?? Root;

    public string ConnectionPath => $"ConnectionStrings:{ConnectionName}";

    /// <summary>The one that was registered under a key; null for none.</summary>
    public static Registration? Of(IServiceProvider provider, string? serviceKey) =>
        provider.GetServices<Registration>().FirstOrDefault(r => (r.IsKeyed ? r.Name : null) == serviceKey);

    /// <exception cref="InvalidOperationException">Another one stands in its place.</exception>
    public void AddTo(IServiceCollection services)
    {
        var others = services.Select(s => s.IsKeyedService ? null : s.ImplementationInstance).OfType<Registration>();
        foreach (var other in others)
        {
            if (other.ConnectionName == ConnectionName)
            {
                throw new InvalidOperationException(
                    $"A DeltaStream client named '{ConnectionName}' is registered already."
                );
            }

            if (!other.IsKeyed && !IsKeyed)
            {
                throw new InvalidOperationException(
                    $"A DeltaStream client without a key is registered already, '{other.ConnectionName}': register this one with AddKeyedDeltaStream(\"{ConnectionName}\")."
                );
            }
        }

        services.AddSingleton(this);
    }

    public StoreClient Client(IServiceProvider provider) =>
        IsKeyed ? provider.GetRequiredKeyedService<StoreClient>(Name) : provider.GetRequiredService<StoreClient>();

    public DbDataSource DataSource(IServiceProvider provider) =>
        provider.GetRequiredKeyedService<DbDataSource>(ConnectionName);

    public DeltaStreamDataSource RestDataSource(IServiceProvider provider) =>
        (DeltaStreamDataSource)DataSource(provider);
}
