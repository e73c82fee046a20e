using BenchmarkDotNet.Analysers;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using BenchmarkDotNet.Validators;
using Perfolizer.Horology;

namespace DeltaStream.Benchmarks;

/// <summary>How the benchmarks are run.</summary>
internal static class RunConfig
{
    /// <summary>Every benchmark in this process with few iterations: minutes less, and good enough to see a change.</summary>
    public static IConfig Quick { get; } =
        Base.AddJob(
            Job.Default.WithId("Quick")
                .WithToolchain(InProcessEmitToolchain.Instance)
                .WithWarmupCount(5)
                .WithIterationCount(10)
                .WithIterationTime(TimeInterval.FromMilliseconds(100))
        );

    /// <summary>Every benchmark in a process of its own, with as many iterations as its spread asks for.</summary>
    public static IConfig Full { get; } = Base.AddJob(Job.Default.WithId("Full"));

    private static ManualConfig Base =>
        ManualConfig
            .CreateEmpty()
            .AddLogger(NullLogger.Instance)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddAnalyser(EnvironmentAnalyser.Default, OutliersAnalyser.Default)
            .AddValidator(JitOptimizationsValidator.FailOnError, ExecutionValidator.FailOnError);
}
