using DeltaStream.Site.Tests.Browsing;

namespace DeltaStream.Site.Tests;

/// <summary>The site in a browser.</summary>
public sealed class BrowserTests
{
    [SiteFact]
    public async Task The_page_of_a_class_shows_its_members_and_where_it_is()
    {
        await using var site = await OpenSite.AtAsync("api/DeltaStream.Sdk.StoreClient.html");

        Assert.Equal("Class StoreClient", await site.TextAsync("h1"));
        var members = (string)(await site.Browser.EvaluateAsync("document.querySelector('article').innerText"))!;
        Assert.Contains(
            "ApplyAsync(StorePlan, StoreApplyOptions?, CancellationToken)",
            members,
            StringComparison.Ordinal
        );
        Assert.Contains("Does what a plan says, and waits for the effects.", members, StringComparison.Ordinal);
        // Scripts make the navigation of the tables of contents.
        await site.Browser.UntilAsync(
            "[...document.querySelectorAll('#toc .active')].some(e => e.textContent.includes('StoreClient'))"
        );
        await site.Browser.UntilAsync("document.querySelector('#navbar')?.textContent.includes('Guides')");
        site.AssertQuiet();
    }

    [SiteFact]
    public async Task Diagrams_are_drawn_by_what_comes_with_the_site()
    {
        await using var site = await OpenSite.AtAsync("docs/architecture.html");

        await site.Browser.UntilAsync("document.querySelector('pre.mermaid svg, .mermaid svg')");
        site.AssertQuiet();
    }

    [SiteFact]
    public async Task The_first_page_has_a_search_that_finds_a_member_and_leads_to_its_page()
    {
        await using var site = await OpenSite.AtAsync("README.html");

        Assert.Equal("DeltaStream SDK for .NET", await site.TextAsync("h1"));
        await site.Browser.UntilAsync("!document.querySelector('#search-query').disabled");
        await site.Browser.EvaluateAsync(
            """
            const box = document.querySelector('#search-query');
            box.value = 'ApplyAsync';
            box.dispatchEvent(new Event('input'));
            """
        );
        await site.Browser.UntilAsync("document.querySelector('#search-results .sr-item a')");
        var found = (
            await site.Browser.EvaluateAsync(
                "[...document.querySelectorAll('#search-results .sr-item a')].map(a => new URL(a.href).pathname)"
            )
        )!
            .AsArray()
            .Select(path => ((string)path!).TrimStart('/'))
            .ToArray();

        Assert.Contains("api/DeltaStream.Sdk.StoreClient.html", found);
        Assert.All(found, page => Assert.Contains("ApplyAsync", Site.Pages[page], StringComparison.Ordinal));
        await site.GoToAsync(found[0]);
        Assert.NotEmpty(await site.TextAsync("h1"));
        site.AssertQuiet();
    }
}
