using System.Data.Common;
using DeltaStream.Sdk;

namespace DeltaStream.Testing.Tests;

/// <summary>A fixture of one's own, with the subtypes of one's own specs.</summary>
public sealed class AcmeFixture() : DeltaStreamFixture(new() { OwnSubtypes = StoreSubtypes.All });

/// <summary>The specs of a project need one line, and are real in emulator and client.</summary>
public sealed class OwnSubtypeTests(AcmeFixture deltaStream) : IClassFixture<AcmeFixture>
{
    private static AcmeQueueStoreArgs Store(string name, string queue) =>
        new()
        {
            Name = name,
            Uris = "q-1.acme.example:7000,q-2.acme.example:7000",
            Queue = queue,
        };

    [Fact]
    public async Task The_emulator_takes_and_describes_it_and_the_client_knows_it()
    {
        foreach (var client in new[] { deltaStream.Client, deltaStream.CreateClient(deltaStream.PostgresDataSource) })
        {
            await client.CreateAsync(Store("described", "first"));
            var description = await client.DescribeAsync("described");

            Assert.Equal(StoreSubtypes.AcmeQueue, description?.Subtype);
            Assert.Equal("first", description?.Values["queue"]);
            Assert.True(await client.DeleteAsync("described"));
        }
    }

    [Fact]
    public async Task Plans_show_its_changes_and_drift()
    {
        var client = deltaStream.Client;
        var first = await client.ApplyAsync(await client.PlanAsync([Store("planned", "first")]));
        Assert.True(first.IsDone, first.ToString());

        var plan = await client.PlanAsync([Store("planned", "second")], first.State);
        Assert.Equal(StoreAction.Update, Assert.Single(plan.Stores).Action);
        Assert.Contains("first", plan.ToString(), StringComparison.Ordinal);

        var second = await client.ApplyAsync(plan);
        Assert.True((await client.PlanAsync([Store("planned", "second")], second.State)).IsEmpty);

        // Somebody else changes it, at the same moment of a clock for which nobody waits.
        await client.UpdateAsync(Store("planned", "third"), Store("planned", "second"));
        Assert.False((await client.PlanAsync([Store("planned", "second")], second.State)).IsEmpty);
    }

    [Fact]
    public async Task The_emulator_refuses_what_the_spec_forbids()
    {
        await using var command = deltaStream.RestDataSource.CreateCommand(
            "CREATE STORE wrong WITH ('type' = ACME_QUEUE, 'uris' = 'q-1.acme.example:7000', 'acme.mode' = SAFE)"
        );

        var e = await Assert.ThrowsAnyAsync<DbException>(() => command.ExecuteNonQueryAsync());

        Assert.Contains("acme.password", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fixture_without_the_line_does_not_know_it()
    {
        await using var plain = await DeltaStreamFixture.StartAsync();

        var e = await Assert.ThrowsAsync<StoreBackendException>(() => plain.Client.CreateAsync(Store("unknown", "q")));

        Assert.Contains("ACME_QUEUE", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Built_in_subtypes_are_refused_with_what_to_pass()
    {
        var e = await Assert.ThrowsAsync<ArgumentException>(() =>
            DeltaStreamFixture.StartAsync(new() { OwnSubtypes = Sdk.StoreSubtypes.All })
        );

        Assert.StartsWith(
            "The subtype 'clickhouse' has no spec, because it is built in: OwnSubtypes are the All of your own project's StoreSubtypes.",
            e.Message,
            StringComparison.Ordinal
        );
    }
}
