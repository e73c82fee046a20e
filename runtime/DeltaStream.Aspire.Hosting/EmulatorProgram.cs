using DeltaStream.Emulator;

namespace DeltaStream.Aspire.Hosting;

/// <summary>The emulator's program, as the app host has it: in the folder that the app host was built to.</summary>
/// <param name="Command">What is started.</param>
/// <param name="Arguments">The arguments in front of the emulator's own.</param>
internal sealed record EmulatorProgram(string Command, IReadOnlyList<string> Arguments)
{
    /// <summary>Finds it.</summary>
    /// <exception cref="InvalidOperationException">The app host is no program that dotnet built into a folder.</exception>
    public static EmulatorProgram Find()
    {
        // A library's package has no list of what its program needs. The app host's own list has all of it, with the versions
        // that NuGet agreed on; the first file is the app host's, the next are those of the frameworks.
        var dependencies = (AppContext.GetData("APP_CONTEXT_DEPS_FILES") as string)?.Split(';')[0];
        var emulator = typeof(DeltaStreamEmulator).Assembly.Location;
        if (string.IsNullOrEmpty(dependencies) || emulator.Length == 0)
        {
            throw new InvalidOperationException(
                "The emulator is started from the folder of the app host, and this app host is a single file. Build it without PublishSingleFile."
            );
        }

        var runtime = Path.ChangeExtension(Path.ChangeExtension(dependencies, null), ".runtimeconfig.json");
        return new("dotnet", ["exec", "--depsfile", dependencies, "--runtimeconfig", runtime, emulator]);
    }
}
