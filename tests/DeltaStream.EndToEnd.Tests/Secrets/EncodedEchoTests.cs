using System.Text;
using DeltaStream.Data;
using DeltaStream.EndToEnd.Tests.Wire;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Npgsql;
using DeltaStream.Sdk.Statements;
using DeltaStream.TestSupport;

namespace DeltaStream.EndToEnd.Tests.Secrets;

/// <summary>
/// A secret that the service repeats in an encoding, or cut off at the edge of a quotation or of the message, is hidden by the
/// client over each transport and by the provider alone.
/// Issue 11, number 2.
/// </summary>
public sealed class EncodedEchoTests
{
    private const string Long = "p@ss \"w0rd\"+é/1";

    private static readonly string s_basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"u:{Long}"));

    public static TheoryData<string, string, string> Echoes =>
        new()
        {
            { "a@b\"c", "bad ...a%40b%22c...", "bad ...***..." },
            { "a@b\"c", "bad ...a%40b%22c...".ToUpperInvariant(), "BAD ...***..." },
            { "a@b\"c", "bad {\"pw\":\"a@b\\\"c\"}", "bad {\"pw\":\"***\"}" },
            { "a@b\"c", "bad a\\u0040b\\u0022c", "bad ***" },
            { "a@b\"c", "bad a&commat;b&quot;c", "bad ***" },
            { "a@b\"c", "bad a&#64;b&#x22;c", "bad ***" },
            { "a@b\"c", "bad 'YUBiImM='", "bad '***'" },
            { Long, "bad p%40ss+%22w0rd%22%2B%C3%A9%2F1", "bad ***" },
            { Long, "bad p@ss \\x22w0rd\\x22+\\303\\251/1", "bad ***" },
            { Long, $"Authorization: Basic {s_basic}", $"Authorization: Basic {s_basic[..3]}***" },
            { Long, "near 'p@ss \"w", "near '***" },
            { Long, "near '...w0rd%22%2B%C3%A9%2F1'", "near '...***'" },
            { Long, "near p%40ss%20%22w0rd%2", "near ***%2" },
            { Long, "bad password p@ of ss", "bad password p@ of ss" },
        };

    [Theory, MemberData(nameof(Echoes))]
    public async Task It_is_hidden_by_the_client_and_by_the_provider_alone(string password, string said, string shown)
    {
        var store = new ClickhouseStoreArgs
        {
            Name = "s",
            Uris = "https://h:8443",
            Username = "u",
            Password = password,
        };
        var script = new Script(Echo.None, new Echo(Carrier.Error, said), Echo.None);
        await using var postgres = new PostgresStandIn(sql => EchoingPostgres.Response(sql, word => script.Says(word)));
        await using var overPostgres = DeltaStreamNpgsql.CreateDataSource(
            $"Host=127.0.0.1;Port={postgres.Port};Username=u;Password=p"
        );
        await using var overRest = DeltaStreamDataSource.Create(
            new DeltaStreamOptions
            {
                Server = new Uri("https://echo.example/v2"),
                Token = "tok-0123456789",
                HttpClient = new HttpClient(new EchoingHandler(word => script.Says(word))),
            }
        );
        await using var command = overRest.CreateCommand(StoreStatement.Create(store).Reveal());

        var alone = await Assert.ThrowsAsync<DeltaStreamException>(() => command.ExecuteNonQueryAsync());
        Assert.Equal(shown, alone.Message);
        foreach (var source in new System.Data.Common.DbDataSource[] { overPostgres, overRest })
        {
            script = new Script(Echo.None, new Echo(Carrier.Error, said), Echo.None);
            var failure = await Assert.ThrowsAsync<StoreBackendException>(() =>
                new StoreClient(source).CreateAsync(store)
            );
            // Npgsql adds that there are details.
            Assert.Equal(shown.TrimEnd('.'), failure.BackendMessage.Split("\\n")[0].TrimEnd('.'));
        }
    }
}
