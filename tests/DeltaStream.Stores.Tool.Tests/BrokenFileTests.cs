using System.Text;
using DeltaStream.TestSupport;
using Snapshooter;
using Snapshooter.Xunit;

namespace DeltaStream.Stores.Tool.Tests;

/// <summary>Files that are broken in one way or another: one run names every fault, and shows no value.</summary>
public sealed class BrokenFileTests : ToolTest
{
    private static readonly string s_broken = Path.Combine(
        Repository.Root,
        "tests/DeltaStream.Stores.Tool.Tests/Broken"
    );

    [Fact]
    public async Task Every_fault_of_every_file_is_named_in_one_run_at_its_place()
    {
        foreach (var file in Directory.GetFiles(s_broken))
        {
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
        }

        File.WriteAllBytes(Path.Combine(Folder, "22-latin-1.yaml"), Encoding.Latin1.GetBytes("name: ä"));
        File.WriteAllText(Path.Combine(Folder, "23-deep.yaml"), new string('[', 100_000));
        File.WriteAllText(Path.Combine(Folder, "24-deep.json"), new string('[', 100_000));

        var run = (await RunAsync("validate")).Ended(3);

        foreach (var file in Directory.GetFiles(Folder))
        {
            Assert.Contains(Path.GetFileName(file) + "(", run.Error, StringComparison.Ordinal);
        }

        // By the repository's folder: what is built for a release does not know where it was built.
        var folder = Path.Combine(Repository.Root, "tests", "DeltaStream.Stores.Tool.Tests");
        Snapshot.Match(
            run.Error.Replace(Folder, "FOLDER", StringComparison.Ordinal),
            new SnapshotFullName($"{nameof(BrokenFileTests)}.snap", folder)
        );
    }
}
