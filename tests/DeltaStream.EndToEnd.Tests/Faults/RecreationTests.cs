using DeltaStream.Emulator;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Statements;

namespace DeltaStream.EndToEnd.Tests.Faults;

/// <summary>Somebody drops the store between two polls and creates another one of its name, over both transports.</summary>
public sealed class RecreationTests : EndToEndTest
{
    private KafkaStoreArgs Ours => (KafkaStoreArgs)Subtypes["kafka"].Good;

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task A_created_store_that_is_replaced_is_gone(Transport transport)
    {
        var exception = await FailsAsync<StoreNotFoundException>(() =>
            ClientOver(transport).CreateAsync(Ours, new OnFirstPoll(Recreate))
        );

        Assert.Equal(StatementFate.Executed, exception.Statement);
        Assert.Contains("created 2026-01-02 03:04:05", exception.Message, StringComparison.Ordinal);
        Assert.Contains("created 2026-01-02 03:04:06", exception.Message, StringComparison.Ordinal);
        Assert.NotNull(await ClientOver(transport).GetAsync(Subtypes.Name));
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task An_updated_store_that_is_replaced_is_gone(Transport transport)
    {
        await Clock.RunAsync(ClientOver(transport).CreateAsync(Ours));

        var exception = await FailsAsync<StoreNotFoundException>(() =>
            ClientOver(transport).UpdateAsync(Subtypes["kafka"].Changed!, progress: new OnFirstPoll(Recreate))
        );

        Assert.Equal(StatementFate.Executed, exception.Statement);
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task A_store_that_is_replaced_while_somebody_waits_for_it_is_gone(Transport transport)
    {
        Execute(StoreStatement.Create(Ours));

        var exception = await FailsAsync<StoreNotFoundException>(() =>
            ClientOver(transport).WaitUntilReadyAsync(Subtypes.Name, progress: new OnFirstPoll(Recreate))
        );

        Assert.Equal(StatementFate.NotSent, exception.Statement);
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task An_update_sends_nothing_to_a_store_of_another_type(Transport transport)
    {
        Execute(StoreStatement.Create(Subtypes["postgres"].Good));
        await using var relay = new Wire.Relay(
            transport == Transport.Postgres ? Emulator.PostgresEndpoint : Emulator.HttpEndpoint
        );
        await using var dataSource = DataSourceBy(relay, transport);

        var exception = await FailsAsync<StoreConflictException>(() =>
            ClientOf(dataSource).UpdateAsync(Subtypes["kafka"].Changed!)
        );

        Assert.Equal(StatementFate.NotSent, exception.Statement);
        Assert.Contains("SELECT", relay.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("UPDATE STORE", relay.Said, StringComparison.Ordinal);
        Watch.Look("what the client sent", relay.Said[relay.Said.IndexOf("SELECT", StringComparison.Ordinal)..]);
    }

    private void Recreate()
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        Execute(StoreStatement.Drop(Subtypes.Name));
        Execute(StoreStatement.Create(Ours));
    }

    private void Execute(StoreStatement statement)
    {
        using var command = DataSourceOver(Transport.Postgres).CreateCommand(statement.Reveal());
        command.ExecuteNonQuery();
    }
}
