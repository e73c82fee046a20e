namespace DeltaStream.Site.Tests.Browsing;

/// <summary>The site, open in a browser.</summary>
internal sealed class OpenSite : IAsyncDisposable
{
    private readonly SiteServer _server;

    private OpenSite(SiteServer server, Browser browser) => (_server, Browser) = (server, browser);

    public Browser Browser { get; }

    /// <summary>Opens a page of the site, by its path.</summary>
    public static async Task<OpenSite> AtAsync(string page)
    {
        var server = await SiteServer.StartAsync(Site.Folder!);
        try
        {
            var site = new OpenSite(server, await Browser.StartAsync());
            await site.GoToAsync(page);
            return site;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public Task GoToAsync(string page) => Browser.OpenAsync(new Uri(_server.Address, page));

    /// <summary>The text of the first element that a selector finds.</summary>
    public async Task<string> TextAsync(string selector) =>
        (string)(await Browser.EvaluateAsync($"document.querySelector('{selector}').textContent.trim()"))!;

    /// <summary>Asserts that no script failed, and that nothing was asked of anybody else.</summary>
    public void AssertQuiet()
    {
        Assert.Empty(Browser.Complaints);
        Assert.NotEmpty(Browser.Requests);
        Assert.All(
            Browser.Requests.Where(r => r.Scheme is "http" or "https"),
            r => Assert.True(_server.Address.IsBaseOf(r), $"{r}")
        );
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        await _server.DisposeAsync();
    }
}
