using DeltaStream.TestSupport;

namespace DeltaStream.Pulumi.Tests.Scenarios;

/// <summary>A theory that runs Pulumi programs with the small engine. Without Node, or without the engine's packages, it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EngineTheoryAttribute : TheoryAttribute
{
    public EngineTheoryAttribute() => Skip = OtherPrograms.Missing("Node.js with @pulumi/pulumi", () => IsInstalled);

    /// <summary>The folder of the engine.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "DeltaStream.Pulumi.Tests", "Engine");

    public static bool IsInstalled { get; } =
        Directory.Exists(Path.Combine(Folder, "node_modules", "@pulumi", "pulumi"))
        && (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, "node")));
}

/// <summary>A scenario with a store of each subtype: each has a row of the table.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BySubtypeAttribute : Attribute;
