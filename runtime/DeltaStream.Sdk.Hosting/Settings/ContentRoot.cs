using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DeltaStream.Sdk.Hosting.Settings;

/// <summary>Where relative paths of the configuration start.</summary>
internal static class ContentRoot
{
    public static string Of(IServiceProvider provider) =>
        provider.GetService<IHostEnvironment>()?.ContentRootPath ?? Environment.CurrentDirectory;
}
