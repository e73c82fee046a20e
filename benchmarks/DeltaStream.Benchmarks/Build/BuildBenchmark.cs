using DeltaStream.Benchmarks.Targets;
using DeltaStream.Sdk.Generator;

namespace DeltaStream.Benchmarks.Build;

/// <summary>A project of 200 files, 20 of which declare a store, compiled by the SDK's own compiler with and without what the package adds.</summary>
internal static class BuildBenchmark
{
    private const int Files = 200;

    // The compiler's server gets much faster in the first builds.
    private const int WarmUp = 3;

    public static async Task<BuildResult> RunAsync(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("deltastream-build-").FullName;
        try
        {
            foreach (var (path, text) in Consumer.Files(Files))
            {
                await File.WriteAllTextAsync(Path.Combine(folder, path), text);
            }

            await WriteArgumentsAsync(folder, "without.rsp", []);
            await WriteArgumentsAsync(folder, "with.rsp", [typeof(StoreGenerator).Assembly.Location]);
            await using var compiler = new CompilerServer();
            List<(double Without, double With)> times = [];
            for (var i = -WarmUp; i < rounds; i++)
            {
                var without = i % 2 == 0 ? await compiler.CompileAsync(folder, "without.rsp") : 0;
                var with = await compiler.CompileAsync(folder, "with.rsp");
                without = i % 2 == 0 ? without : await compiler.CompileAsync(folder, "without.rsp");
                if (i >= 0)
                {
                    times.Add((without, with));
                }
            }

            return new BuildResult(
                Median.Of(times.Select(t => t.Without)),
                Median.Of(times.Select(t => t.With)),
                Median.Of(times.Select(t => t.With / t.Without))
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // What 'dotnet build' hands to the compiler for a project that says nothing special, by default in Debug.
    private static Task WriteArgumentsAsync(string folder, string file, string[] analyzers) =>
        File.WriteAllLinesAsync(
            Path.Combine(folder, file),
            [
                "/nostdlib+ /nullable:enable /debug:portable /target:exe /deterministic+ /langversion:14.0 /utf8output",
                "/out:Consumer.dll /refout:Consumer.ref.dll",
                $"/analyzerconfig:\"{DotNetSdk.AnalyzerConfig}\"",
                .. Consumer.References.Select(r => $"/reference:\"{r}\""),
                .. DotNetSdk.Analyzers.Concat(DotNetSdk.Generators).Concat(analyzers).Select(a => $"/analyzer:\"{a}\""),
                "*.cs",
            ]
        );
}

/// <summary>Medians in milliseconds.</summary>
/// <param name="Without">Without the package's generator and analyzers.</param>
/// <param name="With">With them.</param>
/// <param name="Ratio">The median of what a build with them took of the one next to it without.</param>
internal sealed record BuildResult(double Without, double With, double Ratio);
