using DeltaStream.Data;
using DeltaStream.Data.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DeltaStream.Sdk.Hosting.Settings;

/// <summary>Reads the settings of a client from the configuration.</summary>
/// <remarks>It is no binder: that one stops at the first value it can't convert, shows it, and drops what it does not know.</remarks>
internal static class ConnectionReading
{
    // What the section has beside the settings.
    private static readonly string[] s_elsewhere = [ApplyKey, StoresKey];

    public const string ApplyKey = "Apply";

    public const string StoresKey = "Stores";

    /// <summary>The settings of the REST API, in an order in which each needs only those before it.</summary>
    public static IReadOnlyList<Setting<DeltaStreamHostingOptions>> OfRest { get; } =
    [
        Rest(
            "AllowInsecureHosts",
            (o, text, key) =>
            {
                var hosts = InsecureHosts.Split(text);
                InsecureHosts.Of(hosts, key);
                o.AllowInsecureHosts = hosts;
            }
        ),
        Rest(
            "Server",
            (o, text, key) => o.Server = ServerAddress.Parse(text, key, InsecureHosts.Of(o.AllowInsecureHosts, key))
        ),
        Rest("Token", (o, text, key) => o.Token = ConnectionSettings.CheckedToken(text.Trim(), key)),
        Rest("Organization", (o, text, _) => o.Organization = text),
        Rest("Role", (o, text, _) => o.Role = text),
        Rest("Database", (o, text, _) => o.Database = text),
        Rest("Schema", (o, text, _) => o.Schema = text),
        Rest("Store", (o, text, _) => o.Store = text),
        Rest("ComputePool", (o, text, _) => o.ComputePool = text),
        Rest("SessionId", (o, text, key) => o.SessionId = ConnectionSettings.Header(text, key)),
        Rest("ApplicationName", (o, text, key) => o.ApplicationName = ConnectionSettings.Header(text, key)),
        Rest("ConnectTimeout", (o, text, key) => o.ConnectTimeout = Limit(text, key)),
        Rest("ResponseHeaderTimeout", (o, text, key) => o.ResponseHeaderTimeout = Limit(text, key)),
        Rest("CommandTimeout", (o, text, key) => o.CommandTimeout = Limit(text, key)),
        new("TokenFile", (o, text, _) => o.TokenFile = text),
        new("AttachSecrets", (o, text, key) => o.AttachSecrets = SettingText.Flag(text, key)),
    ];

    /// <summary>The settings of each transport.</summary>
    public static IReadOnlyList<Setting<DeltaStreamHostingOptions>> OfAll { get; } =
    [
        new("ConnectionString", (o, text, _) => o.ConnectionString = text),
        new(
            "KeyOverrides",
            (o, text, _) =>
            {
                StoreClientOptions.ParseKeyOverrides(text);
                o.KeyOverrides = text;
            }
        ),
        Rest(
            "MaxRetries",
            (o, text, key) =>
            {
                var retries = SettingText.Number(text, key);
                RetryLimits.Of(retries, TimeSpan.Zero);
                o.MaxRetries = retries;
            }
        ),
        Rest(
            "RetryDelay",
            (o, text, key) =>
            {
                var delay = SettingText.Time(text, key);
                RetryLimits.Of(0, delay);
                o.RetryDelay = delay;
            }
        ),
        new("HealthTimeout", (o, text, key) => o.HealthTimeout = SettingText.Time(text, key)),
    ];

    /// <summary>The configuration; null where there is none.</summary>
    public static IConfiguration? ConfigurationOf(IServiceProvider provider) => provider.GetService<IConfiguration>();

    public static void Read(DeltaStreamHostingOptions options, Registration registration, IServiceProvider provider)
    {
        options.IsRest = registration.IsRest;
        if (ConfigurationOf(provider) is not { } configuration)
        {
            return;
        }

        options.ConnectionString = configuration.GetConnectionString(registration.ConnectionName);
        var section = configuration.GetSection(registration.Section);
        string[] clients = registration.Name is null
            ? [.. provider.GetServices<Registration>().Select(r => r.ConnectionName)]
            : [];
        string[] elsewhere = [.. s_elsewhere, .. clients];
        // With ApplyStores, its own reading says the same: the code may name another section.
        if (!registration.AppliesStores)
        {
            if (section.GetSection(ApplyKey).Exists() && !clients.Contains(ApplyKey, StringComparer.OrdinalIgnoreCase))
            {
                options.Faults.Add(
                    $"{registration.Section}:{ApplyKey} is read by ApplyStores, which is not called for this client: call it behind the client's AddDeltaStream, or remove the section."
                );
            }

            if (MisplacedStores(section, registration, provider) is { } fault)
            {
                options.Faults.Add(fault);
            }
        }

        if (registration.IsRest)
        {
            SettingReader.Read(section, [.. OfAll, .. OfRest], elsewhere, options, options.Faults);
            options.ConfiguredToken = options.Rest.Token;
            return;
        }

        var rest = OfRest.Select(s => s.Name).ToArray();
        SettingReader.Read(section, OfAll, [.. elsewhere, .. rest], options, options.Faults);
        foreach (var child in section.GetChildren().Where(c => rest.Contains(c.Key, StringComparer.OrdinalIgnoreCase)))
        {
            options.Faults.Add(
                $"{child.Path} is a setting of the REST API, and this transport has its settings in {registration.ConnectionPath}: remove it."
            );
        }
    }

    /// <summary>What is wrong with declarations in the section of a client without a key, which nobody reads; null when nothing is.</summary>
    public static string? MisplacedStores(
        IConfigurationSection section,
        Registration registration,
        IServiceProvider provider
    )
    {
        var isClient =
            registration.Name is null
            && provider
                .GetServices<Registration>()
                .Any(r => StoresKey.Equals(r.ConnectionName, StringComparison.OrdinalIgnoreCase));
        return registration.IsKeyed || isClient || !section.GetSection(StoresKey).Exists()
            ? null
            : $"{registration.Section}:{StoresKey} is read for a client with a key only: move it to {StoresKey}, or register the client with AddKeyedDeltaStream.";
    }

    /// <summary>The token that the configuration has now; null for none.</summary>
    public static string? TokenNow(IConfiguration configuration, Registration registration)
    {
        var section = configuration.GetSection(registration.Section);
        return section["Token"] is { Length: > 0 } token
            ? token
            : new DeltaStreamConnectionStringBuilder(
                section["ConnectionString"] is { Length: > 0 } text
                    ? text
                    : configuration.GetConnectionString(registration.ConnectionName)
            ).Token;
    }

    private static Setting<DeltaStreamHostingOptions> Rest(
        string name,
        Action<DeltaStreamOptions, string, string> set
    ) => new(name, (o, text, key) => set(o.Rest, text, key));

    private static TimeSpan Limit(string text, string key) =>
        ConnectionSettings.Limit(SettingText.Time(text, key), key);
}
