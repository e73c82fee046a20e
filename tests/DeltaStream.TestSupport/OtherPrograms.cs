namespace DeltaStream.TestSupport;

/// <summary>Programs that are not .NET's, and that tests run where they are installed.</summary>
public static class OtherPrograms
{
    private const string Require = "DELTASTREAM_TEST_REQUIRE_CLIENTS";

    /// <summary>Why a test is skipped; null when it must run.</summary>
    public static string? Missing(string program, Func<bool> isInstalled) =>
        Environment.GetEnvironmentVariable(Require) == "1" || isInstalled()
            ? null
            : $"{program} is not installed; CONTRIBUTING.md says how. Set {Require}=1 to fail instead of skipping.";
}
