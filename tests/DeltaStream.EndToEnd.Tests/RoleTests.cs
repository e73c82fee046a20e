using DeltaStream.Emulator;
using DeltaStream.Sdk;
using DeltaStream.TestSupport;

namespace DeltaStream.EndToEnd.Tests;

/// <summary>The role that executes CREATE owns the store, and a role sees only its own rows (wire facts 3.1, 6).</summary>
public sealed class RoleTests : EndToEndTest
{
    protected override DeltaStreamEmulatorOptions Options() =>
        new()
        {
            Password = Watch.Canary(),
            Token = Watch.Canary(),
            TimeProvider = Clock,
            ProvisionDelay = ProvisionDelay,
            Roles = ["sysadmin", "we\"ird röle", "other"],
            LoggerFactory = Watch.Logs,
        };

    [Theory]
    [MemberData(nameof(Subtypes.All), MemberType = typeof(Subtypes))]
    public async Task The_owner_executes_and_sees_and_another_role_does_not(string subtype)
    {
        const string Owner = "we\"ird röle";
        var client = ClientOver(Transport.Rest);
        var (good, changed, _) = Subtypes[subtype];

        var created = await Clock.RunAsync(client.CreateAsync(good with { Owner = Owner }));
        Assert.Equal(Owner, created.Owner);
        Assert.Equal(created, await client.GetAsync(Subtypes.Name, Owner));
        Assert.Equal(created, await client.GetAsync(Subtypes.Name));
        Assert.Null(await client.GetAsync(Subtypes.Name, "other"));
        await FailsAsync<StoreConflictException>(() => client.CreateAsync(good with { Owner = "other" }));
        Assert.False(await Clock.RunAsync(client.DeleteAsync(Subtypes.Name, "other")));

        if (changed is not null)
        {
            await FailsAsync<StoreNotFoundException>(() => client.UpdateAsync(changed with { Owner = "other" }));
            var updated = await Clock.RunAsync(client.UpdateAsync(changed with { Owner = Owner }));
            Assert.Equal(Owner, updated.Owner);
        }

        Assert.True((await Clock.RunAsync(client.WaitUntilReadyAsync(Subtypes.Name, Owner))).IsReady);
        Assert.Equal([Subtypes.Name], await ListAsync(client, Owner));
        Assert.Empty(await ListAsync(client, "other"));
        Assert.True(await Clock.RunAsync(client.DeleteAsync(Subtypes.Name, Owner)));
    }

    [Fact]
    public async Task A_store_of_another_owner_is_not_taken_for_the_one_whose_response_was_lost()
    {
        var client = ClientOver(Transport.Rest);
        var good = Subtypes["kafka"].Good;
        await Clock.RunAsync(client.CreateAsync(good with { Owner = "other" }));
        Emulator.Faults.Add(
            new EmulatorFault { Kind = EmulatorFaultKind.ResetBeforeExecution, Statement = "CREATE STORE" }
        );

        var exception = await FailsAsync<StoreConflictException>(() =>
            client.CreateAsync(good with { Owner = "sysadmin" })
        );

        Assert.Contains("owned by other", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_is_not_there_is_a_failure_that_says_so()
    {
        var exception = await FailsAsync<StoreBackendException>(() =>
            ClientOver(Transport.Rest).CreateAsync(Subtypes["kafka"].Good with { Owner = "nobody" })
        );

        Assert.Equal("3D001", exception.SqlState);
    }

    [Fact]
    public async Task Where_roles_cannot_be_switched_an_owner_is_refused_and_never_ignored()
    {
        var client = ClientOver(Transport.Postgres);

        var create = await FailsAsync<StoreValidationException>(() =>
            client.CreateAsync(Subtypes["kafka"].Good with { Owner = "other" })
        );
        var get = await FailsAsync<StoreValidationException>(() => client.GetAsync(Subtypes.Name, "other"));

        Assert.StartsWith(
            "kafka.owner can't be set over this connection, which can't switch roles",
            create.Failures.Single().Message,
            StringComparison.Ordinal
        );
        Assert.Equal("store.role", get.Failures.Single().Property);
        Assert.Null(await client.GetAsync(Subtypes.Name));
    }

    private static async Task<List<string>> ListAsync(StoreClient client, string role)
    {
        var names = new List<string>();
        await foreach (var store in client.ListAsync(role))
        {
            names.Add(store.Name);
        }

        return names;
    }
}
