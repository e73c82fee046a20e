using DeltaStream.Packages.Tests.Consuming;
using DeltaStream.Packages.Tests.Packing;

namespace DeltaStream.Packages.Tests;

/// <summary>A version is compared with the one before when it is packed: what users compiled against must still be there.</summary>
[Collection(PackageTests.Name)]
public sealed class BaselineTests(PackageFeed feed)
{
    private const string Factory = "runtime/DeltaStream.Data/DeltaStreamProviderFactory.cs";

    [Fact]
    public async Task A_version_without_a_member_of_the_one_before_is_not_packed()
    {
        using var copy = await WorkingCopy.CreateAsync([]);

        var (code, same) = await PackAsync(copy);
        Assert.True(code == 0, same);

        var source = await File.ReadAllTextAsync(Path.Combine(copy.Folder, Factory));
        var without = source.Replace("public static readonly", "internal static readonly", StringComparison.Ordinal);
        Assert.NotEqual(source, without);
        await copy.WriteAsync(Factory, without);
        (code, var less) = await PackAsync(copy);

        Assert.NotEqual(0, code);
        Assert.Contains("error CP0002: Member", less, StringComparison.Ordinal);
        Assert.Contains("DeltaStreamProviderFactory.Instance", less, StringComparison.Ordinal);
    }

    private Task<(int Code, string Output)> PackAsync(WorkingCopy copy) =>
        DotNet.TryAsync(
            copy.Folder,
            "pack",
            "runtime/DeltaStream.Data",
            "--output",
            feed.NewFolder("next"),
            "-p:RunAnalyzers=false",
            "-p:VersionPrefix=0.2.0",
            $"-p:RestoreAdditionalProjectSources={feed.Folder}",
            $"-p:PackageValidationBaselineVersion={feed.Version}"
        );
}
