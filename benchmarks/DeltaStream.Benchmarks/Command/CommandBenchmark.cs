using DeltaStream.Benchmarks.Start;
using DeltaStream.Emulator;

namespace DeltaStream.Benchmarks.Command;

/// <summary>
/// <c>deltastream-stores apply</c> on a folder of ten declarations, one of each subtype, that were applied before: a whole process,
/// from its start to its end, as somebody at a terminal waits for it.
/// </summary>
internal static class CommandBenchmark
{
    /// <summary>The median, in milliseconds.</summary>
    public static async Task<double> RunAsync(int rounds)
    {
        await using var emulator = await DeltaStreamEmulator.StartAsync(new() { ProvisionDelay = TimeSpan.Zero });
        var environment = new Dictionary<string, string>(Programs.DeclaredVariables(), StringComparer.Ordinal)
        {
            ["DELTASTREAM_SERVER"] = emulator.ServerUri.ToString(),
            ["DELTASTREAM_API_KEY"] = emulator.Token!,
        };
        var folder = Directory.CreateTempSubdirectory("deltastream-command-").FullName;
        try
        {
            foreach (var file in Directory.GetFiles(Programs.Declarations))
            {
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            }

            await ApplyAsync(folder, environment, "10 of 10 done");
            var times = new List<double>();
            for (var i = 0; i < rounds; i++)
            {
                times.Add(await ApplyAsync(folder, environment, "nothing to do"));
            }

            times.Sort();
            return times[times.Count / 2];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<double> ApplyAsync(string folder, Dictionary<string, string> environment, string end)
    {
        var start = Programs.Command.StartInfo("apply", "--yes");
        start.WorkingDirectory = folder;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return BuiltProgram.RunAsync(start, end);
    }
}
