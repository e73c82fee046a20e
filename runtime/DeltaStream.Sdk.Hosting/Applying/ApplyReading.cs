using DeltaStream.Sdk.Hosting.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DeltaStream.Sdk.Hosting.Applying;

/// <summary>Reads from the configuration what is applied when the host starts, and how.</summary>
internal static class ApplyReading
{
    public static IReadOnlyList<Setting<StoreApplyServiceOptions>> Settings { get; } =
    [
        new("Section", (o, text, _) => o.Section = text),
        new("StateFile", (o, text, _) => o.StateFile = text),
        new("Adopt", (o, text, key) => o.Adopt = SettingText.Flag(text, key)),
        new("Delete", (o, text, key) => o.Delete = SettingText.Flag(text, key)),
        new("Unknown", (o, text, key) => o.Unknown = SettingText.Value<StoreUnknownValues>(text, key)),
        new("InBackground", (o, text, key) => o.InBackground = SettingText.Flag(text, key)),
        new("OnFailure", (o, text, key) => o.OnFailure = SettingText.Value<StoreApplyFailure>(text, key)),
    ];

    public static string SectionOf(Registration registration) => $"{registration.Section}:{ConnectionReading.ApplyKey}";

    public static void ReadSettings(
        StoreApplyServiceOptions options,
        Registration registration,
        IServiceProvider provider
    )
    {
        if (ConnectionReading.ConfigurationOf(provider) is { } configuration)
        {
            SettingReader.Read(
                configuration.GetSection(SectionOf(registration)),
                Settings,
                [],
                options,
                options.Faults
            );
        }
    }

    public static void ReadStores(
        StoreApplyServiceOptions options,
        Registration registration,
        IServiceProvider provider
    )
    {
        if (ConnectionReading.ConfigurationOf(provider) is not { } configuration)
        {
            return;
        }

        var own = $"{registration.Section}:{ConnectionReading.StoresKey}";
        if (
            !own.Equals(options.Section, StringComparison.OrdinalIgnoreCase)
            && ConnectionReading.MisplacedStores(configuration.GetSection(registration.Section), registration, provider)
                is { } fault
        )
        {
            options.Faults.Add(fault);
        }

        if (options.Declared is not null)
        {
            return;
        }

        var usual = registration.IsKeyed ? own : ConnectionReading.StoresKey;
        // Without their validation: what is wrong with the client is said once, and what is wrong with the stores is said, too.
        var subtypes = new OptionsFactory<DeltaStreamHostingOptions>(
            provider.GetServices<IConfigureOptions<DeltaStreamHostingOptions>>(),
            provider.GetServices<IPostConfigureOptions<DeltaStreamHostingOptions>>()
        )
            .Create(registration.OptionsName)
            .OwnSubtypes;
        options.Stores = ConfiguredStores.Read(
            configuration.GetSection(options.Section ?? usual),
            new StoreDeclarationOptions { Directory = ContentRoot.Of(provider), OwnSubtypes = subtypes },
            options.Faults
        );
    }
}
