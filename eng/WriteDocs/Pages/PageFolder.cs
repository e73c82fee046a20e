using System.Text;
using DeltaStream.SpecFiles;

namespace DeltaStream.WriteDocs.Pages;

/// <summary>The folder of the documentation, and what in it is not as the specs give it.</summary>
/// <param name="path">The folder.</param>
/// <param name="pages">The pages that the specs give.</param>
internal sealed class PageFolder(string path, IReadOnlyList<Page> pages)
{
    private const string Missing = "missing";

    // The folders that hold nothing but pages.
    private static readonly string[] s_folders = ["schema", "stores"];

    /// <summary>Says what is not as it should be, one line for each file.</summary>
    public IEnumerable<string> Stale() =>
        pages
            .Select(p => (p.Path, Fault: FaultOf(p)))
            .Where(p => p.Fault is not null)
            .Select(p => $"{p.Path}: {p.Fault}")
            .Concat(Left().Select(l => $"{l}: no spec gives it"));

    /// <summary>Writes what is not as it should be, and removes pages that no spec gives. Says what it did, one line for each file.</summary>
    public IEnumerable<string> Write()
    {
        foreach (var page in pages)
        {
            var fault = FaultOf(page);
            if (fault is not null)
            {
                var file = Path.Combine(path, page.Path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                WholeFile.Write(file, Encoding.UTF8.GetBytes(page.Text));
            }

            yield return fault switch
            {
                null => $"{page.Path}: as before",
                Missing => $"{page.Path}: written for the first time",
                _ => $"{page.Path}: written",
            };
        }

        foreach (var left in Left())
        {
            File.Delete(Path.Combine(path, left));
            yield return $"{left}: removed, no spec gives it";
        }
    }

    private string? FaultOf(Page page)
    {
        var file = Path.Combine(path, page.Path);
        return !File.Exists(file) ? Missing
            : File.ReadAllBytes(file).AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(page.Text)) ? null
            : "not what the specs give";
    }

    // Only what could have been a page: what else someone keeps there stays.
    private string[] Left() =>
        [
            .. s_folders
                .Where(f => Directory.Exists(Path.Combine(path, f)))
                .SelectMany(f => Directory.GetFiles(Path.Combine(path, f)).Select(p => $"{f}/{Path.GetFileName(p)}"))
                .Where(p => Path.GetExtension(p) is ".json" or ".md")
                .Except(pages.Select(p => p.Path), StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
}
