using System.Text.RegularExpressions;

namespace DeltaStream.Stores.Tool.Tests;

/// <summary>The ten declarations against the emulator's own program, in a process of its own, whose log says what it got.</summary>
public sealed partial class OtherProcessTests : ToolTest
{
    [Fact]
    public async Task Ten_declarations_become_ready_once_and_an_edit_is_the_next_statement()
    {
        const string Token = "a-token-of-a-test";
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["DELTASTREAM_EMULATOR_TOKEN"] = Token,
        };
        using var emulator = ToolRun.Start(
            [
                .. ToolRun.Program("DeltaStream.Emulator.dll"),
                "--http",
                "127.0.0.1:0",
                "--postgres",
                "127.0.0.1:0",
                "--provision-delay",
                "0s",
                "--verbose",
            ],
            Folder,
            variables
        );
        try
        {
            var log = new List<string>();
            Environment["DELTASTREAM_SERVER"] = (await UntilAsync(Address())).Groups["address"].Value;
            Environment["DELTASTREAM_API_KEY"] = Token;
            DeclareAll();

            (await RunAsync("apply", "--yes")).Ended(0);
            Assert.Equal("nothing to do\n", (await RunAsync("apply")).Ended(0).Output);
            Edit("kafka.yaml", "b-2.example.com", "b-3.example.com");
            (await RunAsync("apply", "--yes")).Ended(0);

            // The log is in the order of what happened.
            await UntilAsync(Update());
            var changes = log.SelectMany(l => Change().Matches(l)).Select(m => m.Value);
            Assert.Equal([.. Enumerable.Repeat("CREATE STORE", 10), "UPDATE STORE"], changes);

            async Task<Match> UntilAsync(Regex line)
            {
                while (true)
                {
                    var next = await emulator.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1));
                    Assert.True(next is not null, string.Join('\n', log));
                    log.Add(next);
                    if (line.Match(next) is { Success: true } found)
                    {
                        return found;
                    }
                }
            }
        }
        finally
        {
            emulator.Kill();
            await emulator.WaitForExitAsync();
        }
    }

    [GeneratedRegex("^REST API: (?<address>[^ ]+) ", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Address();

    [GeneratedRegex("UPDATE STORE", RegexOptions.None, 10_000)]
    private static partial Regex Update();

    [GeneratedRegex("(CREATE|UPDATE|DROP) STORE", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Change();
}
