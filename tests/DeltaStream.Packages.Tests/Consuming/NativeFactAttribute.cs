namespace DeltaStream.Packages.Tests.Consuming;

/// <summary>
/// A test that compiles ahead of time, which needs a linker. Without one the test is skipped, unless
/// <c>DELTASTREAM_TEST_REQUIRE_AOT=1</c> says that it must run.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NativeFactAttribute : FactAttribute
{
    private const string Require = "DELTASTREAM_TEST_REQUIRE_AOT";

    public NativeFactAttribute() =>
        Skip =
            Environment.GetEnvironmentVariable(Require) == "1" || IsOnPath("clang") || IsOnPath("gcc")
                ? null
                : $"Neither clang nor gcc is on PATH; set {Require}=1 to fail instead of skipping.";

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));
}
