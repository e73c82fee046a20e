using System.Collections.Concurrent;
using System.Data.Common;
using DeltaStream.Data;
using DeltaStream.EndToEnd.Tests.Wire;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Npgsql;
using DeltaStream.TestSupport;

namespace DeltaStream.EndToEnd.Tests.Secrets;

/// <summary>
/// The message of a statement that reads repeats a secret exactly where the provider cuts it. The statement holds no secret, so the
/// provider knows of it from the client. No part of it stays.
/// </summary>
public sealed class CutEchoTests
{
    // The length at which the provider cuts a message, and that at which the client cuts a value that it shows.
    private const int Cut = 2_000;
    private const int ValueCut = 80;

    private const string Password = "^q7#Kw9$Vx3";

    private static readonly DatabricksStoreArgs s_store = new()
    {
        Name = Subtypes.Name,
        Uris = "https://example.cloud.databricks.com",
        AppToken = Password,
        WarehouseId = "0123456789abcdef",
        AccessKeyId = "AKIAIOSFODNN7EXAMPLE",
        SecretAccessKey = "key-0123456789",
        CloudS3Bucket = "bucket",
        CloudRegion = "us-east-1",
    };

    /// <summary>Which statement's message repeats the secret.</summary>
    public enum Read
    {
        /// <summary>The SELECT before a CREATE.</summary>
        BeforeCreate,

        /// <summary>The SELECT that polls for the effect of a CREATE.</summary>
        Poll,

        /// <summary>The DESCRIBE of a store that is in the way of a CREATE.</summary>
        DescribeExisting,

        /// <summary>The DESCRIBE before an UPDATE.</summary>
        DescribeBeforeUpdate,

        /// <summary>The SELECT of a plan.</summary>
        Plan,

        /// <summary>The DESCRIBE of a plan.</summary>
        DescribeInPlan,

        /// <summary>The addresses that DESCRIBE shows in a plan, which shows only their beginning.</summary>
        DescribedInPlan,

        /// <summary>The same before an UPDATE that refuses what differs.</summary>
        DescribedBeforeUpdate,

        /// <summary>The SELECT that looks whether a plan is out of date.</summary>
        Apply,
    }

    public static TheoryData<Read, Transport> Cases
    {
        get
        {
            var cases = new TheoryData<Read, Transport>();
            foreach (var read in Enum.GetValues<Read>())
            {
                foreach (var transport in Enum.GetValues<Transport>())
                {
                    cases.Add(read, transport);
                }
            }

            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task No_part_of_the_secret_stays_at_the_cut(Read read, Transport transport)
    {
        Func<string, Echo> says = _ => Echo.None;
        await using var postgres = new PostgresStandIn(sql => EchoingPostgres.Response(sql, word => says(word)));
        await using DbDataSource source =
            transport == Transport.Postgres
                ? DeltaStreamNpgsql.CreateDataSource($"Host=127.0.0.1;Port={postgres.Port};Username=u;Password=p")
                : DeltaStreamDataSource.Create(
                    new DeltaStreamOptions
                    {
                        Server = new Uri("https://echo.example/v2"),
                        Token = "tok-0123456789",
                        HttpClient = new HttpClient(new EchoingHandler(word => says(word))),
                    }
                );
        var shown = new ConcurrentQueue<string>();
        using var logs = new LogHook((_, _, text) => shown.Enqueue(text));
        var client = new StoreClient(source, new StoreClientOptions { LoggerFactory = logs });

        // Of the secret, so many characters are before the cut.
        for (var before = 1; before <= Password.Length; before++)
        {
            var isValue = read is Read.DescribedInPlan or Read.DescribedBeforeUpdate;
            var start = "refused: ".PadRight((isValue ? ValueCut : Cut) - before, '.');
            var told = new Echo(isValue ? Carrier.DescribedRow : Carrier.Error, $"{start}{Password} and more");
            var failure = await Record.ExceptionAsync(() => RunAsync(told));
            shown.Enqueue($"{failure}");
        }

        Assert.Contains(shown, text => text.Contains("refused: .", StringComparison.Ordinal));
        Assert.DoesNotContain(shown, text => text.Contains(Password[0], StringComparison.Ordinal));

        async Task RunAsync(Echo told)
        {
            var exists = new Echo(Carrier.ReadyRow, "x", "databricks");
            switch (read)
            {
                case Read.BeforeCreate:
                    says = _ => told;
                    await client.CreateAsync(s_store);
                    break;
                case Read.Poll:
                    var script = new Script(Echo.None, Echo.None, told);
                    says = script.Says;
                    await client.CreateAsync(s_store);
                    break;
                case Read.DescribeExisting:
                    says = word => word == "DESCRIBE" ? told : exists;
                    await client.CreateAsync(s_store);
                    break;
                case Read.DescribeBeforeUpdate:
                case Read.DescribedBeforeUpdate:
                    says = word =>
                        word switch
                        {
                            "DESCRIBE" => told,
                            "SELECT" => exists,
                            _ => Echo.None,
                        };
                    await client.UpdateAsync(s_store);
                    break;
                case Read.Plan:
                    says = _ => told;
                    await client.PlanAsync([s_store]);
                    break;
                case Read.DescribeInPlan:
                case Read.DescribedInPlan:
                    says = word => word == "DESCRIBE" ? told : exists;
                    var adoption = await client.PlanAsync([s_store], options: new StorePlanOptions { Adopt = true });
                    shown.Enqueue($"{adoption}");
                    break;
                default:
                    says = _ => Echo.None;
                    var plan = await client.PlanAsync([s_store]);
                    says = _ => told;
                    await client.ApplyAsync(plan);
                    break;
            }
        }
    }
}
