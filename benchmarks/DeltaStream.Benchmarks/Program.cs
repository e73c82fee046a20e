using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using DeltaStream.Benchmarks;
using DeltaStream.Benchmarks.Apply;
using DeltaStream.Benchmarks.Build;
using DeltaStream.Benchmarks.Command;
using DeltaStream.Benchmarks.Create;
using DeltaStream.Benchmarks.Emulate;
using DeltaStream.Benchmarks.Generate;
using DeltaStream.Benchmarks.Plugin;
using DeltaStream.Benchmarks.Read;
using DeltaStream.Benchmarks.RoundTrip;
using DeltaStream.Benchmarks.Start;
using DeltaStream.Benchmarks.Targets;
using DeltaStream.Benchmarks.Validate;
using DeltaStream.Benchmarks.Wait;

const string Usage = """
    dotnet run -c Release --project benchmarks/DeltaStream.Benchmarks -- [--quick] [--check] [NAME ...]
      --quick  few iterations in one process, about five minutes for all
      --check  exit with 1 when a target is missed
      NAME     create, validate, generate, build, read, roundtrip, apply, emulator, wait, command, plugin, start;
               all when none is given
    """;

var quick = args.Contains("--quick", StringComparer.Ordinal);
var check = args.Contains("--check", StringComparer.Ordinal);
(string Name, Func<Task<IEnumerable<Target>>> RunAsync)[] benchmarks =
[
    ("create", () => Measured<CreateStatementBenchmarks>(CreateTargets.Judge)),
    ("validate", () => Measured<ValidateBenchmarks>(ValidateTargets.Judge)),
    ("generate", Generate),
    ("build", BuildAsync),
    ("read", ReadAsync),
    ("roundtrip", RoundTripAsync),
    ("apply", ApplyAsync),
    ("emulator", async () => EmulatorTargets.Judge(await EmulatorBenchmark.RunAsync(rounds: quick ? 3 : 9))),
    ("wait", WaitAsync),
    ("command", async () => CommandTargets.Judge(await CommandBenchmark.RunAsync(rounds: quick ? 5 : 15))),
    ("plugin", PluginAsync),
    ("start", async () => StartTargets.Judge(await StartBenchmark.RunAsync(rounds: quick ? 15 : 45))),
];
string[] names = [.. args.Except(["--quick", "--check"], StringComparer.Ordinal)];
if (names.Except(benchmarks.Select(b => b.Name), StringComparer.Ordinal).Any())
{
    Console.Error.WriteLine(Usage);
    return 2;
}

List<Target> targets = [];
foreach (var (name, runAsync) in benchmarks.Where(b => names.Length == 0 || names.Contains(b.Name)))
{
    Console.WriteLine($"Running {name} ...");
    targets.AddRange(await runAsync());
    Console.WriteLine();
}

Console.WriteLine(TargetTable.Format(targets));
return check && targets.Any(t => t.Holds == false) ? 1 : 0;

Task<IEnumerable<Target>> Measured<T>(Func<Measurements, IEnumerable<Target>> judge)
{
    var summary = BenchmarkRunner.Run<T>(quick ? RunConfig.Quick : RunConfig.Full);
    if (summary.HasCriticalValidationErrors || summary.Reports.IsEmpty || summary.Reports.Any(r => !r.Success))
    {
        throw new InvalidOperationException($"{typeof(T).Name} could not be measured; see {summary.LogFilePath}");
    }

    MarkdownExporter.Console.ExportToLog(summary, ConsoleLogger.Default);
    return Task.FromResult(judge(new Measurements(summary)));
}

Task<IEnumerable<Target>> Generate()
{
    var results = GeneratorBenchmark.Run(TimeSpan.FromSeconds(quick ? 0.7 : 10));
    Console.WriteLine(GeneratorResult.Format(results));
    return Task.FromResult(GenerateTargets.Judge(results));
}

async Task<IEnumerable<Target>> BuildAsync() =>
    BuildTargets.Judge(
        await BuildBenchmark.RunAsync(rounds: quick ? 7 : 31),
        await AnalyzerBenchmark.RunAsync(rounds: quick ? 5 : 15)
    );

async Task<IEnumerable<Target>> ReadAsync()
{
    var results = await ReadBenchmark.RunAsync(rounds: quick ? 5 : 15);
    Console.WriteLine(ReadBenchmark.Format(results));
    return ReadTargets.Judge(results);
}

async Task<IEnumerable<Target>> RoundTripAsync()
{
    var results = await RoundTripBenchmark.RunAsync(calls: quick ? 3_000 : 20_000);
    Console.WriteLine(RoundTripResult.Format(results));
    return RoundTripTargets.Judge(results);
}

async Task<IEnumerable<Target>> ApplyAsync()
{
    var results = await ApplyBenchmark.RunAsync(rounds: quick ? 9 : 25);
    Console.WriteLine(ApplyResult.Format(results));
    return ApplyTargets.Judge(results);
}

async Task<IEnumerable<Target>> WaitAsync()
{
    var results = await WaitBenchmark.RunAsync();
    Console.WriteLine(WaitResult.Format(results));
    return WaitTargets.Judge(results);
}

async Task<IEnumerable<Target>> PluginAsync()
{
    var result = await PluginBenchmark.RunAsync(rounds: quick ? 5 : 15);
    Console.WriteLine(result);
    return PluginTargets.Judge(result);
}
