using System.Text;
using DeltaStream.SpecFiles;

namespace DeltaStream.WriteDocs.Pages;

/// <summary>The folder of the documentation, and what in it is not as the specs give it.</summary>
/// <param name="path">The folder.</param>
/// <param name="pages">The pages that the specs give.</param>
internal sealed class PageFolder(string path, IReadOnlyList<Page> pages)
{
    // The folders that hold nothing but pages.
    private static readonly string[] s_folders = ["schema", "stores"];

    /// <summary>Writes what is not as it should be, and removes pages that no spec gives.</summary>
    public void Write(TextWriter output)
    {
        foreach (var page in pages)
        {
            var state = StateOf(page);
            if (state != State.Current)
            {
                var file = Path.Combine(path, page.Path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                WholeFile.Write(file, Encoding.UTF8.GetBytes(page.Text));
            }

            var done = state switch
            {
                State.Current => "as before",
                State.Missing => "written for the first time",
                _ => "written",
            };
            output.WriteLine($"{page.Path}: {done}");
        }

        foreach (var left in Left())
        {
            File.Delete(Path.Combine(path, left));
            output.WriteLine($"{left}: removed, no spec gives it");
        }
    }

    /// <summary>Says what is not as it should be, one line for each file.</summary>
    public IEnumerable<string> Stale() =>
        pages
            .Select(p => (p.Path, State: StateOf(p)))
            .Where(p => p.State != State.Current)
            .Select(p => p.State == State.Missing ? $"{p.Path}: missing" : $"{p.Path}: not what the specs give")
            .Concat(Left().Select(l => $"{l}: no spec gives it"));

    private State StateOf(Page page)
    {
        var file = Path.Combine(path, page.Path);
        return !File.Exists(file) ? State.Missing
            : File.ReadAllBytes(file).AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(page.Text)) ? State.Current
            : State.Stale;
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

    private enum State
    {
        Current,
        Missing,
        Stale,
    }
}
