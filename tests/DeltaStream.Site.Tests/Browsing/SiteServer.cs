using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.FileProviders;

namespace DeltaStream.Site.Tests.Browsing;

/// <summary>Serves the site's files, as any server of files does.</summary>
internal sealed class SiteServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private SiteServer(WebApplication application) => _application = application;

    /// <summary>Where the site is.</summary>
    public Uri Address => new(_application.Urls.Single());

    public static async Task<SiteServer> StartAsync(string folder)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        application.UseFileServer(new FileServerOptions { FileProvider = new PhysicalFileProvider(folder) });
        await application.StartAsync();
        return new SiteServer(application);
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
