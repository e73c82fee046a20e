using DeltaStream.Sdk.Tests.Scripted;
using DeltaStream.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeltaStream.Sdk.Tests.Overrides;

/// <summary>A client sends what its options override, and no secret shows under another key either (FR-007).</summary>
public sealed class OverrideClientTests
{
    private const string Canary = "canary-of-it's-password";

    private static readonly OwnStoreArgs s_own = new()
    {
        Name = "orders",
        Registry = "sr",
        Token = Canary,
    };

    [Fact]
    public async Task A_service_that_quotes_the_statement_back_leaks_no_secret()
    {
        var client = Client(sql => throw new ScriptedException($"parse error: {sql}", "42601"));

        var exception = await Assert.ThrowsAsync<StoreBackendException>(() => client.CreateAsync(s_own));

        Assert.Contains("'own.registry_name' = 'sr'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'own.api_token' = '***'", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_and_update_send_it_and_logs_show_it_without_secrets()
    {
        using var watch = new CanaryWatch();
        var token = watch.Canary("it's");
        var sent = new List<string>();
        var client = Client(
            sql =>
            {
                sent.Add(sql);
                return Responses.IsPoll(sql) ? Responses.Store("ready", type: "Own") : Responses.None();
            },
            watch
        );

        await client.CreateAsync(s_own with { Token = token });
        await client.UpdateAsync(s_own with { Registry = null, Token = token }, s_own with { Token = token });

        var escaped = token.Replace("'", "''", StringComparison.Ordinal);
        Assert.Equal(
            [
                $"CREATE STORE \"orders\" WITH ( 'type' = OWN, 'own.registry_name' = 'sr', 'own.api_token' = '{escaped}' );",
                "UPDATE STORE \"orders\" WITH ( 'own.registry_name' = NULL );",
            ],
            sent.Where(sql => !Responses.IsPoll(sql))
        );
        Assert.True(watch.Seen > 0, "the watch saw nothing, so it proves nothing");
        Assert.Empty(watch.Leaks);
    }

    private static StoreClient Client(Func<string, System.Data.DataTable> response, CanaryWatch? watch = null) =>
        new(
            ScriptedDataSource.Empty(response),
            new StoreClientOptions
            {
                OwnSubtypes = [OwnStoreArgs.Definition],
                KeyOverrides = StoreClientOptions.ParseKeyOverrides(
                    "own.token=own.api_token, own.registry=own.registry_name:string"
                ),
                LoggerFactory = watch?.Logs ?? NullLoggerFactory.Instance,
            }
        );
}
