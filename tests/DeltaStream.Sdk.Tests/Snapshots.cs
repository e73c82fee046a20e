using DeltaStream.TestSupport;
using Snapshooter;
using Snapshooter.Xunit;

namespace DeltaStream.Sdk.Tests;

/// <summary>The one place that knows the snapshot library.</summary>
internal static class Snapshots
{
    private static readonly string s_folder = Path.Combine(
        Repository.Root,
        "tests",
        "DeltaStream.Sdk.Tests",
        "Statements"
    );

    public static void Match(string text, string name) =>
        Snapshot.Match(text, new SnapshotFullName($"{name}.snap", s_folder));
}
