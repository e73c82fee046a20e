namespace DeltaStream.Packages.Tests.Packing;

/// <summary>A solution file.</summary>
internal static class Solution
{
    /// <summary>The text of a solution with these projects.</summary>
    public static string Of(IEnumerable<string> projects) =>
        $"<Solution>\n{string.Concat(projects.Select(p => $"  <Project Path=\"{p}\" />\n"))}</Solution>\n";
}
