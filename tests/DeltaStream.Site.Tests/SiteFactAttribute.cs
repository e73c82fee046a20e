namespace DeltaStream.Site.Tests;

/// <summary>
/// A test of the site that is built. Where the variable <c>DELTASTREAM_SITE</c> does not say where it is, the test is skipped; where
/// it does, the test runs, and needs Chromium.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SiteFactAttribute : FactAttribute
{
    public SiteFactAttribute() =>
        Skip = Site.Folder is null
            ? $"No site: build it, and set {Site.Variable} to its folder; CONTRIBUTING.md says how."
            : null;
}
