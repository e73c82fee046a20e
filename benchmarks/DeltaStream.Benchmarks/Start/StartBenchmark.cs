using System.Diagnostics;
using DeltaStream.Benchmarks.Targets;

namespace DeltaStream.Benchmarks.Start;

/// <summary>Whole processes, from their start to their end: the smallest consumer, and <c>deltastream-stores validate</c>.</summary>
internal static class StartBenchmark
{
    public static async Task<StartResult> RunAsync(int rounds)
    {
        var minimal = Programs.Minimal.StartInfo();
        var validate = Programs.Command.StartInfo("validate");
        validate.WorkingDirectory = Programs.Declarations;
        foreach (var (name, value) in Programs.DeclaredVariables())
        {
            validate.Environment[name] = value;
        }

        return new StartResult(
            await MedianAsync(minimal, "CREATE STORE \"archive\"", rounds),
            await MedianAsync(validate, "10 declarations, all valid", rounds)
        );
    }

    private static async Task<double> MedianAsync(ProcessStartInfo start, string end, int rounds)
    {
        // The first run reads the program from the disk.
        await BuiltProgram.RunAsync(start, end);
        var times = new List<double>();
        for (var i = 0; i < rounds; i++)
        {
            times.Add(await BuiltProgram.RunAsync(start, end));
        }

        return Median.Of(times);
    }
}

/// <summary>Medians in milliseconds.</summary>
/// <param name="Minimal">A program that writes one statement.</param>
/// <param name="Validate">The command that validates ten declarations.</param>
internal sealed record StartResult(double Minimal, double Validate);
