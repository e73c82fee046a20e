using System.Text.RegularExpressions;
using DeltaStream.TestSupport;
using static DeltaStream.Emulator.Tests.Rest.RestEmulator;

namespace DeltaStream.Emulator.Tests.Rest;

/// <summary>What the README shows works as it stands there.</summary>
public class ReadmeTests
{
    private static string Readme() =>
        File.ReadAllText(Path.Combine(Repository.Root, "runtime", "DeltaStream.Emulator", "README.md"));

    [Fact]
    public async Task The_request_by_curl_lists_the_stores()
    {
        await using var emulator = await StartAsync();
        await emulator.RunAsync($"CREATE STORE x WITH ({LocalEmulator.Kafka})");

        var command = Regex.Match(
            Readme(),
            @"curl (?<url>\S+) \\\n(?<options>(?:.*\\\n)*.*)\n",
            RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );
        Assert.True(command.Success);
        var options = Regex
            .Matches(
                command.Groups["options"].Value,
                @"-(?<name>[Hd]) '(?<value>[^']*)'",
                RegexOptions.None,
                TimeSpan.FromSeconds(1)
            )
            .ToLookup(o => o.Groups["name"].Value, o => o.Groups["value"].Value);
        var url = command
            .Groups["url"]
            .Value.Replace("127.0.0.1:8088", emulator.Emulator.HttpEndpoint.ToString(), StringComparison.Ordinal);
        using var content = new StringContent(Assert.Single(options["d"]));
        content.Headers.Remove("Content-Type");
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        foreach (var header in options["H"].Select(h => h.Split(": ", 2)))
        {
            var value = header[1].Replace("TOKEN", emulator.Emulator.Token, StringComparison.Ordinal);
            Assert.True(
                request.Headers.TryAddWithoutValidation(header[0], value)
                    || content.Headers.TryAddWithoutValidation(header[0], value)
            );
        }

        using var client = new HttpClient();
        using var response = await client.SendAsync(request);
        Assert.Equal(
            [
                ["x", "Kafka", "ready"],
            ],
            Rows(await AnswerAsync(response))
        );
    }

    [Fact]
    public void Every_fault_is_in_the_table()
    {
        var readme = Readme();
        Assert.All(
            DeltaStream.Emulator.CommandLine.FaultText.Kinds,
            kind => Assert.Contains($"\n| `{kind}` |", readme, StringComparison.Ordinal)
        );
    }
}
