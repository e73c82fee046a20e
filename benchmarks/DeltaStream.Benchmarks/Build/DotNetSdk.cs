using System.Reflection;

namespace DeltaStream.Benchmarks.Build;

/// <summary>Where the .NET SDK that built this program has what every build uses.</summary>
internal static class DotNetSdk
{
    /// <summary>The compiler.</summary>
    public static string Compiler { get; } = Path.Combine(Of("Roslyn"), "bincore", "csc.dll");

    /// <summary>The compiler's server, which <c>dotnet build</c> leaves running for the next build.</summary>
    public static string CompilerServer { get; } = Path.Combine(Of("Roslyn"), "bincore", "VBCSCompiler.dll");

    /// <summary>The assemblies that each project references.</summary>
    public static IReadOnlyList<string> References { get; } =
        Directory.GetFiles(Path.Combine(Of("TargetingPack"), "ref", "net10.0"), "*.dll");

    /// <summary>The generators that each project has.</summary>
    public static IReadOnlyList<string> Generators { get; } =
        Directory.GetFiles(Path.Combine(Of("TargetingPack"), "analyzers", "dotnet", "cs"), "*.dll");

    /// <summary>The analyzers that each project has.</summary>
    public static IReadOnlyList<string> Analyzers { get; } =
        Directory.GetFiles(Of("Analyzers"), "Microsoft.CodeAnalysis*.dll");

    /// <summary>What these analyzers report in a project that says nothing of it.</summary>
    public static string AnalyzerConfig { get; } =
        Path.Combine(Of("Analyzers"), "build", "config", "analysislevel_10_default.globalconfig");

    /// <summary>The folder of the package Riok.Mapperly.</summary>
    public static string Mapperly { get; } = Of("Mapperly");

    // DeltaStream.Benchmarks.csproj hands the folders on.
    private static string Of(string key) =>
        Assembly
            .GetExecutingAssembly()
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(a => a.Key == key)
            .Value!;
}
