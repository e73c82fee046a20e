using Snapshooter.Xunit;

namespace DeltaStream.Sdk.Tests;

/// <summary>The one place that knows the snapshot library.</summary>
internal static class Snapshots
{
    public static void Match(string text, string name) => Snapshot.Match(text, name);
}
