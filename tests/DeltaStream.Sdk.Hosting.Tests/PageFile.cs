using DeltaStream.TestSupport;

namespace DeltaStream.Sdk.Hosting.Tests;

/// <summary>Files of the repository that tests write the text of.</summary>
internal static class PageFile
{
    /// <summary>Compares a part of a page, between <c>&lt;!-- NAME: ... --&gt;</c> and <c>&lt;!-- NAME ends --&gt;</c>.</summary>
    public static async Task AssertSectionAsync(string page, string name, string expected)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, page));
        var begin = text.IndexOf($"<!-- {name}: ", StringComparison.Ordinal);
        var start = text.IndexOf('\n', begin) + 1;
        var end = text.IndexOf($"<!-- {name} ends -->", StringComparison.Ordinal);

        await AssertAsync(page, text, $"{text[..start]}\n{expected}\n{text[end..]}");
    }

    /// <summary>Compares a whole file. The right text is written beside the tests, to be copied after it was read.</summary>
    public static async Task AssertAsync(string file, string actual, string expected)
    {
        var mismatch = Path.Combine(AppContext.BaseDirectory, Path.GetFileName(file));
        if (actual != expected)
        {
            await File.WriteAllTextAsync(mismatch, expected);
        }

        Assert.True(actual == expected, $"{file} is out of date: compare it with {mismatch}, and copy that over it.");
    }
}
