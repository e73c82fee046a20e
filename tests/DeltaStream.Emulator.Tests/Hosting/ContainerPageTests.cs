using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using DeltaStream.TestSupport;

namespace DeltaStream.Emulator.Tests.Hosting;

/// <summary>What docs/containers.md says, as far as it runs without Docker: the emulator's arguments and its health check.</summary>
public class ContainerPageTests
{
    private static string Page() => File.ReadAllText(Path.Combine(Repository.Root, "docs", "containers.md"));

    [Fact]
    public async Task The_emulator_starts_with_the_pages_arguments_and_the_health_check_finds_it()
    {
        var arguments = List("command").Select(a => Regex.Replace(a, ":[0-9]+$", ":0", RegexOptions.None, Limit));
        await using var program = EmulatorProcess.Start(
            [.. arguments],
            ("DELTASTREAM_EMULATOR_TOKEN", "local-token"),
            ("DELTASTREAM_EMULATOR_PASSWORD", "local-password")
        );
        var (_, line, rest) = await program.ListeningAsync();
        var port = new Uri(rest.Split(' ')[2]).Port.ToString(CultureInfo.InvariantCulture);

        Assert.StartsWith("PostgreSQL protocol: 0.0.0.0:", line, StringComparison.Ordinal);
        Assert.Equal(0, await CheckAsync(port));

        program.Terminate();
        Assert.Equal(0, (await program.EndAsync()).ExitCode);
        Assert.NotEqual(0, await CheckAsync(port));
    }

    private static TimeSpan Limit => TimeSpan.FromSeconds(1);

    private static async Task<int> CheckAsync(string port)
    {
        var check = List("test");
        Assert.Equal("CMD", check[0]);
        var script = check[^1].Replace("/8088", $"/{port}", StringComparison.Ordinal);
        using var process = Process.Start(
            new ProcessStartInfo(check[1], [.. check[2..^1], script]) { RedirectStandardError = true }
        )!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>A list of the compose file, which is JSON, too.</summary>
    private static string[] List(string member)
    {
        var list = Regex.Match(Page(), $@"^ +{member}: (\[.*\])$", RegexOptions.Multiline, Limit);
        Assert.True(list.Success);
        return JsonSerializer.Deserialize<string[]>(list.Groups[1].Value)!;
    }
}
