using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using DeltaStream.Benchmarks;
using DeltaStream.Benchmarks.Create;
using DeltaStream.Benchmarks.Emulate;
using DeltaStream.Benchmarks.Generate;
using DeltaStream.Benchmarks.Read;
using DeltaStream.Benchmarks.Targets;
using DeltaStream.Benchmarks.Validate;

const string Usage = """
    dotnet run -c Release --project benchmarks/DeltaStream.Benchmarks -- [--quick] [--check]
      --quick  few iterations in one process, under a minute
      --check  exit with 1 when a target is missed
    """;

if (args.Except(["--quick", "--check"], StringComparer.Ordinal).Any())
{
    Console.Error.WriteLine(Usage);
    return 2;
}

var quick = args.Contains("--quick", StringComparer.Ordinal);
var summaries = new List<Summary>();
foreach (
    var type in new[] { typeof(CreateStatementBenchmarks), typeof(ValidateBenchmarks), typeof(GeneratorBenchmarks) }
)
{
    Console.WriteLine($"Running {type.Name} ...");
    var config = type == typeof(GeneratorBenchmarks) ? RunConfig.QuickGenerate : RunConfig.Quick;
    var summary = BenchmarkRunner.Run(type, quick ? config : RunConfig.Full);
    if (summary.HasCriticalValidationErrors || summary.Reports.IsEmpty || summary.Reports.Any(r => !r.Success))
    {
        Console.Error.WriteLine($"{type.Name} could not be measured; see {summary.LogFilePath}");
        return 2;
    }

    MarkdownExporter.Console.ExportToLog(summary, ConsoleLogger.Default);
    Console.WriteLine();
    summaries.Add(summary);
}

Console.WriteLine("Running ReadBenchmark ...");
var reads = await ReadBenchmark.RunAsync(rounds: quick ? 3 : 9);
Console.WriteLine(ReadBenchmark.Format(reads));
Console.WriteLine();

Console.WriteLine("Running EmulatorBenchmark ...");
var emulated = await EmulatorBenchmark.RunAsync();
Console.WriteLine();

IReadOnlyList<Target> targets =
[
    .. TargetTable.Judge(new Measurements(summaries)),
    .. ReadTargets.Judge(reads),
    .. EmulatorTargets.Judge(emulated),
];
Console.WriteLine(TargetTable.Format(targets));
return args.Contains("--check", StringComparer.Ordinal) && targets.Any(t => !t.Holds) ? 1 : 0;
