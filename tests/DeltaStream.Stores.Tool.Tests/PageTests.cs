using System.Text.RegularExpressions;
using DeltaStream.TestSupport;

namespace DeltaStream.Stores.Tool.Tests;

/// <summary>The commands of the guide and of its pipeline, in their order, against an emulator.</summary>
public sealed partial class PageTests : ToolTest
{
    [Theory]
    [InlineData("stores-command.md", 12)]
    [InlineData("stores-pipeline.yml", 3)]
    public async Task Each_command_does_what_the_page_says(string page, int count)
    {
        Environment["ORDERS_SASL_USERNAME"] = "ingest";
        Environment["ORDERS_SASL_PASSWORD"] = StoreSecret;
        Environment["DELTASTREAM_STATE_KEY"] = Convert.ToBase64String(new byte[32]);
        // A store that is there and not declared.
        Write(
            "billing.json",
            """{"name":"billing","postgres":{"uris":"db.example.com/billing","username":"u","password":{"env":"STORE_SECRET"}}}"""
        );
        (await RunAsync("apply", "billing.json", "--yes", "--state", "elsewhere.state.json")).Ended(0);
        if (page.EndsWith(".yml", StringComparison.Ordinal))
        {
            (await RunAsync("init", "stores")).Ended(0);
        }

        var commands = Command()
            .Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", page)))
            .Select(m => m.Groups["arguments"].Value)
            .ToArray();

        Assert.Equal(count, commands.Length);
        foreach (var command in commands)
        {
            // The one that asks at a terminal asks here, and says how to go on.
            var asks = command == "apply stores";
            (await RunAsync(command.Split(' '))).Ended(asks ? 1 : 0);
        }
    }

    [GeneratedRegex(
        @"^(    |\s+- run: )deltastream-stores (?<arguments>.+)$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        10_000
    )]
    private static partial Regex Command();
}
