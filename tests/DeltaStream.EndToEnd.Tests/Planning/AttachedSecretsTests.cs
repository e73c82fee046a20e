using System.Text;
using DeltaStream.EndToEnd.Tests.Wire;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Statements;
using DeltaStream.TestSupport;

namespace DeltaStream.EndToEnd.Tests.Planning;

/// <summary>NFR-005: secrets in a file beside the statement. No text of a statement holds one, and no plan changes by it.</summary>
public sealed class AttachedSecretsTests : EndToEndTest
{
    [Requirement("NFR-005")]
    [Theory]
    [MemberData(nameof(Subtypes.All), MemberType = typeof(Subtypes))]
    public async Task No_statement_holds_a_secret_and_switching_it_on_or_off_changes_no_plan(string subtype)
    {
        using var wire = new RecordingHandler();
        await using var dataSource = DataSourceBy(wire);
        var inline = ClientOf(dataSource);
        var attached = new StoreClient(
            dataSource,
            new StoreClientOptions
            {
                TimeProvider = Clock,
                LoggerFactory = Watch.Logs,
                AttachSecrets = true,
            }
        );
        var (good, changed, _) = Subtypes[subtype];

        var created = await ApplyAsync(attached, good, null);
        Assert.True((await inline.PlanAsync([good], created)).IsEmpty);
        Assert.True((await attached.PlanAsync([good], created)).IsEmpty);
        var updated = await ApplyAsync(attached, changed ?? good, created);
        Assert.True((await inline.PlanAsync([changed ?? good], updated)).IsEmpty);

        Assert.All(wire.Statements, s => Watch.Look("a statement", s));
        var holdsSecrets = StoreStatement.Create(good).ToString().Contains("'***'", StringComparison.Ordinal);
        var files = wire.Sent.SelectMany(s => s.Attachments).Where(a => a.Name == "@properties").ToList();
        Assert.Equal(holdsSecrets, files.Count > 0);
        Assert.All(files, f => Assert.Contains(": \"", Encoding.UTF8.GetString(f.Content), StringComparison.Ordinal));
    }

    [Fact]
    public void The_postgres_protocol_carries_no_files_so_the_option_is_refused()
    {
        var exception = Assert.Throws<ArgumentException>(() =>
            new StoreClient(DataSourceOver(Transport.Postgres), new StoreClientOptions { AttachSecrets = true })
        );

        Assert.Contains("AttachSecrets needs DeltaStream's REST API", exception.Message, StringComparison.Ordinal);
        Watch.Look("the refusal", exception.Message);
    }

    private async Task<StoreState> ApplyAsync(StoreClient client, StoreArgs store, StoreState? known)
    {
        var result = await Clock.RunAsync(client.ApplyAsync(await client.PlanAsync([store], known)));
        result.ThrowIfFailed();
        return result.State;
    }
}
