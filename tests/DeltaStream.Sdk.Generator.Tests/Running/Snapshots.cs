using System.Text.RegularExpressions;
using Snapshooter;
using Snapshooter.Xunit;

namespace DeltaStream.Sdk.Generator.Tests.Running;

/// <summary>Compares with a file in __snapshots__ that was looked at once. Only this file knows the library that does it.</summary>
/// <remarks>
/// A missing snapshot fails (tests.runsettings). To accept a new text, delete the old file, run once with a settings file
/// that doesn't say so (dotnet test --settings), and read the difference before it is committed.
/// </remarks>
internal static partial class Snapshots
{
    /// <summary>Compares text with its snapshot.</summary>
    /// <param name="name">The snapshot's file name.</param>
    /// <param name="text">The text.</param>
    public static void Match(string name, string text) =>
        Snapshot.Match(
            Version().Replace(text, "\"DeltaStream.Sdk.Generator\", \"(version)\""),
            new SnapshotFullName(name, Path.Combine(Repository.Root, "tests", "DeltaStream.Sdk.Generator.Tests"))
        );

    // A release is no change of what is generated.
    [GeneratedRegex(
        """
            "DeltaStream\.Sdk\.Generator", "[0-9.]+"
            """,
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Version();
}
