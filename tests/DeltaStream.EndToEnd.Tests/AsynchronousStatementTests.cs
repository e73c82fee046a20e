using DeltaStream.Emulator;
using DeltaStream.Sdk;
using DeltaStream.TestSupport;

namespace DeltaStream.EndToEnd.Tests;

/// <summary>A service that responds with 202 first, and its rows in partitions: the client must not notice.</summary>
public sealed class AsynchronousStatementTests : EndToEndTest
{
    protected override DeltaStreamEmulatorOptions Options() =>
        new()
        {
            Password = Watch.Canary(),
            Token = Watch.Canary(),
            TimeProvider = Clock,
            ProvisionDelay = ProvisionDelay,
            Accounts = Subtypes.Accounts,
            AsyncStatements = true,
            PartitionRows = 7,
            LoggerFactory = Watch.Logs,
        };

    [Requirement("FR-010")]
    [Theory]
    [MemberData(nameof(Subtypes.All), MemberType = typeof(Subtypes))]
    public async Task A_store_lives_and_ends(string subtype)
    {
        var client = ClientOver(Transport.Rest);
        var (good, changed, bad) = Subtypes[subtype];

        var created = await Clock.RunAsync(client.CreateAsync(good));
        await FailsAsync<StoreConflictException>(() => client.CreateAsync(good));
        if (changed is not null)
        {
            var updated = await Clock.RunAsync(client.UpdateAsync(changed, good));
            Assert.True(updated.UpdatedAt > created.UpdatedAt);
        }

        if (bad is not null)
        {
            await FailsAsync<StoreErroredException>(() => client.UpdateAsync(bad));
        }

        Assert.True(await Clock.RunAsync(client.DeleteAsync(Subtypes.Name)));
        Assert.False(await Clock.RunAsync(client.DeleteAsync(Subtypes.Name)));
    }

    [Fact]
    public async Task All_partitions_of_a_list_are_read()
    {
        for (var i = 0; i < 50; i++)
        {
            await SendAsync(
                FormattableString.Invariant(
                    $"CREATE STORE \"s{i:00}\" WITH ( 'type' = KAFKA, 'uris' = 'b:9092', 'kafka.sasl.hash_function' = NONE );"
                )
            );
        }

        var names = await Clock.RunAsync(NamesAsync());

        Assert.Equal(Enumerable.Range(0, 50).Select(i => FormattableString.Invariant($"s{i:00}")), names);
    }

    private async Task<List<string>> NamesAsync()
    {
        var names = new List<string>();
        await foreach (var store in ClientOver(Transport.Rest).ListAsync())
        {
            names.Add(store.Name);
        }

        return names;
    }
}
