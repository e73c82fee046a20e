namespace DeltaStream.Emulator.Tool;

/// <summary>The emulator as an installed command. NuGet lets no package be both a tool and a library, so it has its own.</summary>
internal static class Command
{
    private static Task<int> Main(string[] arguments) => Program.Main(arguments);
}
